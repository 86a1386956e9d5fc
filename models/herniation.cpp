#include "models/herniation.hpp"

#include <algorithm>
#include <cmath>

#include "models/protrusion.hpp"

namespace foramen::models {

double protrusion(const SpineModel& model, int d) {
    const DiscMesh& disc = model.disc_mesh(d);
    if (!disc.shape.protrusion) return 0.0;
    const engine::BiphasicDomain& domain = model.domain(d);
    const double middle = disc.shape.protrusion->angle;
    const Eigen::Matrix3d& body = model.system.poses[static_cast<int>(lower_body(d))].rotation;
    const Eigen::Vector3d outwards = body * (disc.shape.lower_plate.rotation * Eigen::Vector3d(std::cos(middle), std::sin(middle), 0.0));
    const auto at = [&](int node) -> Eigen::Vector3d { return domain.mesh().nodes.col(node) + domain.u.segment<3>(3 * node); };
    const int layers = static_cast<int>(disc.planes.size());
    double farthest = -1e300;
    for (std::size_t i = 0; i < disc.outline.size(); ++i) {
        if (protrusion_shape(*disc.shape.protrusion, disc.outline_angle[i], 0.5) == 0.0) continue;
        const int column = disc.outline[i];
        const Eigen::Vector3d low = at(column), line = at((layers - 1) * disc.plan_nodes + column) - low;
        for (int k = 1; k + 1 < layers; ++k) {
            const Eigen::Vector3d x = at(k * disc.plan_nodes + column) - low;
            farthest = std::max(farthest, (x - x.dot(line) / line.squaredNorm() * line).dot(outwards));
        }
    }
    return farthest;
}

}  // namespace foramen::models
