#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::io {

/// A mesh of hexahedra as a file numbers it.
struct InpMesh {
    engine::HexMesh mesh;             ///< sets by their names in capitals, members ascending
    std::vector<int> node_number;     ///< the file's number of each node, ascending
    std::vector<int> element_number;  ///< the file's number of each element, in the file's order
};

/// Reads the hexahedra of an Abaqus or CalculiX input file: *NODE, *ELEMENT of the families C3D8 and C3D20 (these by their
/// corners), *NSET and *ELSET with lists, ranges (GENERATE) and names of other sets, *INCLUDE. Other keywords are passed over.
/// Nodes that are no corner of an element are left out, of the sets as well. Source of the syntax: CalculiX CrunchiX user's
/// manual 2.20, "Input deck format".
/// @throws FileError      the file cannot be opened
/// @throws ScenarioError  with every problem: an unknown type, missing nodes, inverted elements, empty sets, numbers given twice
[[nodiscard]] InpMesh read_inp_mesh(const std::filesystem::path& path);

/// The same for a text in memory; `name` stands for it in messages, and files it includes are looked for beside `name`.
[[nodiscard]] InpMesh read_inp_mesh_text(std::string text, const std::string& name);

}  // namespace foramen::io
