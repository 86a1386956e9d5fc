#include <algorithm>
#include <map>
#include <set>

#include "engine/elements/hex8_reference.hpp"
#include "io/verify/peer_disc_mesh.hpp"

namespace foramen::io {

namespace {

/// Corners of an element between which place (i, j, k) of its 3 x 3 x 3 new nodes lies.
std::vector<int> corners_around(const std::array<int, 8>& element, const std::array<int, 3>& place) {
    std::vector<int> around;
    for (std::size_t a = 0; a < 8; ++a) {
        bool near = true;
        for (std::size_t i = 0; i < 3; ++i) near = near && (place[i] == 1 || place[i] - 1 == engine::hex8_corner[a][i]);
        if (near) around.push_back(element[a]);
    }
    std::sort(around.begin(), around.end());
    return around;
}

/// Nodes of the finer mesh by the corners of the coarser that they lie between.
class NewNodes {
public:
    explicit NewNodes(const engine::HexMesh& coarse) : coarse_(coarse) {
        for (int n = 0; n < coarse.node_count(); ++n) (void)at({n});
    }
    int at(const std::vector<int>& corners) {
        const auto [found, is_new] = index_.try_emplace(corners, static_cast<int>(places_.size()));
        if (is_new) {
            Eigen::Vector3d middle = Eigen::Vector3d::Zero();
            for (const int n : corners) middle += coarse_.nodes.col(n);
            places_.push_back(middle / static_cast<double>(corners.size()));
        }
        return found->second;
    }
    [[nodiscard]] Eigen::Matrix3Xd places() const {
        Eigen::Matrix3Xd all(3, static_cast<Eigen::Index>(places_.size()));
        for (std::size_t n = 0; n < places_.size(); ++n) all.col(static_cast<Eigen::Index>(n)) = places_[n];
        return all;
    }
    [[nodiscard]] std::vector<int> inside(const std::vector<int>& coarse_set) const {
        const std::set<int> members(coarse_set.begin(), coarse_set.end());
        std::vector<int> nodes;
        for (const auto& [corners, n] : index_)
            if (std::all_of(corners.begin(), corners.end(), [&](int c) { return members.contains(c); })) nodes.push_back(n);
        std::sort(nodes.begin(), nodes.end());
        return nodes;
    }

private:
    const engine::HexMesh& coarse_;
    std::map<std::vector<int>, int> index_;
    std::vector<Eigen::Vector3d> places_;
};

}  // namespace

engine::HexMesh split_in_eight(const engine::HexMesh& mesh) {
    NewNodes nodes(mesh);
    engine::HexMesh fine;
    for (const std::array<int, 8>& element : mesh.elements) {
        for (const auto& octant : engine::hex8_corner) {
            std::array<int, 8>& small = fine.elements.emplace_back();
            for (std::size_t a = 0; a < 8; ++a) {
                std::array<int, 3> place{};
                for (std::size_t i = 0; i < 3; ++i) place[i] = (octant[i] + 1) / 2 + (engine::hex8_corner[a][i] + 1) / 2;
                small[a] = nodes.at(corners_around(element, place));
            }
        }
    }
    fine.nodes = nodes.places();
    for (const auto& [name, set] : mesh.node_sets) fine.node_sets[name] = nodes.inside(set);
    for (const auto& [name, set] : mesh.element_sets)
        for (const int e : set)
            for (int part = 0; part < 8; ++part) fine.element_sets[name].push_back(8 * e + part);
    return fine;
}

}  // namespace foramen::io
