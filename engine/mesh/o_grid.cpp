#include "engine/mesh/o_grid.hpp"

#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

OGrid::OGrid(int core, int rings, bool quarter) : rings_(rings) {
    FORAMEN_EXPECTS(core > 0 && rings > 0, core, rings);
    build_core(core, quarter);
    build_rings(quarter);
}

void OGrid::build_core(int core, bool quarter) {
    const int n = core + 1;
    const auto node = [n](int i, int j) { return j * n + i; };
    // Half way between a square and the disc that the elliptical mapping x = s sqrt(1 - t^2/2) makes of it: the core's corners
    // are then neither pointed nor flat.
    constexpr double roundness = 0.5;
    constexpr double square_half_width = 0.82;
    for (int j = 0; j < n; ++j) {
        for (int i = 0; i < n; ++i) {
            const double s = quarter ? static_cast<double>(i) / core : 2.0 * i / core - 1.0;
            const double t = quarter ? static_cast<double>(j) / core : 2.0 * j / core - 1.0;
            const double x = roundness * s * std::sqrt(1.0 - 0.5 * t * t) + (1.0 - roundness) * square_half_width * s;
            const double y = roundness * t * std::sqrt(1.0 - 0.5 * s * s) + (1.0 - roundness) * square_half_width * t;
            points_.push_back({0, std::atan2(y, x), std::hypot(x, y)});
        }
    }
    for (int j = 0; j < core; ++j) {
        for (int i = 0; i < core; ++i) {
            quads_.push_back({node(i, j), node(i + 1, j), node(i + 1, j + 1), node(i, j + 1)});
            quad_ring_.push_back(0);
        }
    }
    if (quarter) {
        for (int j = 0; j <= core; ++j) rim_.push_back(node(core, j));
        for (int i = core - 1; i >= 0; --i) rim_.push_back(node(i, core));
        return;
    }
    for (int j = 0; j < core; ++j) rim_.push_back(node(core, j));
    for (int i = core; i > 0; --i) rim_.push_back(node(i, core));
    for (int j = core; j > 0; --j) rim_.push_back(node(0, j));
    for (int i = 0; i < core; ++i) rim_.push_back(node(i, 0));
}

void OGrid::build_rings(bool quarter) {
    std::vector<int> inside = rim_;
    const int around = static_cast<int>(rim_.size());
    const int spans = quarter ? around - 1 : around;
    for (int ring = 1; ring <= rings_; ++ring) {
        std::vector<int> outside;
        for (int a = 0; a < around; ++a) {
            outside.push_back(node_count());
            points_.push_back({ring, points_[rim_[a]].angle, 0.0});
        }
        for (int a = 0; a < spans; ++a) {
            const int b = (a + 1) % around;
            quads_.push_back({inside[a], outside[a], outside[b], inside[b]});
            quad_ring_.push_back(ring);
        }
        inside = outside;
    }
    outer_ = inside;
}

std::vector<int> OGrid::outer_nodes() const { return outer_; }

std::vector<std::array<int, 8>> OGrid::extrude(int layers) const {
    std::vector<std::array<int, 8>> hexes;
    hexes.reserve(quads_.size() * static_cast<std::size_t>(layers - 1));
    for (int k = 0; k + 1 < layers; ++k) {
        const int low = k * node_count(), high = low + node_count();
        for (const auto& q : quads_)
            hexes.push_back({low + q[0], low + q[1], low + q[2], low + q[3], high + q[0], high + q[1], high + q[2], high + q[3]});
    }
    return hexes;
}

}  // namespace foramen::engine
