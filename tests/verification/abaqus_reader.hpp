#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::testing {

/// Parts of a line between commas, without blanks and in capitals.
[[nodiscard]] inline std::vector<std::string> comma_parts(const std::string& line) {
    std::vector<std::string> parts;
    std::string part;
    for (std::istringstream stream(line); std::getline(stream, part, ',');) {
        std::erase_if(part, [](unsigned char c) { return std::isspace(c) != 0; });
        std::transform(part.begin(), part.end(), part.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        if (!part.empty()) parts.push_back(part);
    }
    return parts;
}

/// The value of NAME=value among the parts of a keyword line, or "".
[[nodiscard]] inline std::string option(const std::vector<std::string>& parts, const std::string& name) {
    for (const std::string& p : parts)
        if (p.rfind(name + "=", 0) == 0) return p.substr(name.size() + 1);
    return "";
}

/// Mesh of an Abaqus input file: *NODE, *ELEMENT of the C3D8 family with ELSET, *NSET and *ELSET with or without GENERATE. Nodes
/// and elements must be numbered 1, 2, 3 ... in order; other keywords are passed over.
[[nodiscard]] inline engine::HexMesh read_abaqus(const std::filesystem::path& path) {
    std::ifstream file(path);
    REQUIRE(file.good());
    engine::HexMesh mesh;
    std::vector<Eigen::Vector3d> nodes;
    std::string line, keyword, set;
    bool generate = false;
    while (std::getline(file, line)) {
        if (line.rfind("**", 0) == 0) continue;
        const std::vector<std::string> parts = comma_parts(line);
        if (line.rfind('*', 0) == 0) {
            keyword = parts[0];
            set = option(parts, keyword == "*NSET" ? "NSET" : "ELSET");
            generate = std::find(parts.begin(), parts.end(), "GENERATE") != parts.end();
            if (keyword == "*ELEMENT") REQUIRE(option(parts, "TYPE").rfind("C3D8", 0) == 0);
            continue;
        }
        if (keyword == "*NODE") {
            REQUIRE(std::stoul(parts[0]) == nodes.size() + 1);
            nodes.emplace_back(std::stod(parts[1]), std::stod(parts[2]), std::stod(parts[3]));
        } else if (keyword == "*ELEMENT") {
            REQUIRE(std::stoul(parts[0]) == mesh.elements.size() + 1);
            mesh.element_sets[set].push_back(static_cast<int>(mesh.elements.size()));
            std::array<int, 8>& element = mesh.elements.emplace_back();
            for (std::size_t a = 0; a < 8; ++a) element[a] = std::stoi(parts[a + 1]) - 1;
        } else if (keyword == "*NSET" || keyword == "*ELSET") {
            std::vector<int>& members = keyword == "*NSET" ? mesh.node_sets[set] : mesh.element_sets[set];
            if (generate)
                for (int n = std::stoi(parts[0]); n <= std::stoi(parts[1]); n += parts.size() > 2 ? std::stoi(parts[2]) : 1)
                    members.push_back(n - 1);
            else
                for (const std::string& p : parts) members.push_back(std::stoi(p) - 1);
        }
    }
    mesh.nodes.resize(3, static_cast<Eigen::Index>(nodes.size()));
    for (std::size_t n = 0; n < nodes.size(); ++n) mesh.nodes.col(static_cast<Eigen::Index>(n)) = nodes[n];
    return mesh;
}

}  // namespace foramen::testing
