#pragma once

#include <string>
#include <vector>

#include "engine/core/describe.hpp"
#include "engine/core/piecewise_linear.hpp"
#include "engine/time/time_stepper.hpp"
#include "io/verify/peer_disc_mesh.hpp"
#include "models/benchmarks/benchmark.hpp"

namespace foramen::io {

enum class OffOn { off, on };
inline constexpr std::array<std::string_view, 2> off_on_words{"off", "on"};
inline constexpr std::array<std::string_view, 2> scheme_words{"backward_euler", "sdirk2"};

/// The disc of peer-cases/README.md: nucleus and annulus with two fibre families, finite strain, no osmotic pressure; fixed
/// below, bonded above to a plate that moves along z, drained all around; pressed by 500 N for ten minutes, then pulled five
/// times by 300 N.
struct PeerDisc {
    std::string mesh;  ///< .inp file; empty: a mesh of our own
    PeerRefinement refinement = PeerRefinement::about_2k;
    PeerLayers layers = PeerLayers::as_peer;
    OffOn stabilised = OffOn::on;
    engine::Scheme scheme = engine::Scheme::backward_euler;
    double step = 5.0;         ///< of backward Euler [s]
    double tolerance = 0.005;  ///< of SDIRK2: displacement per step [mm]
    double end = 1160.0;       ///< [s]
    double force_tolerance = 1e-5;  ///< unbalanced force over the largest on the plate
};

void describe(engine::FieldVisitor& v, PeerDisc& c);

/// Traces over time: plate (z) [mm]; centre, np_quarter, np_af_lateral, af_mid_lateral, centre_low: pressure at the node next to
/// the peer's [MPa]; nucleus_p, annulus_p: means over the deformed volume [MPa]; nucleus_V, annulus_V: V/V0; bulge: largest
/// outward displacement of the outer surface at half of the height [mm]; checker: largest |p_k - (p_k-1 + p_k+1)/2| on the
/// vertical centre line, the nodes next to the plates left out, for there a drained layer is curved by right [MPa]; zigzag: the
/// same of nodes whose neighbour deviates to the other side, which a smooth curve never has [MPa]. Over the times of
/// febio-nodes_tT.csv beside an imported mesh: node_u, node_p: largest difference of a node [mm, MPa]. Number: steps.
[[nodiscard]] std::vector<models::Trace> run(const PeerDisc& c);

/// Force on the plate over time [N], tension positive.
[[nodiscard]] engine::PiecewiseLinear peer_disc_force();

}  // namespace foramen::io
