#pragma once

#include <string>
#include <vector>

#include "engine/core/describe.hpp"
#include "io/verify/peer_disc.hpp"
#include "models/benchmarks/benchmark.hpp"

namespace foramen::io {

enum class Drainage { drained, undrained };
inline constexpr std::array<std::string_view, 2> drainage_words{"drained", "undrained"};

/// The disc of the peer cases as one neo-Hookean material at small strain: fixed below, moved down above without any sideways
/// move, free around. Drained: no fluid pressure anywhere, an elastic solid with the matrix' constants. Undrained: sealed and at
/// once, an incompressible solid with the matrix' shear modulus (Poisson's ratio 1/2), however fast the fluid could be.
struct ElasticDisc {
    std::string mesh;  ///< .inp file; empty: a mesh of our own
    PeerRefinement refinement = PeerRefinement::about_2k;
    int splits = 0;  ///< times that each hexahedron is cut into eight
    Drainage drainage = Drainage::drained;
    OffOn stabilised = OffOn::on;
    double modulus = 1.0;   ///< of the matrix, Young's [MPa]
    double poisson = 0.17;  ///< of the matrix [-]
    double strain = 1e-5;   ///< of the height, compression [-]
};

void describe(engine::FieldVisitor& v, ElasticDisc& c);

/// Numbers: reaction of the upper plate over the strain [N], compression positive; bulge: mean outward move of the outer surface
/// at half of the height over the plate's [-]; side, front: outward move of its points on the longer and the shorter axis over
/// the plate's [-].
[[nodiscard]] std::vector<models::Trace> run(const ElasticDisc& c);

}  // namespace foramen::io
