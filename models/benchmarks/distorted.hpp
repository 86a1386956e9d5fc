#pragma once

#include <cstdint>
#include <random>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::models {

/// A cube of n x n x n elements whose nodes, those on its faces too, are moved by up to `share` of an element's size along each
/// axis; node sets boundary, interior. The same seed gives the same mesh.
[[nodiscard]] inline engine::HexMesh distorted_cube(double side, int n, double share, std::uint64_t seed) {
    const std::vector<double> planes = engine::uniform_planes(side, n);
    engine::HexMesh mesh = engine::box_mesh({planes, planes, planes});
    std::vector<bool> outside(static_cast<std::size_t>(mesh.node_count()), false);
    for (const auto& [name, set] : mesh.node_sets)
        for (const int node : set) outside[static_cast<std::size_t>(node)] = true;
    std::mt19937_64 random(seed);
    for (int node = 0; node < mesh.node_count(); ++node) {
        mesh.node_sets[outside[static_cast<std::size_t>(node)] ? "boundary" : "interior"].push_back(node);
        for (int i = 0; i < 3; ++i)  // 53 random bits as a number in [-1, 1)
            mesh.nodes(i, node) += share * side / n * (static_cast<double>(random() >> 11) * 0x1p-52 - 1.0);
    }
    return mesh;
}

}  // namespace foramen::models
