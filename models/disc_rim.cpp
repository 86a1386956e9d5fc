#include "models/disc_rim.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/mesh/boundary_faces.hpp"

namespace foramen::models {

namespace {

/// Faces of the surface that do not lie on an end-plate.
std::vector<engine::BoundaryFace> outer_faces(const engine::HexMesh& mesh, const std::vector<char>& lower,
                                              const std::vector<char>& upper) {
    std::vector<engine::BoundaryFace> faces = engine::boundary_faces(mesh);
    std::erase_if(faces, [&](const engine::BoundaryFace& f) {
        const auto all_in = [&](const std::vector<char>& in) {
            return std::all_of(f.nodes.begin(), f.nodes.end(), [&](int n) { return in[n]; });
        };
        return all_in(lower) || all_in(upper);
    });
    return faces;
}

/// Edges of faces, each once, the lower index first.
std::set<std::array<int, 2>> edges_of(const std::vector<engine::BoundaryFace>& faces) {
    std::set<std::array<int, 2>> edges;
    for (const engine::BoundaryFace& f : faces)
        for (std::size_t i = 0; i < 4; ++i)
            if (const int a = f.nodes[i], b = f.nodes[(i + 1) % 4]; a != b) edges.insert({std::min(a, b), std::max(a, b)});
    return edges;
}

}  // namespace

DiscRim::DiscRim(const engine::HexMesh& mesh, const ImportedDiscPlace& place)
    : mesh_(mesh), lower_(flagged(mesh, "lower")), upper_(flagged(mesh, "upper")), outer_(lower_.size(), 0) {
    const Eigen::Matrix3d low = place.lower_body.rotation.transpose() * place.lower.frame.rotation;
    axes_ = low * engine::rotation_from_vector(
                      0.5 * engine::vector_from_rotation(place.lower.frame.rotation.transpose() * place.upper.frame.rotation));
    lower_middle_ = place.lower_body.local(place.lower.frame.origin);
    upper_middle_ = place.lower_body.local(place.upper.frame.origin);
    const std::vector<engine::BoundaryFace> faces = outer_faces(mesh, lower_, upper_);
    for (const engine::BoundaryFace& f : faces)
        for (const int n : f.nodes) outer_[n] = 1;
    for (const auto& edge : edges_of(faces)) {
        if (lower_[edge[0]] && lower_[edge[1]]) lower_rim_.push_back(edge);
        if (upper_[edge[0]] && upper_[edge[1]]) upper_rim_.push_back(edge);
    }
}

std::vector<int> DiscRim::outer_nodes() const {
    std::vector<int> nodes;
    for (int n = 0; n < mesh_.node_count(); ++n)
        if (outer_[n]) nodes.push_back(n);
    return nodes;
}

Eigen::Vector3d DiscRim::in_plan(const Eigen::Vector3d& x, double level) const {
    Eigen::Vector3d plan = axes_.transpose() * (x - (1.0 - level) * lower_middle_ - level * upper_middle_);
    plan.z() = 0.0;
    return plan;
}

double DiscRim::angle_behind(int node, double level) const {
    const Eigen::Vector3d x = in_plan(mesh_.nodes.col(node), level);
    return std::atan2(x.y(), -x.x());
}

std::optional<EdgePoint> DiscRim::on_rim(const std::vector<std::array<int, 2>>& rim, double level, double angle) const {
    for (const auto& edge : rim) {
        const double a = angle_behind(edge[0], level), b = angle_behind(edge[1], level);
        if (a == b || std::abs(a - b) > 1.0 || (a - angle) * (b - angle) > 0.0)
            continue;  // an edge in front spans the cut of the angle
        const double t = (angle - a) / (b - a);
        return EdgePoint{edge, {1.0 - t, t}};
    }
    return {};
}

std::vector<HindNode> DiscRim::hind_nodes(const std::vector<double>& level) const {
    std::vector<HindNode> hind;
    for (const int n : outer_nodes()) {
        const double angle = angle_behind(n, level[n]);
        if (lower_[n] || upper_[n] || std::abs(angle) > hind_sector) continue;
        const auto foot = on_rim(lower_rim_, 0.0, angle), head = on_rim(upper_rim_, 1.0, angle);
        if (foot && head) hind.push_back({n, *foot, *head});
    }
    return hind;
}

std::vector<EdgePoint> hind_margin(const DiscMesh& disc, double y) {
    const engine::HexMesh& mesh = disc.mesh;
    const auto faces = outer_faces(mesh, flagged(mesh, "lower"), flagged(mesh, "upper"));
    double front = -1e300, back = 1e300;
    for (const int n : mesh.node_set("outer")) {
        front = std::max(front, mesh.nodes(0, n));
        back = std::min(back, mesh.nodes(0, n));
    }
    std::vector<std::pair<double, EdgePoint>> cuts;
    for (const auto& edge : edges_of(faces)) {
        const double ya = mesh.nodes(1, edge[0]) - y, yb = mesh.nodes(1, edge[1]) - y;
        if (ya * yb > 0.0 || ya == yb || 0.5 * (mesh.nodes(0, edge[0]) + mesh.nodes(0, edge[1])) > 0.5 * (front + back)) continue;
        const double t = ya / (ya - yb);
        cuts.push_back({(1.0 - t) * disc.node_level[edge[0]] + t * disc.node_level[edge[1]], {edge, {1.0 - t, t}}});
    }
    std::stable_sort(cuts.begin(), cuts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<EdgePoint> margin;
    for (const auto& [level, point] : cuts) margin.push_back(point);
    return margin;
}

}  // namespace foramen::models
