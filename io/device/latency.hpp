#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace foramen::io {

/// Durations counted in bins that grow by an eighth of an octave from 1 us to 8 s. Adding allocates nothing.
class LatencyHistogram {
public:
    void add(std::int64_t ns) {
        const double octaves = std::log2(std::max(1.0, 1e-3 * static_cast<double>(ns)));
        ++counts_[std::min(static_cast<std::size_t>(std::ceil(octaves * bins_an_octave)), counts_.size() - 1)];
        ++count_;
        worst_ns_ = std::max(worst_ns_, ns);
    }
    /// Upper edge of the bin that holds a share of all durations, at most the worst [ms]; 0 without any.
    [[nodiscard]] double quantile_ms(double share) const {
        std::int64_t below = 0;
        for (std::size_t i = 0; i + 1 < counts_.size(); ++i) {  // what lies beyond the last edge is only known by the worst
            below += counts_[i];
            if (count_ > 0 && static_cast<double>(below) >= share * static_cast<double>(count_))
                return std::min(1e-3 * std::exp2(static_cast<double>(i) / bins_an_octave), worst_ms());
        }
        return worst_ms();
    }
    [[nodiscard]] double worst_ms() const { return 1e-6 * static_cast<double>(worst_ns_); }
    [[nodiscard]] std::int64_t count() const { return count_; }

private:
    static constexpr double bins_an_octave = 8.0;
    std::array<std::int64_t, 185> counts_{};
    std::int64_t count_ = 0, worst_ns_ = 0;
};

}  // namespace foramen::io
