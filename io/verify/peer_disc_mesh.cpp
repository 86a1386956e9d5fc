#include "io/verify/peer_disc_mesh.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "engine/core/units.hpp"
#include "engine/mesh/o_grid.hpp"
#include "io/inp_mesh.hpp"

namespace foramen::io {

namespace {

constexpr double same_place = 1e-6;  // mm

struct Divisions {
    int core, nucleus_rings, annulus_rings, layers;
};

Divisions divisions(PeerRefinement refinement) {
    switch (refinement) {
        case PeerRefinement::about_2k:
            return {6, 2, 5, 10};
        case PeerRefinement::about_8k:
            return {10, 4, 8, 14};
        case PeerRefinement::about_25k:
            break;
    }
    return {16, 6, 12, 18};
}

/// n + 1 planes from 0 to 1, each layer thinner than the one before; 1.55 is the peer's growth from layer to layer with 5 of them, 1.15 that of 5 rings.
std::vector<double> thinning(int n, double growth_of_five) {
    return engine::graded_planes(1.0, n, 1.0 / std::pow(growth_of_five, 5.0 / n));
}

/// Outer boundary of each ring as a fraction of the ellipse.
std::vector<double> ring_fractions(const Divisions& d) {
    constexpr double core = 1.0 / 3.0;
    const double nucleus = std::sqrt(peer_disc_nucleus_fraction);
    std::vector<double> fractions{core};
    for (int r = 1; r <= d.nucleus_rings; ++r) fractions.push_back(core + (nucleus - core) * r / d.nucleus_rings);
    const std::vector<double> annulus = thinning(d.annulus_rings, 1.15);
    for (int r = 1; r <= d.annulus_rings; ++r)
        fractions.push_back(nucleus + (1.0 - nucleus) * annulus[static_cast<std::size_t>(r)]);
    return fractions;
}

std::vector<double> axial_planes(int layers, PeerLayers thickness) {
    const std::vector<double> half = thinning(layers / 2, thickness == PeerLayers::thin ? 2.3 : 1.55);  // from mid-height to a plate
    std::vector<double> z;
    for (auto h = half.rbegin(); h != half.rend(); ++h) z.push_back(0.5 * peer_disc_height * (1.0 - *h));
    for (std::size_t i = 1; i < half.size(); ++i) z.push_back(0.5 * peer_disc_height * (1.0 + half[i]));
    return z;
}

void name_sets(engine::HexMesh& mesh, const engine::OGrid& grid, const Divisions& d) {
    const int plan = grid.node_count();
    for (int n = 0; n < mesh.node_count(); ++n) {
        const int layer = n / plan;
        const bool outside = grid.point(n % plan).ring == grid.ring_count();
        if (layer == 0) mesh.node_sets["BOTTOM"].push_back(n);
        if (layer == d.layers) mesh.node_sets["TOP"].push_back(n);
        if (layer == 0 || layer == d.layers || outside) mesh.node_sets["DRAINED"].push_back(n);
    }
    for (int e = 0; e < mesh.element_count(); ++e) {
        const int ring = grid.quad_ring()[static_cast<std::size_t>(e) % grid.quads().size()];
        mesh.element_sets[ring <= d.nucleus_rings ? "NUCLEUS" : "ANNULUS"].push_back(e);
    }
}

}  // namespace

PeerDiscMesh peer_disc_mesh(PeerRefinement refinement, PeerLayers layers) {
    const Divisions d = divisions(refinement);
    const engine::OGrid grid(d.core, d.nucleus_rings + d.annulus_rings);
    const std::vector<double> fractions = ring_fractions(d), z = axial_planes(d.layers, layers);
    PeerDiscMesh result;
    engine::HexMesh& mesh = result.mesh;
    mesh.elements = grid.extrude(d.layers + 1);
    mesh.nodes.resize(3, grid.node_count() * (d.layers + 1));
    for (int n = 0; n < mesh.node_count(); ++n) {
        const engine::OGridPoint p = grid.point(n % grid.node_count());
        const double scale = fractions[static_cast<std::size_t>(p.ring)] * (p.ring == 0 ? p.core_radius : 1.0);
        mesh.nodes.col(n) << 0.5 * peer_disc_width * scale * std::cos(p.angle), 0.5 * peer_disc_depth * scale * std::sin(p.angle),
            z[static_cast<std::size_t>(n / grid.node_count())];
    }
    name_sets(mesh, grid, d);
    return result;
}

PeerDiscMesh read_peer_disc_mesh(const std::filesystem::path& file) {
    InpMesh read = read_inp_mesh(file);
    for (const char* set : {"BOTTOM", "TOP", "DRAINED"})
        if (!read.mesh.node_sets.contains(set)) throw std::runtime_error(fmt::format("{}: no node set {}", file.string(), set));
    for (const char* set : {"NUCLEUS", "ANNULUS"})
        if (!read.mesh.element_sets.contains(set))
            throw std::runtime_error(fmt::format("{}: no element set {}", file.string(), set));
    return {std::move(read.mesh), std::move(read.node_number)};
}

std::array<Eigen::Vector3d, 2> peer_disc_fibres(const engine::HexMesh& mesh, int element) {
    Eigen::Vector3d middle = Eigen::Vector3d::Zero();
    for (const int n : mesh.elements[static_cast<std::size_t>(element)]) middle += 0.125 * mesh.nodes.col(n);
    // (x/a)^2 + (y/b)^2 is constant along (-y/b^2, x/a^2)
    constexpr double a = 0.5 * peer_disc_width, b = 0.5 * peer_disc_depth;
    const Eigen::Vector3d tangent = Eigen::Vector3d(-middle.y() / (b * b), middle.x() / (a * a), 0.0).normalized();
    const Eigen::Vector3d across = std::cos(30.0 * degree) * tangent, up = std::sin(30.0 * degree) * Eigen::Vector3d::UnitZ();
    return {across + up, across - up};
}

std::vector<int> centre_line(const engine::HexMesh& mesh) {
    std::vector<int> nodes;
    for (int n = 0; n < mesh.node_count(); ++n)
        if (mesh.nodes.col(n).head<2>().norm() < same_place) nodes.push_back(n);
    std::sort(nodes.begin(), nodes.end(), [&](int a, int b) { return mesh.nodes(2, a) < mesh.nodes(2, b); });
    return nodes;
}

std::vector<int> equator(const engine::HexMesh& mesh) {
    std::vector<int> nodes;
    for (const int n : mesh.node_set("DRAINED"))
        if (std::abs(mesh.nodes(2, n) - 0.5 * peer_disc_height) < same_place) nodes.push_back(n);
    return nodes;
}

int nearest_node(const engine::HexMesh& mesh, const Eigen::Vector3d& place) {
    Eigen::Index nearest = 0;
    (mesh.nodes.colwise() - place).colwise().squaredNorm().minCoeff(&nearest);
    return static_cast<int>(nearest);
}

}  // namespace foramen::io
