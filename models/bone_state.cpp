#include "models/bone_state.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::models {

namespace {

/// Nodal forces of the discs on a bone, in its frame.
Eigen::VectorXd disc_forces(const SpineModel& model, const engine::NewtonSolver& newton, const VertebraBone& bone) {
    Eigen::VectorXd load = Eigen::VectorXd::Zero(3 * bone.solid->node_count());
    const Eigen::Matrix3d to_frame = model.system.poses[static_cast<int>(bone.body)].rotation.transpose();
    for (const int d : model.spec.present_discs()) {
        const bool on_upper = lower_body(d) == bone.body, on_lower = upper_body(d) == bone.body;
        if (!on_upper && !on_lower) continue;
        const int slot = on_upper ? 0 : 1, first = on_upper ? (bone.plane_count() - 1) * bone.plan_nodes : 0;
        const Eigen::VectorXd& force = newton.residuals()[model.slot(d)].force;
        int plan_node = 0;
        for (const engine::Tie& tie : model.domain(d).spec().ties)
            if (tie.slot == slot) load.segment<3>(3 * (first + plan_node++)) -= to_frame * force.segment<3>(3 * tie.node);
    }
    return load;
}

engine::Hex8Nodes element_columns(const Eigen::Matrix3Xd& all, const std::array<int, 8>& nodes) {
    engine::Hex8Nodes x;
    for (int a = 0; a < 8; ++a) x.col(a) = all.col(nodes[a]);
    return x;
}

/// How far a plate dents into the bone: against the mean of its rim, along its normal.
double plate_bulge(const VertebraBone& bone, const Eigen::Matrix3Xd& u, bool upper, const Eigen::Vector3d& normal) {
    const int first = upper ? (bone.plane_count() - 1) * bone.plan_nodes : 0;
    const double inward = upper ? -1.0 : 1.0;
    double rim = 0.0;
    for (const int n : bone.outline) rim += inward * u.col(first + n).dot(normal) / static_cast<double>(bone.outline.size());
    double farthest = 0.0;
    for (int n = 0; n < bone.plan_nodes; ++n) farthest = std::max(farthest, inward * u.col(first + n).dot(normal) - rim);
    return farthest;
}

}  // namespace

Eigen::VectorXd bone_displacement(const SpineModel& model, const engine::NewtonSolver& newton, int index) {
    const VertebraBone& bone = model.bones[index];
    const Eigen::VectorXd pull = bone.root_pull * model.system.flexible[index].amplitude;
    return bone.solid->solve(disc_forces(model, newton, bone) + bone.root_loads * pull).displacement;
}

BoneLoads bone_loads(const SpineModel& model, const engine::NewtonSolver& newton, int index) {
    const VertebraBone& bone = model.bones[index];
    const engine::ElasticBodySpec& spec = bone.solid->spec();
    const Eigen::VectorXd u = bone_displacement(model, newton, index);
    const Eigen::Matrix3Xd field = u.reshaped(3, bone.solid->node_count());
    const BoneRow& row = model.geometry.tables.bone[static_cast<int>(*model.spec.bone)];
    BoneLoads loads{};
    for (int i = 0; i < bone.cortex_count; ++i) {
        engine::Quad4Nodes X, moved;
        for (int a = 0; a < 4; ++a) {
            X.col(a) = spec.mesh.nodes.col(spec.membranes[i].nodes[a]);
            moved.col(a) = field.col(spec.membranes[i].nodes[a]);
        }
        loads.cortex_von_mises = std::max(loads.cortex_von_mises, engine::von_mises(engine::membrane_centre_stress(X, moved, spec.membranes[i].law)));
    }
    for (const auto& nodes : spec.mesh.elements) {
        const Eigen::Matrix3d strain = engine::hex8_centre_strain(element_columns(spec.mesh.nodes, nodes), element_columns(field, nodes));
        const Eigen::Vector3d principal = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(strain, Eigen::EigenvaluesOnly).eigenvalues();
        loads.cancellous_compression = std::max(loads.cancellous_compression, -principal[0]);
        loads.cancellous_tension = std::max(loads.cancellous_tension, principal[2]);
    }
    loads.yield_fraction = std::max(loads.cancellous_compression / row.yield_compression, loads.cancellous_tension / row.yield_tension);
    const VertebraRow& vertebra = model.geometry.vertebra(bone.body);
    loads.bulge = {plate_bulge(bone, field, false, lower_endplate(vertebra).rotation.col(2)),
                   plate_bulge(bone, field, true, upper_endplate(vertebra, bone.body).rotation.col(2))};
    const double size = bone.solid->interface_mean(u), missed = bone.solid->interface_mean(u - bone.shapes * model.system.flexible[index].amplitude);
    loads.reduction_error = size > 0.0 ? missed / size : 0.0;
    return loads;
}

}  // namespace foramen::models
