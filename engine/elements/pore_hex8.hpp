#pragma once

#include <Eigen/Dense>

#include <array>

namespace foramen::engine {

/// What an eight-node element of a porous medium adds to the balance of what is dissolved in its water.
struct PoreElement {
    std::array<double, 8> water;              ///< W_a = int N_a (n_f0 + J - 1) dV [mm3]
    std::array<double, 8> volume;             ///< int N_a dV, undeformed [mm3]
    Eigen::Matrix<double, 8, 8> conductance;  ///< K_ab = int phi D/D0 grad N_a . grad N_b dv in the deformed state [mm]
};

/// Integrals of one element, undeformed corners X and deformed corners x [mm]. phi = 1 - (1 - n_f0) V/v is the mean water
/// fraction of the deformed element (its solid keeps its volume) and D/D0 that of Mackie & Meares.
///
/// K is summed over the corners: a box, however flat, then conducts along its edges only, with the right sign, and no
/// concentration can fall below its neighbours by numerics alone. An element with a degenerate corner (a wedge) is summed over
/// the Gauss points. Source of the corner rule: Fix (1972), in Aziz (ed.) The Mathematical Foundations of the Finite Element
/// Method; Fried & Malkus (1975) Int J Solids Struct 11:461.
/// @param water_fraction  n_f0, by volume, undeformed [-]
[[nodiscard]] PoreElement pore_element(const Eigen::Matrix<double, 3, 8>& X, const Eigen::Matrix<double, 3, 8>& x,
                                       double water_fraction);

}  // namespace foramen::engine
