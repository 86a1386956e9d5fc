#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::models {

enum class PatchKind { solid, undrained, flow };
inline constexpr std::array<std::string_view, 3> patch_kind_words{"solid", "undrained", "flow"};

/// Irons' patch test on a distorted cube of fibre-reinforced, swelling tissue at finite strain. An affine map has the same F at
/// every point of every element, so stress and flux are uniform and their nodal sums vanish inside (2 x 2 x 2 points integrate
/// the cofactors exactly): the affine state is the discrete solution too, to rounding.
/// Source: Irons & Razzaque (1972).
///
/// solid: the drained skeleton. undrained: det F = 1 with one pressure, 0.3 MPa, given at one node. flow: all nodes in the
/// affine state and a pressure linear in space at the faces; reached by backward Euler steps, projection on.
struct Patch {
    PatchKind kind = PatchKind::solid;
    BenchmarkPermeability permeability = BenchmarkPermeability::constant;
    bool deformed = true;
    double side = 3.0;  ///< [mm]
    int elements = 4;   ///< along a side
    double distortion = 0.22;  ///< of the nodes, over an element's size
};

void describe(engine::FieldVisitor& v, Patch& p);

/// Numbers: place (largest distance of an inner node from the affine map) [mm], pressure (largest difference to the linear or
/// uniform pressure) [MPa], power (what the flow dissipates over k |grad p|^2 J V, less 1; of flow only).
[[nodiscard]] std::vector<Trace> run(const Patch& p);

}  // namespace foramen::models
