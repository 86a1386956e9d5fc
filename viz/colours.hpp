#pragma once

#include <array>
#include <string_view>

#include <vtkLookupTable.h>
#include <vtkSmartPointer.h>

namespace foramen::viz {

using Colour = std::array<double, 3>;  ///< red, green, blue in 0..1

/// Colours of the parts. Lines and pressures are told apart with every common form of colour blindness.
namespace colours {
inline constexpr Colour paper{1.0, 1.0, 1.0};
inline constexpr Colour ink{0.13, 0.14, 0.16};
inline constexpr Colour faint_ink{0.45, 0.47, 0.50};
inline constexpr Colour bone{0.93, 0.87, 0.75};
inline constexpr Colour cut_bone{0.972, 0.945, 0.885};
inline constexpr Colour bone_edge{0.52, 0.45, 0.34};
inline constexpr Colour start{0.45, 0.47, 0.50};
inline constexpr Colour cartilage{0.62, 0.76, 0.86};
inline constexpr Colour taut{0.16, 0.42, 0.66};
inline constexpr Colour slack{0.66, 0.70, 0.74};
inline constexpr Colour foramen{0.90, 0.62, 0.0};
inline constexpr Colour muscle{0.66, 0.33, 0.31};
inline constexpr Colour nerve{0.95, 0.80, 0.25};
inline constexpr Colour cut_nerve{1.0, 0.89, 0.50};
inline constexpr Colour flow{0.98, 0.98, 0.98};
inline constexpr Colour pull{0.80, 0.20, 0.18};
}  // namespace colours

/// One colour a level, from cranial to caudal: Okabe and Ito (2008), Color Universal Design.
[[nodiscard]] Colour level_colour(int level);

/// Viridis between two pressures [MPa]: perceptually uniform, readable in grey and with colour blindness.
[[nodiscard]] vtkSmartPointer<vtkLookupTable> pressure_colours(double lowest, double highest);

/// Cividis between two strains [1]: made for colour blindness, told from viridis at a glance.
[[nodiscard]] vtkSmartPointer<vtkLookupTable> strain_colours(double lowest, double highest);

}  // namespace foramen::viz
