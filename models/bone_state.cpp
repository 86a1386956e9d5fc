#include "models/bone_state.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::models {

namespace {

// Of a bone's volume (a cortex' area), where strains are left out: the largest ones belong to single elements of the rim under the
// fibres' pull. Bone was found to fail when 2 % of it exceed a strain near its yield strain (Pistoia et al. 2002, Bone 30:842).
constexpr double exceeding = 0.02;

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

/// From the mean edges along the three axes: exact for a parallelepiped, a weight here [mm3].
double element_volume(const engine::Hex8Nodes& X) {
    const auto between = [&X](const std::array<int, 4>& to, const std::array<int, 4>& from) {
        Eigen::Vector3d edge = Eigen::Vector3d::Zero();
        for (int i = 0; i < 4; ++i) edge += 0.25 * (X.col(to[i]) - X.col(from[i]));
        return edge;
    };
    const Eigen::Vector3d along = between({1, 2, 5, 6}, {0, 3, 4, 7}), across = between({3, 2, 7, 6}, {0, 1, 4, 5}), up = between({4, 5, 6, 7}, {0, 1, 2, 3});
    return along.cross(across).dot(up);
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

/// The value that a share `exceeding` of the weight is above.
double nearly_largest(std::vector<std::pair<double, double>> value_and_weight) {
    std::sort(value_and_weight.rbegin(), value_and_weight.rend());
    double all = 0.0, above = 0.0;
    for (const auto& [value, weight] : value_and_weight) all += weight;
    for (const auto& [value, weight] : value_and_weight) {
        above += weight;
        if (above >= exceeding * all) return value;
    }
    return 0.0;
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
    std::vector<std::pair<double, double>> stress, compression, tension;
    for (int i = 0; i < bone.cortex_count; ++i) {
        engine::Quad4Nodes X, moved;
        for (int a = 0; a < 4; ++a) {
            X.col(a) = spec.mesh.nodes.col(spec.membranes[i].nodes[a]);
            moved.col(a) = field.col(spec.membranes[i].nodes[a]);
        }
        stress.emplace_back(engine::von_mises(engine::membrane_centre_stress(X, moved, spec.membranes[i].law)), engine::quad_area(X));
    }
    for (const auto& nodes : spec.mesh.elements) {
        const engine::Hex8Nodes X = element_columns(spec.mesh.nodes, nodes);
        const Eigen::Matrix3d strain = engine::hex8_centre_strain(X, element_columns(field, nodes));
        const Eigen::Vector3d principal = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(strain, Eigen::EigenvaluesOnly).eigenvalues();
        const double volume = element_volume(X);
        compression.emplace_back(-principal[0], volume);
        tension.emplace_back(principal[2], volume);
    }
    loads.cortex_von_mises = nearly_largest(std::move(stress));
    loads.cancellous_compression = nearly_largest(std::move(compression));
    loads.cancellous_tension = nearly_largest(std::move(tension));
    loads.yield_fraction = std::max(loads.cancellous_compression / row.yield_compression, loads.cancellous_tension / row.yield_tension);
    loads.bulge = {plate_bulge(bone, field, false, model.geometry.lower_plate(bone.body).rotation.col(2)),
                   plate_bulge(bone, field, true, model.geometry.upper_plate(bone.body).rotation.col(2))};
    const double size = bone.solid->interface_mean(u), missed = bone.solid->interface_mean(u - bone.shapes * model.system.flexible[index].amplitude);
    loads.reduction_error = size > 0.0 ? missed / size : 0.0;
    return loads;
}

}  // namespace foramen::models
