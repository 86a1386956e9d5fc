#include "models/canal.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <vector>

#include "models/disc_rim.hpp"

namespace foramen::models {

namespace {

/// The disc's margin in the mid-plane, layer by layer: straight between the two columns beside it, moved as they are onto the
/// surface that was meshed.
std::vector<Eigen::Vector3d> posterior_margin(const SpineModel& model, int d) {
    const DiscMesh& disc = model.disc_mesh(d);
    const engine::BiphasicDomain& domain = model.domain(d);
    const auto reference = [&](int node) -> Eigen::Vector3d { return disc.mesh.nodes.col(node); };
    std::vector<Eigen::Vector3d> margin;
    if (!disc.has_layers()) {
        const auto present = [&](int n) -> Eigen::Vector3d { return domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n); };
        for (const EdgePoint& p : hind_margin(disc, 0.0)) margin.push_back(p.weight[0] * present(p.node[0]) + p.weight[1] * present(p.node[1]));
        return margin;
    }
    for (std::size_t i = 0; i < disc.outline.size(); ++i) {
        const int a = disc.outline[i], b = disc.outline[(i + 1) % disc.outline.size()];
        const double ya = reference(a).y(), yb = reference(b).y();
        if (reference(a).x() + reference(b).x() > 0.0 || ya * yb > 0.0 || ya == yb || yb == 0.0) continue;
        const double t = ya / (ya - yb);
        for (std::size_t k = 0; k < disc.planes.size(); ++k) {
            const int first = static_cast<int>(k) * disc.plan_nodes, left = first + a, right = first + b;
            const Eigen::Vector3d chord = (1.0 - t) * reference(left) + t * reference(right);
            const Eigen::Vector3d now = (1.0 - t) * (domain.mesh().nodes.col(left) + domain.u.segment<3>(3 * left)) +
                                        t * (domain.mesh().nodes.col(right) + domain.u.segment<3>(3 * right));
            margin.push_back(now + outer_point(disc.shape, std::numbers::pi, disc.planes[k]) - chord);
        }
        break;
    }
    return margin;
}

/// Back of the bony canal at an end-plate, in the body's frame.
Eigen::Vector3d canal_back(const engine::Pose& plate, double width, double depth, double hollow, double canal_depth) {
    const double rim = -outline_radius(std::numbers::pi, width, depth, hollow);
    return plate.point({rim - canal_depth, 0.0, 0.0});
}

}  // namespace

CanalMeasures measure_canal(const SpineModel& model, int d) {
    const VertebraRow &above = model.geometry.vertebra(upper_body(d)), &below = model.geometry.vertebra(lower_body(d));
    const engine::Pose &upper = model.system.poses[model.posterior(upper_body(d))],
                       &lower = model.system.poses[model.posterior(lower_body(d))];
    const double hollow = model.geometry.tables.discs[static_cast<std::size_t>(d)].posterior_concavity;
    const Eigen::Vector3d top = upper.point(
        canal_back(lower_endplate(above), above.endplate_width_lower, above.endplate_depth_lower, hollow, above.canal_depth));
    const Eigen::Vector3d bottom = lower.point(canal_back(upper_endplate(below, lower_body(d)), below.endplate_width_upper,
                                                          below.endplate_depth_upper, hollow, below.canal_depth));
    // across the line, in the mid-plane of the lower vertebra
    const Eigen::Vector3d across = lower.rotation.col(1).cross(top - bottom).normalized();
    CanalMeasures canal{std::numeric_limits<double>::infinity(), 0.0};
    for (const Eigen::Vector3d& margin : posterior_margin(model, d))
        canal.depth = std::min(canal.depth, (margin - bottom).dot(across));
    canal.area = 0.25 * std::numbers::pi * canal.depth * 0.5 * (above.canal_width + below.canal_width);
    return canal;
}

}  // namespace foramen::models
