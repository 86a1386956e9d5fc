#pragma once

#include "models/spine_model.hpp"

namespace foramen::models {

/// Can the mesh of a disc resolve the pressure layer that a load change leaves at its drained surfaces?
///
///     layer = sqrt(c_v t),   c_v = k0 (lambda + 2 mu),   t the time in which the load changes
///
/// An element without pressure projection oscillates for time steps below h^2/(6 c_v); ours does not, but pressures closer to
/// the surface than the first layer are means over it.
/// Source: Vermeer & Verruijt (1981) Int J Numer Anal Meth Geomech 5:1.
struct PressureLayer {
    double thickness;      ///< of the layer, in the tissue where it is thinnest [mm]
    double first_element;  ///< thickest first element beside a drained surface or the cartilage [mm]
    double limit_step;     ///< h^2/(6 c_v): below it a plain element oscillates [s]
    [[nodiscard]] bool resolved() const { return first_element <= thickness; }
};
/// @param load_time  shortest time in which the load changes [s]
[[nodiscard]] PressureLayer pressure_layer(const SpineModel& model, int d, double load_time);

}  // namespace foramen::models
