#include "models/specimen_stiffness.hpp"

#include "engine/core/contract.hpp"

namespace foramen::models {

engine::Matrix6 specimen_stiffness(SpineModel& model, double time) {
    FORAMEN_EXPECTS(model.laboratory.has_value(), "a specimen");
    engine::System& system = model.system;
    engine::BodySystem all(system.body_count());
    system.add_body_forces(all);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        const engine::FactorReport made = system.domains[d].refresh_factor(time, false, system.slot_poses(static_cast<int>(d)));
        FORAMEN_EXPECTS(made.ok, d);
        const Eigen::MatrixXd& disc = system.domains[d].condensed_stiffness();
        const std::vector<int>& bodies = system.domain_bodies[d];
        for (std::size_t a = 0; a < bodies.size(); ++a)
            for (std::size_t b = 0; b < bodies.size(); ++b)
                all.hessian.block<6, 6>(6 * bodies[a], 6 * bodies[b]) += disc.block<6, 6>(6 * static_cast<int>(a), 6 * static_cast<int>(b));
    }
    const int upper = static_cast<int>(model.laboratory->upper), between = static_cast<int>(model.laboratory->lower) - upper - 1;
    engine::Matrix6 stiffness = all.hessian.block<6, 6>(6 * upper, 6 * upper);
    if (between == 0) return stiffness;
    const int first = 6 * (upper + 1), n = 6 * between;
    const Eigen::MatrixXd inner = all.hessian.block(first, first, n, n), side = all.hessian.block(first, 6 * upper, n, 6);
    return stiffness - all.hessian.block(6 * upper, first, 6, n) * inner.partialPivLu().solve(side);
}

}  // namespace foramen::models
