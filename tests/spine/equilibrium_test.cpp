#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/core/units.hpp"
#include "models/disc_state.hpp"
#include "models/facet_patch.hpp"
#include "models/imported_tissues.hpp"
#include "models/observables.hpp"
#include "models/spine_model.hpp"
#include "tests/support/close.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/spine_rows.hpp"

using namespace foramen;
using namespace foramen::models;

TEST_SUITE_BEGIN("spine/equilibrium");

TEST_CASE("in equilibrium the discs have the heights that were asked for, tone, muscles and ligaments compress them, and no fluid moves") {
    SpineSpec spec = testing::coarse_spec();
    spec.force_tolerance = 1e-7;
    spec.hip_flexion = 60.0 * degree;
    spec.lordosis_change = -13.0 * degree;
    SpineModel model = build_spine(testing::source_tables(), spec);
    const EquilibriumReport report = find_equilibrium(model, {});
    REQUIRE(report.converged);
    MESSAGE("passes " << report.passes << ", Newton iterations " << report.iterations << ", follower load " << report.resting_tension << " N");
    for (int d = 0; d < disc_count; ++d) {
        CAPTURE(d);
        CHECK(std::abs(disc_height(model, d) - model.geometry.target_height[d]) <= 0.05);
        const DiscState state = disc_state(model, d);
        CHECK(std::abs(state.fluid_pressure) < 1e-3 * state.osmotic_pressure);  // p tilde has drained away
        // Wilke 1999 and Sato 1999: about 0.1 MPa lying; accepted for a lying adult: 0.08 to 0.25 MPa
        CHECK(state.pressure > 0.08);
        CHECK(state.pressure < 0.25);
    }
    CHECK(report.resting_tension == 0.0);
    CHECK(report.compression > 0.0);
    CHECK(report.pressure == disc_state(model, 3).pressure);

    // left and right alike: no body has left the sagittal plane
    for (const engine::Pose& pose : model.system.poses) {
        CHECK(std::abs(pose.origin.y()) < 1e-6);
        CHECK(std::abs(pose.rotation(1, 0)) + std::abs(pose.rotation(1, 2)) < 1e-8);
    }

    // the session begins in balance, with the friction anchors where the body lies
    engine::NewtonSolver newton(model.system, newton_options(model, 0.0));
    engine::StageInput stage;
    for (const auto& domain : model.system.domains) stage.target.push_back(Eigen::VectorXd::Zero(domain.node_count()));
    stage.tau = 0.0;
    newton.evaluate(stage);
    for (const double balance : force_balance(model, newton)) CHECK(balance < 1e-5);
    for (const int stick : {model.support.friction_lower, model.support.friction_upper})
        CHECK(std::abs(model.system.sticks[stick].force(model.system.poses)) < 1e-9);
}

TEST_CASE("a compression that is asked for is reached by a follower load, and one that tone gives already by none") {
    SpineSpec spec = testing::coarse_spec();
    spec.resting_compression = 200.0;
    SpineModel model = build_spine(testing::source_tables(), spec);
    const EquilibriumReport loaded = find_equilibrium(model, {});
    REQUIRE(loaded.converged);
    CHECK(std::abs(loaded.compression - 200.0) <= 1.0);
    CHECK(loaded.resting_tension > 50.0);
    spec.resting_compression = 20.0;
    SpineModel calm = build_spine(testing::source_tables(), spec);
    const EquilibriumReport enough = find_equilibrium(calm, {});
    REQUIRE(enough.converged);
    CHECK(enough.resting_tension == 0.0);
    CHECK(enough.compression > 21.0);
}

TEST_CASE("discs far softer than the tables' find their equilibrium: a step of the search that overstretches fibres is halved") {
    AnatomyTables soft = testing::source_tables();
    scale_tissues(soft, {.fibre_k1_outer = 0.1, .fibre_k1_inner = 0.1, .annulus_shear = 0.65});
    SpineSpec spec = testing::coarse_spec();
    spec.specimen = testing::level(Body::L1, Body::S1);
    SpineModel model = build_spine(soft, spec);
    const EquilibriumReport report = find_equilibrium(model, {});
    INFO(report.why);
    REQUIRE(report.converged);
    MESSAGE("passes " << report.passes << ", iterations " << report.iterations);
    for (int d = 0; d < disc_count; ++d) CHECK(std::abs(disc_height(model, d) - model.geometry.target_height[d]) <= 0.05);
}

TEST_CASE("a fine disc finds its equilibrium from that of the coarse mesh, with few factors, and nearly the same one") {
    SpineSpec spec = testing::coarse_spec();
    spec.specimen = SpecimenSpec{};
    spec.specimen->upper = Body::L4;
    spec.specimen->lower = Body::L5;
    SpineModel coarse = build_spine(testing::source_tables(), spec);
    REQUIRE(find_equilibrium(coarse, {}).converged);
    spec.resolution = Resolution::fine;
    SpineModel fine = build_spine(testing::source_tables(), spec);
    const EquilibriumReport report = find_equilibrium(fine, {});
    REQUIRE(report.converged);
    MESSAGE("passes " << report.passes << ", iterations " << report.iterations << ", factors " << report.refreshes);
    CHECK(fine.domain(3).mesh().element_count() == 7952);
    CHECK(fine.disc_mesh(3).mesh.element_count() == 7952);
    CHECK(report.passes <= 2);  // of the fine mesh; from the first guess it takes four
    CHECK(std::abs(fine.free_discs[3].height - coarse.free_discs[3].height) < 0.1);
    CHECK(std::abs(disc_height(fine, 3) - fine.geometry.target_height[3]) <= 0.05);
    CHECK_CLOSE(disc_state(fine, 3).pressure, disc_state(coarse, 3).pressure, 0.1);
}

TEST_CASE("a pull along the spine reaches the pelvis less the harness' loss, and friction holds what it can") {
    SpineSpec spec = testing::coarse_spec();
    spec.table.friction_lower = 0.5;
    SpineModel model = build_spine(testing::source_tables(), spec);
    model.apply(0.0, 300.0, 18.0 * degree);  // level: the table tilts during the first ten seconds only
    CHECK_CLOSE(model.pull.at_pelvis, 270.0, 1e-12);
    const engine::PointForce& rope = model.system.forces[model.support.pull];
    CHECK_CLOSE(rope.force.norm(), 270.0, 1e-12);
    CHECK_CLOSE(std::atan2(rope.force.x(), -rope.force.z()), 18.0 * degree, 1e-12);
    const double lifted = model.support.pelvis_weight - 270.0 * std::sin(18.0 * degree);
    CHECK_CLOSE(model.system.sticks[model.support.friction_lower].limit, 0.5 * lifted, 1e-12);
    // pelvis and legs of a 70 kg woman: 54.2 % of her weight
    CHECK_CLOSE(model.support.pelvis_weight, 0.542 * 70.0 * 9.80665, 1e-12);
}

TEST_CASE("the muscles' tone relaxes from its first to its last level") {
    SpineModel model = build_spine(testing::source_tables(), testing::coarse_spec());
    const auto activation = [&](double t) {
        model.apply(t, 0.0, 0.0);
        return std::get<engine::FascicleLaw>(model.system.cables[model.muscles[0].first].law).activation;
    };
    CHECK_CLOSE(activation(0.0), 0.01, 1e-12);
    CHECK_CLOSE(activation(120.0), 0.002 + 0.008 * std::exp(-1.0), 1e-12);
    CHECK_CLOSE(activation(1e5), 0.002, 1e-12);
    CHECK(model.muscles.size() == 2 * testing::source_tables().fascicles.size());
}

TEST_CASE("flexed hips slacken the psoas and nothing else") {
    SpineSpec spec = testing::coarse_spec();
    const SpineModel straight = build_spine(testing::source_tables(), spec);
    spec.hip_flexion = 90.0 * degree;
    const SpineModel flexed = build_spine(testing::source_tables(), spec);
    for (std::size_t m = 0; m < straight.muscles.size(); ++m) {
        const auto reference = [&](const SpineModel& s) { return std::get<engine::FascicleLaw>(s.system.cables[s.muscles[m].first].law).reference_length; };
        const double slack = reference(flexed) - reference(straight);
        if (straight.muscles[m].muscle == "psoas") CHECK(slack > 25.0);
        else CHECK(slack == 0.0);
    }
}

TEST_CASE("every ligament has its strands, pre-tensioned or slack as its table says") {
    const SpineModel model = build_spine(testing::source_tables(), testing::coarse_spec());
    CHECK(model.ligaments.size() == 35);
    const std::vector<engine::Pose> neutral(model.geometry.neutral.begin(), model.geometry.neutral.end());
    for (std::size_t i = 0; i < model.ligaments.size(); ++i) {
        const CableGroup& g = model.ligaments[i];
        const LigamentRow& row = model.geometry.tables.ligaments[i];
        for (int c = g.first; c < g.first + g.count; ++c) {
            const engine::Cable& strand = model.system.cables[c];
            const double force = engine::tension(strand.law, strand.length(neutral)).force;
            CAPTURE(g.name);
            if (row.reference_strain > 0.0) CHECK(force == 0.0);
            if (row.reference_strain < 0.0) {
                // eps = -eps_r/(1 + eps_r) in the neutral stack, on the quadratic toe or the line above it
                const double strain = -row.reference_strain / (1.0 + row.reference_strain), toe = row.transition_strain;
                CHECK_CLOSE(force, strain < toe ? 0.5 * row.stiffness * strain * strain / toe : row.stiffness * (strain - 0.5 * toe), 1e-9);
            }
        }
    }
}

TEST_CASE("facet pairs are mirror images, open by 0.4 mm in the neutral stack, where they touch lightly") {
    const SpineModel model = build_spine(testing::source_tables(), testing::coarse_spec());
    const std::vector<engine::Pose> neutral(model.geometry.neutral.begin(), model.geometry.neutral.end());
    REQUIRE(model.system.facets.size() == 10);
    for (int d = 0; d < disc_count; ++d) {
        const engine::FacetContact &left = model.system.facets[2 * d], &right = model.system.facets[2 * d + 1];
        CHECK(left.normal.y() > 0.0);
        CHECK_CLOSE(left.normal.y(), -right.normal.y(), 1e-12);
        CHECK_CLOSE(left.normal.x(), right.normal.x(), 1e-12);
        for (std::size_t k = 0; k < left.points.size(); ++k) CHECK(std::abs(left.gap(neutral, k) - 0.4) < 1e-9);
        const FacetPatch patch = facet_patch(model.geometry.tables.facets[static_cast<std::size_t>(d)], Side::left);
        const double x = 1.0 - 0.4 / 0.55, touch = 0.35 / (std::numbers::e - 1.0) * x * (std::exp(x) - 1.0);  // docs/model.md, section 5
        CHECK_CLOSE(engine::facet_state(left, neutral).force, touch * patch.width * patch.height, 1e-9);
        // pulled apart along the normal the joint opens, pushed together it presses
        std::vector<engine::Pose> closed = neutral;
        const int lower = static_cast<int>(lower_body(d));
        closed[lower].origin -= 0.3 * (neutral[static_cast<int>(upper_body(d))].rotation * left.normal);
        CHECK(engine::facet_state(left, closed).force > 10.0);
    }
}

TEST_SUITE_END();
