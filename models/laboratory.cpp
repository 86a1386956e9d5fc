#include "models/laboratory.hpp"

#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::models {

void Laboratory::apply(engine::System& system, const LaboratoryLoads& asked) {
    loads = asked;
    system.moments[moment].moment = moment_vector(asked);
    system.forces[force].force = {0.0, 0.0, asked.axial_force};
    system.cables[follower].law = engine::ConstantTension{asked.follower};
    if (displaced && !system.free[static_cast<int>(upper)][2]) system.poses[static_cast<int>(upper)].origin.z() = mounted.origin.z() + asked.displacement;
}

void Laboratory::mount(engine::System& system) {
    mounted = system.poses[static_cast<int>(upper)];
    if (slides) system.free[static_cast<int>(upper)] = {false, false, true, false, false, false};
    if (displaced) system.free[static_cast<int>(upper)][2] = false;
}

engine::Vector6 Laboratory::reaction(const engine::System& system, const Eigen::VectorXd& body_gradient) const {
    engine::Vector6 held = engine::Vector6::Zero();
    for (int k = 0; k < 6; ++k)
        if (!system.free[static_cast<int>(upper)][k]) held[k] = body_gradient[6 * static_cast<int>(upper) + k];
    return held;
}

void align_to_machine(SpineGeometry& g, const SpecimenSpec& specimen) {
    const Eigen::Vector3d low = g.pose(specimen.lower).point(g.upper_plate(specimen.lower).origin);
    const Eigen::Vector3d high = g.pose(specimen.upper).point(g.lower_plate(specimen.upper).origin);
    const Eigen::Vector3d line = high - low;
    const Eigen::Matrix3d turn = engine::rotation_from_vector({0.0, -std::atan2(line.x(), line.z()), 0.0});
    for (engine::Pose& pose : g.neutral) {
        pose.origin = turn * (pose.origin - low);
        pose.rotation = turn * pose.rotation;
    }
}

Laboratory add_laboratory(engine::System& system, const SpecimenSpec& specimen) {
    FORAMEN_EXPECTS(Body::L1 <= specimen.upper && specimen.upper < specimen.lower && specimen.lower <= Body::S1, static_cast<int>(specimen.upper),
                    static_cast<int>(specimen.lower));
    FORAMEN_EXPECTS(!specimen.displaced || specimen.slides, "a displacement is prescribed on a guided end");
    const int upper = static_cast<int>(specimen.upper), lower = static_cast<int>(specimen.lower);
    for (int body = 0; body < system.body_count(); ++body)
        if (body < upper || body >= lower) system.free[body] = {false, false, false, false, false, false};
    Laboratory lab{specimen.upper, specimen.lower, specimen.slides, specimen.displaced, -1, -1, -1, system.poses[upper], {}};
    lab.moment = static_cast<int>(system.moments.size());
    system.moments.push_back({upper, Eigen::Vector3d::Zero(), specimen.moments_follow});
    lab.force = static_cast<int>(system.forces.size());
    system.forces.push_back({{upper, Eigen::Vector3d::Zero()}, Eigen::Vector3d::Zero()});
    lab.follower = static_cast<int>(system.cables.size());
    engine::Cable cable;
    for (int body = upper; body <= lower; ++body) cable.path.push_back({body, {specimen.follower_shift, 0.0, 0.0}});
    cable.law = engine::ConstantTension{0.0};
    system.cables.push_back(cable);
    return lab;
}

}  // namespace foramen::models
