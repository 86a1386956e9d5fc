#pragma once

#include <array>
#include <string_view>

namespace foramen::models {

/// Rigid bodies of the model from cranial to caudal. `thorax` is T12 and everything above it; `S1` is the sacrum with
/// the pelvis. Frame of a vertebra: origin at the body's centre, x anterior, y left, z cranial.
/// Frame of S1: origin at the middle of its end-plate, x along it.
enum class Body { thorax, L1, L2, L3, L4, L5, S1 };
inline constexpr int body_count = 7;
inline constexpr std::array<std::string_view, body_count> body_names{"thorax", "L1", "L2", "L3", "L4", "L5", "S1"};

/// Discs (and with them motion segments, foramina, facet pairs) L1-L2 ... L5-S1.
inline constexpr int disc_count = 5;
inline constexpr std::array<std::string_view, disc_count> disc_names{"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"};
[[nodiscard]] constexpr Body upper_body(int disc) { return static_cast<Body>(disc + 1); }
[[nodiscard]] constexpr Body lower_body(int disc) { return static_cast<Body>(disc + 2); }

enum class Side { left, right };  ///< left: +y
inline constexpr std::array<std::string_view, 2> side_names{"left", "right"};
[[nodiscard]] constexpr double side_sign(Side s) { return s == Side::left ? 1.0 : -1.0; }

/// Whether elements of imported discs are split beside drained surfaces.
enum class ImportedElements { split, as_given };
/// Whose stiffness the strands of imported ligaments have: that of the tables, or that of the files.
enum class ImportedLigaments { calibrated, as_given };
/// Whether discs and strands of an imported spine have the tables' constants times what was calibrated for it, or the tables' alone.
enum class ImportedTissues { calibrated, as_tables };

enum class Sex { female, male };
enum class Resolution { coarse, reference, fine, finest };

}  // namespace foramen::models
