#pragma once

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

/// A column of porous medium between closed walls, stretched along its axis or not, with one solute or with the three that disc
/// cells turn over. Concentrations are held at its base (depth 0); the far end is closed to solutes.
struct SoluteColumn {
    double length = 5.0;  ///< undeformed [mm]
    int elements = 40;
    double water = 0.8;         ///< content undeformed [-]
    double stretch = 1.0;       ///< along the axis; the solid keeps its volume [-]
    double diffusivity = 1e-3;  ///< in free water [mm2/s]
    double flow = 0.0;          ///< of water from the base to the far end, over the section [mm/s]
    double decay = 0.0;         ///< first order, in each undeformed volume [1/s]
    double source = 0.0;        ///< zeroth order, in each undeformed volume [nmol/(mm3 s)]
    double cells = 0.0;         ///< of the disc, undeformed, in place of decay and source; 0: none [1/mm3]
    double start = 0.0;         ///< concentration before time 0 beyond the base [nmol/mm3]
    double held = 1.0;          ///< concentration at the base [nmol/mm3]
    double duration = 0.0;      ///< 0: the steady state [s]
    double step = 1.0;          ///< [s]
    int meshes = 1;             ///< three: each with twice the elements of the one before
};

void describe(engine::FieldVisitor& v, SoluteColumn& c);

/// Over the deformed distance from the base: concentration, or oxygen [kPa], glucose and lactate [nmol/mm3] where there are
/// cells. With a flow or a duration also the numbers balance (of what is dissolved, over what was exchanged) and smallest (of all
/// times). With three meshes: order (observed, of the steady concentration at the far end).
/// @throws std::runtime_error where a steady state or a step is not found
[[nodiscard]] std::vector<Trace> run(const SoluteColumn& c);

}  // namespace foramen::models
