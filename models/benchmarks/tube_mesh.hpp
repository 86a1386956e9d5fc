#pragma once

#include <cmath>
#include <numbers>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::models {

/// A tube about the z axis, or a quarter of it between the planes y = 0 and x = 0. Node sets inner, outer, bottom, top, and y0,
/// x0 of a quarter.
struct TubeMesh {
    double inner = 1.0, outer = 2.0, height = 1.0;  ///< [mm]
    int radial = 8, around = 16, axial = 1;         ///< elements; `around` of what is meshed
    bool quarter = true;
};

[[nodiscard]] inline engine::HexMesh tube_mesh(const TubeMesh& t) {
    using namespace engine;
    const double angle = t.quarter ? 0.5 * std::numbers::pi : 2.0 * std::numbers::pi;
    // a box of radius x angle x height, rolled up
    HexMesh box = box_mesh(
        {uniform_planes(t.outer - t.inner, t.radial), uniform_planes(angle, t.around), uniform_planes(t.height, t.axial)});
    const int row = t.radial + 1, plane = row * (t.around + 1);
    HexMesh mesh;
    const int kept = t.quarter ? t.around + 1 : t.around;  // a full tube closes on itself
    const auto renumbered = [&](int node) { return node / plane * kept * row + node % plane / row % kept * row + node % row; };
    mesh.nodes.resize(3, kept * row * (t.axial + 1));
    for (int node = 0; node < box.node_count(); ++node) {
        const double r = t.inner + box.nodes(0, node), phi = box.nodes(1, node);
        if (!t.quarter && node % plane / row == t.around) continue;
        mesh.nodes.col(renumbered(node)) << r * std::cos(phi), r * std::sin(phi), box.nodes(2, node);
    }
    for (auto element : box.elements) {
        for (int& node : element) node = renumbered(node);
        mesh.elements.push_back(element);
    }
    for (int node = 0; node < mesh.node_count(); ++node) {
        const int i = node % row, j = node / row % kept, k = node / (row * kept);
        if (i == 0) mesh.node_sets["inner"].push_back(node);
        if (i == t.radial) mesh.node_sets["outer"].push_back(node);
        if (k == 0) mesh.node_sets["bottom"].push_back(node);
        if (k == t.axial) mesh.node_sets["top"].push_back(node);
        if (t.quarter && j == 0) mesh.node_sets["y0"].push_back(node);
        if (t.quarter && j == t.around) mesh.node_sets["x0"].push_back(node);
    }
    return mesh;
}

}  // namespace foramen::models
