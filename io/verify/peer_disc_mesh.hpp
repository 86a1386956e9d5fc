#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::io {

// The disc of peer-cases/disc-2k: an elliptical cylinder, z axial from 0, x along the longer axis.
inline constexpr double peer_disc_width = 50.0;             ///< [mm]
inline constexpr double peer_disc_depth = 36.0;             ///< [mm]
inline constexpr double peer_disc_height = 11.0;            ///< [mm]
inline constexpr double peer_disc_nucleus_fraction = 0.43;  ///< of the section [-]

enum class PeerRefinement { about_2k, about_8k, about_25k };
inline constexpr std::array<std::string_view, 3> peer_refinement_words{"2k", "8k", "25k"};

/// How layers thin towards the plates: as the peer's, or so that the first is as thick as what drains in a ramp of seconds.
enum class PeerLayers { as_peer, thin };
inline constexpr std::array<std::string_view, 2> peer_layers_words{"as_peer", "thin"};

/// A mesh of the disc: node sets BOTTOM, TOP, DRAINED, element sets NUCLEUS, ANNULUS.
struct PeerDiscMesh {
    engine::HexMesh mesh;
    std::vector<int> node_number;  ///< of the file; empty for a mesh of our own
};

/// Our O-grid of the same shape with 2,040, 8,120 or 25,344 hexahedra, as many as the peer's meshes have. One mapping of space,
/// so that each mesh is a refinement of the one before: layers graded towards both plates, annulus rings towards the outer
/// surface. First layers as the peer's: 0.38, 0.25, 0.19 mm; thin: 0.11, 0.07, 0.05 mm.
[[nodiscard]] PeerDiscMesh peer_disc_mesh(PeerRefinement refinement, PeerLayers layers = PeerLayers::as_peer);

/// An imported mesh. @throws FileError, ScenarioError, and std::runtime_error for a set that is not there
[[nodiscard]] PeerDiscMesh read_peer_disc_mesh(const std::filesystem::path& file);

/// Unit directions of the two fibre families of an element: 30 degrees up and down from the tangent of the concentric ellipse
/// through its middle.
[[nodiscard]] std::array<Eigen::Vector3d, 2> peer_disc_fibres(const engine::HexMesh& mesh, int element);

/// Each hexahedron cut into eight at the middles of its edges, faces and body; sets follow. A node set takes a new node if all
/// the corners that it lies between are in the set.
[[nodiscard]] engine::HexMesh split_in_eight(const engine::HexMesh& mesh);

/// Nodes of the axis x = y = 0 from below to above.
[[nodiscard]] std::vector<int> centre_line(const engine::HexMesh& mesh);
/// Nodes of the outer surface at half of the height.
[[nodiscard]] std::vector<int> equator(const engine::HexMesh& mesh);
[[nodiscard]] int nearest_node(const engine::HexMesh& mesh, const Eigen::Vector3d& place);

}  // namespace foramen::io
