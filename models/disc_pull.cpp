#include "models/disc_pull.hpp"

#include "engine/time/time_stepper.hpp"

namespace foramen::models {

namespace {

constexpr double quick = 1.0, ages = 1e7;  // s
constexpr double small_move = 0.01;        // mm; of a rotation over the arm
constexpr double arm = 20.0;               // mm

engine::System between_fixed_plates(const SpineGeometry& g, const Disc& disc, int d) {
    engine::System system;
    const engine::Pose &there = disc.mesh.shape.upper_plate, &plate = g.lower_plate(upper_body(d));
    const Eigen::Matrix3d turn = there.rotation * plate.rotation.transpose();
    static_cast<void>(system.add_body({}));
    static_cast<void>(system.add_body({turn, there.origin - turn * plate.origin}));
    for (auto& free : system.free) free = {false, false, false, false, false, false};
    system.add_domain(engine::BiphasicDomain(disc.domain, engine::SolverKind::supernodal_f64), {0, 1});
    return system;
}

/// Lets the disc swell. Where that does not come to its end the state reached serves as well: only patterns are wanted.
void swell(engine::System& system) {
    engine::NewtonOptions tolerances;
    tolerances.force_tolerance = tolerances.volume_tolerance = 1e-3;
    tolerances.pressure_tolerance = 1e-2;
    engine::NewtonSolver newton(system, tolerances);
    engine::StepperOptions steps;
    steps.scheme = engine::Scheme::backward_euler;
    steps.first_step = 1.0;
    steps.largest_growth = 10.0;
    steps.smallest_step = 1e-2;
    engine::TimeStepper stepper(system, newton, steps);
    static_cast<void>(stepper.run(0.0, {[](double, engine::System&) {}, {ages}}, {}));
}

/// Forces on the bone at the tied nodes of one slot, in its frame.
Eigen::VectorXd on_bone(const engine::System& system, const engine::DomainResidual& r, int slot) {
    const engine::BiphasicDomain& domain = system.domains[0];
    std::vector<double> pull;
    for (const engine::Tie& tie : domain.spec().ties) {
        if (tie.slot != slot) continue;
        const Eigen::Vector3d f = -(system.poses[slot].rotation.transpose() * r.force.segment<3>(3 * tie.node));
        pull.insert(pull.end(), f.begin(), f.end());
    }
    return Eigen::Map<const Eigen::VectorXd>(pull.data(), static_cast<Eigen::Index>(pull.size()));
}

}  // namespace

DiscPull disc_pull(const SpineGeometry& geometry, const Disc& disc, int d) {
    engine::System system = between_fixed_plates(geometry, disc, d);
    swell(system);
    engine::BiphasicDomain& domain = system.domains[0];
    const Eigen::VectorXd target = Eigen::VectorXd::Zero(domain.node_count()), no_force = Eigen::VectorXd::Zero(domain.unknown_count());
    engine::DomainResidual r;
    const auto evaluate = [&] {
        domain.place_ties(system.slot_poses(0));
        domain.evaluate(target, 0.0, system.slot_poses(0), r);
    };
    const int plan = disc.mesh.plan_nodes;
    DiscPull pull{Eigen::MatrixXd(3 * plan, 13), Eigen::MatrixXd(3 * plan, 13)};
    evaluate();
    pull.lower.col(0) = on_bone(system, r, 0);
    pull.upper.col(0) = on_bone(system, r, 1);
    const engine::SystemState swollen = engine::save_state(system);
    int column = 1;
    for (const double time : {quick, ages}) {
        if (!domain.refresh_factor(time, true, system.slot_poses(0)).ok) continue;
        for (int k = 0; k < 6; ++k) {
            const engine::Vector6 move = small_move * (k < 3 ? 1.0 : 1.0 / arm) * engine::Vector6::Unit(k);
            Eigen::VectorXd moves = Eigen::VectorXd::Zero(12);
            moves.tail<6>() = move;
            domain.add_to_unknowns(domain.increment(no_force, moves));
            system.poses[1] = system.poses[1].moved(move);
            evaluate();
            pull.lower.col(column) = on_bone(system, r, 0) - pull.lower.col(0);
            pull.upper.col(column++) = on_bone(system, r, 1) - pull.upper.col(0);
            engine::restore_state(system, swollen);
        }
    }
    pull.lower.conservativeResize(Eigen::NoChange, column);
    pull.upper.conservativeResize(Eigen::NoChange, column);
    return pull;
}

}  // namespace foramen::models
