#pragma once

#include <vector>

#include "engine/core/describe.hpp"
#include "io/verify/peer_disc.hpp"
#include "models/benchmarks/benchmark.hpp"

namespace foramen::io {

/// The disc of the peer cases on two meshes of our own with the stabilised and the plain element, SDIRK2: do both go to one
/// value, and which is nearer to it?
struct PeerDiscConvergence {
    PeerRefinement coarse = PeerRefinement::about_2k, fine = PeerRefinement::about_8k;
    double tolerance = 0.001;  ///< of SDIRK2: displacement per step [mm]
    double end = 730.0;        ///< [s]
};

void describe(engine::FieldVisitor& v, PeerDiscConvergence& c);

/// Of each of plate, bulge, nucleus_p, annulus_p at 660 s and at the end (plate also at 670 s), named "plate 660 Q". With a, b
/// the values of the stabilised and of the plain element, 1 the coarse mesh, 2 the fine one:
///     limit     (a1 b2 - b1 a2)/(a1 - a2 - b1 + b2), to which both elements go at one order
///     closing   |a2 - b2|/|a1 - b1|: below 1 where the elements come together
///     gain      |b1 - limit|/|a1 - limit|: above 1 where the stabilised element is nearer
[[nodiscard]] std::vector<models::Trace> run(const PeerDiscConvergence& c);

}  // namespace foramen::io
