#include <doctest/doctest.h>

#include "models/bone_state.hpp"
#include "tests/support/specimens.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

/// L4-L5 on the coarse mesh, mounted in equilibrium with its bath. @param stiffer  factor on all moduli of bone
SpineModel segment(bool posterior_elements, std::optional<BoneState> bone, int modes = 12, double stiffer = 1.0) {
    AnatomyTables tables = testing::source_tables();
    for (BoneRow& row : tables.bone)
        for (double* modulus : {&row.cortical_modulus, &row.cancellous_modulus, &row.posterior_modulus, &row.endplate_modulus}) *modulus *= stiffer;
    SpineSpec spec = testing::coarse_spec();
    spec.specimen = testing::level(Body::L4, Body::L5, posterior_elements);
    spec.bone = bone;
    spec.bone_modes = modes;
    spec.force_tolerance = 1e-7;
    SpineModel model = build_spine(tables, spec);
    EquilibriumOptions options;
    options.height_tolerance = 1e-7;  // mm: what is compared below shall not hang on it
    const EquilibriumReport report = find_equilibrium(model, options);
    INFO(report.why);
    REQUIRE(report.converged);
    return model;
}

double axial_move(const SpineModel& model) {
    return model.system.poses[static_cast<int>(model.laboratory->upper)].origin.z() - model.laboratory->mounted.origin.z();
}

/// Displacement of the bone's plate under the disc's forces, and the share that the shapes miss.
struct Squeezed {
    double shortening, error, bulge, yield;
};
Squeezed squeezed(SpineModel model, double force) {
    testing::Machine machine(model, force);
    machine.load({.axial_force = -force}, 1.0);
    const BoneLoads loads = bone_loads(model, machine.newton(), 1);
    return {-axial_move(model), loads.reduction_error, loads.bulge[1], loads.yield_fraction};
}

}  // namespace

TEST_CASE("the bone's nodes are the discs' nodes, and its body has the size of the table") {
    SpineSpec spec = testing::coarse_spec();
    spec.bone = BoneState::normal;
    const SpineModel model = build_spine(testing::source_tables(), spec);
    REQUIRE(model.bones.size() == 5);
    for (const VertebraBone& bone : model.bones) {
        CAPTURE(body_names[static_cast<int>(bone.body)]);
        const engine::MeshQuality quality = engine::mesh_quality(bone.solid->spec().mesh);
        const VertebraRow& row = model.geometry.vertebra(bone.body);
        const double area = 0.84 * 0.5 * (row.endplate_width_upper * row.endplate_depth_upper + row.endplate_width_lower * row.endplate_depth_lower);
        const double box = area * 0.5 * (row.height_anterior + row.height_posterior);
        CHECK(quality.min_scaled_jacobian > 0.2);
        CHECK(quality.volume < box);  // the hollows of the end-plates and of the posterior wall take a part
        CHECK(quality.volume > 0.85 * box);
        CHECK(bone.solid->floats() == (bone.body != Body::L1));
        const engine::BiphasicDomain& below = model.domain(static_cast<int>(bone.body) - 1);
        for (const engine::Tie& tie : below.spec().ties)
            if (tie.slot == 1) CHECK((bone.solid->spec().mesh.nodes.colwise() - tie.local).colwise().norm().minCoeff() < 1e-12);
    }
}

TEST_CASE("bone a million times as stiff is rigid bone") {
    SpineModel rigid = segment(true, std::nullopt), stiff = segment(true, BoneState::normal, 12, 1e6);
    for (SpineModel* model : {&rigid, &stiff}) {
        testing::Machine machine(*model);
        machine.load({.flexion = 5000.0, .left_rotation = 3000.0, .axial_force = -300.0}, 5.0);
        for (const LevelLoads& level : level_loads(*model, machine.newton())) {
            CHECK(level.unbalanced().force.norm() < 0.01);
            CHECK(level.unbalanced().moment.norm() < 1.0);
        }
    }
    const engine::Pose &a = rigid.system.poses[4], &b = stiff.system.poses[4];
    CHECK((a.origin - b.origin).norm() < 1e-5);
    CHECK((a.rotation - b.rotation).norm() < 1e-6);
}

TEST_CASE("bone that gives: loads still add up on every path, and osteoporotic bone gives more") {
    double before = 0.0;
    for (const BoneState state : {BoneState::normal, BoneState::osteopenia, BoneState::osteoporosis}) {
        SpineModel model = segment(true, state);
        testing::Machine machine(model);
        machine.load({.flexion = 4000.0, .left_bending = 2000.0, .left_rotation = 5000.0, .axial_force = -500.0}, 5.0);
        const LevelLoads level = level_loads(model, machine.newton())[3];
        CHECK(level.facets.force.norm() > 1.0);
        CHECK(level.unbalanced().force.norm() < 0.01);
        CHECK(level.unbalanced().moment.norm() < 1.0);
        const BoneLoads loads = bone_loads(model, machine.newton(), 1);
        CHECK(loads.bulge[1] > before);
        before = loads.bulge[1];
    }
}

TEST_CASE("what the shapes miss under moments does not show in the segment's turn") {
    std::vector<Eigen::Vector3d> turns;
    std::vector<double> missed;
    for (const int modes : {12, 10000}) {  // the second: all that there are
        SpineModel model = segment(true, BoneState::osteoporosis, modes);
        testing::Machine machine(model);
        const engine::Pose rest = machine.relative(3);
        machine.load({.flexion = 4000.0, .left_bending = 2000.0, .left_rotation = 5000.0, .axial_force = -500.0}, 5.0);
        const AnatomicalAngles a = machine.angles(3, rest);
        turns.emplace_back(a.flexion, a.left_bending, a.left_rotation);
        missed.push_back(bone_loads(model, machine.newton(), 1).reduction_error);
        MESSAGE(modes << " shapes: missed " << missed.back() << ", turned " << turns.back().transpose());
    }
    CHECK((turns[0] - turns[1]).norm() < 0.005 * turns[1].norm());
    CHECK(missed[0] < 0.1);
    CHECK(missed[1] < 1e-3);
}

TEST_CASE("more shapes of the end-plates change less and less, and the missed share falls") {
    double error = 1.0;
    std::vector<double> shortening;
    for (const int modes : {4, 12, 48, 10000}) {  // beside those of the discs' pull; a plate has half of it; the last: all that there are
        const Squeezed s = squeezed(segment(false, BoneState::normal, modes), 1000.0);
        MESSAGE(modes << " shapes: missed " << s.error << ", shortening " << s.shortening << " mm, dent " << s.bulge << " mm, yield fraction " << s.yield);
        CHECK(s.error < error);
        error = s.error;
        shortening.push_back(s.shortening);
    }
    CHECK(error < 1e-6);
    CHECK(std::abs(shortening[1] - shortening[3]) < 0.01 * shortening[3]);
    CHECK(std::abs(shortening[2] - shortening[3]) <= std::abs(shortening[0] - shortening[3]));
}
