#include "models/specimen_stiffness.hpp"

#include "engine/core/contract.hpp"

namespace foramen::models {

engine::Matrix6 specimen_stiffness(SpineModel& model, double time) {
    FORAMEN_EXPECTS(model.laboratory.has_value(), "a specimen");
    engine::System& system = model.system;
    engine::BodySystem all(system.body_count(), system.amplitude_count());
    system.add_body_forces(all);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        const engine::FactorReport made = system.domains[d].refresh_factor(time, false, system.slot_poses(static_cast<int>(d)));
        FORAMEN_EXPECTS(made.ok, d);
        const Eigen::MatrixXd& disc = system.domains[d].condensed_stiffness();
        const std::vector<int> moves = system.domain_moves(static_cast<int>(d));
        for (std::size_t a = 0; a < moves.size(); ++a)
            for (std::size_t b = 0; b < moves.size(); ++b) all.hessian(moves[a], moves[b]) += disc(static_cast<int>(a), static_cast<int>(b));
    }
    const int upper = static_cast<int>(model.laboratory->upper), lower = static_cast<int>(model.laboratory->lower);
    engine::Matrix6 stiffness = all.hessian.block<6, 6>(6 * upper, 6 * upper);
    std::vector<int> between, ends;  // what moves as it likes, and the upper vertebra
    for (int k = 6 * (upper + 1); k < 6 * lower; ++k) between.push_back(k);
    for (int k = 6 * system.body_count(); k < system.move_count(); ++k) between.push_back(k);
    if (between.empty()) return stiffness;
    for (int k = 6 * upper; k < 6 * upper + 6; ++k) ends.push_back(k);
    const Eigen::MatrixXd inner = all.hessian(between, between), side = all.hessian(between, ends);
    return stiffness - all.hessian(ends, between) * inner.partialPivLu().solve(side);
}

}  // namespace foramen::models
