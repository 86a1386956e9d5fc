#pragma once

#include <cstdint>
#include <string_view>

namespace foramen::scenarios {

/// A number of a stream by its place: nothing is drawn one after another, so that patient 17 is the same in every order, in
/// every share of a study and in a study of any size.
///
/// The finaliser of SplitMix64, once a word. Source: Steele, Lea & Flood (2014) OOPSLA, section 4 (variant 13 of Stafford).
class CountedRandom {
public:
    /// @param stream  a name: of the input, of the use
    CountedRandom(std::uint64_t seed, std::string_view stream) : state_(mixed(seed)) {
        for (const char c : stream) state_ = mixed(state_ ^ static_cast<unsigned char>(c));
    }
    [[nodiscard]] std::uint64_t bits(std::uint64_t counter) const { return mixed(state_ ^ mixed(counter)); }
    /// In (0, 1), never an end.
    [[nodiscard]] double uniform(std::uint64_t counter) const {
        return (static_cast<double>(bits(counter) >> 12) + 0.5) * 0x1p-52;
    }
    /// 0 .. count - 1, in equal shares but for one in 2^64/count.
    [[nodiscard]] std::uint64_t below(std::uint64_t count, std::uint64_t counter) const { return bits(counter) % count; }

private:
    static constexpr std::uint64_t mixed(std::uint64_t z) {
        z += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    std::uint64_t state_;
};

}  // namespace foramen::scenarios
