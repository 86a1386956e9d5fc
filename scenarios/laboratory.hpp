#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"

namespace foramen::scenarios {

enum class UpperVertebra { L1, L2, L3, L4, L5 };
enum class LowerVertebra { L2, L3, L4, L5, S1 };
enum class SpecimenParts { all, discs };
enum class UpperEnd { free, sliding, driven };
enum class MomentAxes { space, vertebra };
enum class SpecimenEndplates { clotted, open };

inline constexpr std::array<std::string_view, 5> upper_vertebra_words{"L1", "L2", "L3", "L4", "L5"};
inline constexpr std::array<std::string_view, 5> lower_vertebra_words{"L2", "L3", "L4", "L5", "S1"};
inline constexpr std::array<std::string_view, 2> specimen_parts_words{"all", "discs"};
inline constexpr std::array<std::string_view, 3> upper_end_words{"free", "sliding", "driven"};
inline constexpr std::array<std::string_view, 2> moment_axes_words{"space", "vertebra"};
inline constexpr std::array<std::string_view, 2> specimen_endplates_words{"clotted", "open"};

/// One step of a test: the loads change in proportion to time during the ramp, then stay. What a step does not name stays as it was.
struct LoadStep {
    std::optional<double> flexion, left_bending, left_rotation;  ///< moments [N mm]
    std::optional<double> follower;                              ///< [N]
    std::optional<double> compression;                           ///< of free and sliding ends [N]
    std::optional<double> shortening;                            ///< of driven ends [mm]
    double ramp = 10.0;                                          ///< [s]
    double hold = 0.0;                                           ///< [s]
    bool operator==(const LoadStep&) const = default;
};

/// A test of a specimen in a machine, in place of a session of therapy.
struct Laboratory {
    UpperVertebra upper = UpperVertebra::L1;
    LowerVertebra lower = LowerVertebra::S1;
    SpecimenParts parts = SpecimenParts::all;
    UpperEnd upper_end = UpperEnd::free;
    MomentAxes moment_axes = MomentAxes::space;
    SpecimenEndplates endplates = SpecimenEndplates::clotted;
    double follower_shift = 0.0;  ///< [mm]
    std::vector<LoadStep> steps;
    bool operator==(const Laboratory&) const = default;
};

void describe(engine::FieldVisitor& v, Laboratory& l);

}  // namespace foramen::scenarios
