// Meshes of our own of the disc that is compared with other programs.

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/elements/hex_measure.hpp"
#include "io/verify/peer_disc_mesh.hpp"

using namespace foramen;
using namespace foramen::io;

namespace {

/// Heights of the nodes on the axis, from below.
std::vector<double> planes(const engine::HexMesh& mesh) {
    std::vector<double> z;
    for (const int n : centre_line(mesh)) z.push_back(mesh.nodes(2, n));
    return z;
}

}  // namespace

TEST_SUITE_BEGIN("unit/io");

TEST_CASE("the peer's disc on our grid: as many hexahedra as its own meshes, thinner at both plates alike, thin layers a third to a quarter as thick") {
    const std::pair<PeerRefinement, int> sizes[] = {{PeerRefinement::about_2k, 2040}, {PeerRefinement::about_8k, 8120}, {PeerRefinement::about_25k, 25344}};
    const double first_as_peer[] = {0.38, 0.25, 0.19}, first_thin[] = {0.11, 0.07, 0.05};  // mm, as the header says
    for (int i = 0; i < 3; ++i) {
        CAPTURE(i);
        const engine::HexMesh peer = peer_disc_mesh(sizes[i].first).mesh, thin = peer_disc_mesh(sizes[i].first, PeerLayers::thin).mesh;
        CHECK(peer.element_count() == sizes[i].second);
        CHECK(thin.element_count() == sizes[i].second);
        CHECK(engine::mesh_quality(thin).min_scaled_jacobian > 0.0);
        CHECK(std::abs(engine::mesh_quality(thin).volume - engine::mesh_quality(peer).volume) < 1e-9 * engine::mesh_quality(peer).volume);
        for (const auto& [mesh, first] : {std::pair{&peer, first_as_peer[i]}, std::pair{&thin, first_thin[i]}}) {
            const std::vector<double> z = planes(*mesh);
            CHECK(std::abs(z[1] - z[0] - first) < 0.005);
            for (std::size_t k = 0; k < z.size(); ++k) CHECK(std::abs(z[k] + z[z.size() - 1 - k] - z.front() - z.back()) < 1e-12);
            for (std::size_t k = 1; 2 * k + 1 < z.size(); ++k) CHECK(z[k + 1] - z[k] > z[k] - z[k - 1]);
        }
    }
}

TEST_SUITE_END();
