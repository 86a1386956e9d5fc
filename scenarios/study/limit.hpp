#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scenarios/study/study.hpp"

namespace foramen::scenarios {

enum class LimitSide { above, below };
inline constexpr std::array<std::string_view, 2> limit_side_words{"above", "below"};
inline constexpr std::array<std::string_view, 4> limit_status_words{"FOUND", "COMPUTED", "RECALLED", "PROPOSED"};

/// What a tissue bears, as a distribution over people: a file of data/limits.
struct Limit {
    std::string name;                  ///< the file's, without .yaml
    std::string title, about, unit, source, address;
    int status = 3;                    ///< index in limit_status_words
    LimitSide side = LimitSide::above;  ///< on which side of the value the tissue is harmed
    bool deformable = false;           ///< needs vertebrae that deform
    Output measure;                    ///< what of a run is held against it
    Distribution strength;             ///< over people, in the series' unit; of the same sign everywhere
};

void describe(engine::FieldVisitor& v, Limit& l);

/// What no description says is wrong with it; empty: nothing.
[[nodiscard]] std::string fault(const Limit& limit);

/// What this patient's tissue bears: the same for every force, limit by limit independent. A strength that the patient lying at rest
/// exceeds cannot be his: the law is cut off at `rest`. Where all of the law lies beyond rest, its end is returned.
/// @param row   of the design
/// @param rest  the measure in the patient's equilibrium; NaN: the law as it is
[[nodiscard]] double strength_of(const Limit& limit, int seed, std::size_t row, double rest);

/// Whether the measure is that of a moment, so that the patient at rest has one: max, min, end, start.
[[nodiscard]] bool known_at_rest(const Limit& limit);

/// Share of the strength that is used: above 1 the limit is exceeded.
[[nodiscard]] double utilisation(double value, double strength);

}  // namespace foramen::scenarios
