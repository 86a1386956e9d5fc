#include "engine/mesh/boundary_faces.hpp"

#include <algorithm>
#include <map>

namespace foramen::engine {

namespace {

constexpr int hex_faces[6][4] = {{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};

/// The distinct nodes of a face, ascending: what both its neighbours call it.
std::vector<int> face_name(const std::array<int, 4>& nodes) {
    std::vector<int> name(nodes.begin(), nodes.end());
    std::sort(name.begin(), name.end());
    name.erase(std::unique(name.begin(), name.end()), name.end());
    return name;
}

}  // namespace

std::vector<BoundaryFace> boundary_faces(const HexMesh& mesh) {
    std::vector<BoundaryFace> all;
    std::map<std::vector<int>, int> uses;
    for (int e = 0; e < mesh.element_count(); ++e) {
        for (const auto& corners : hex_faces) {
            BoundaryFace face{e, {}};
            for (int i = 0; i < 4; ++i) face.nodes[i] = mesh.elements[e][corners[i]];
            const std::vector<int> name = face_name(face.nodes);
            if (name.size() < 3) continue;
            ++uses[name];
            all.push_back(face);
        }
    }
    std::erase_if(all, [&](const BoundaryFace& face) { return uses.at(face_name(face.nodes)) > 1; });
    return all;
}

Eigen::Vector3d face_area(const HexMesh& mesh, const BoundaryFace& face) {
    const auto x = [&](int i) -> Eigen::Vector3d { return mesh.nodes.col(face.nodes[i]); };
    return 0.5 * (x(2) - x(0)).cross(x(3) - x(1));
}

}  // namespace foramen::engine
