// What ails a level: herniation, nerve roots, narrow foramina, facets, slip and slack ligaments.

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/core/units.hpp"
#include "engine/mesh/hex_mesh.hpp"
#include "models/disc.hpp"
#include "models/disc_state.hpp"
#include "models/foramen.hpp"
#include "models/herniation.hpp"
#include "models/nerve_roots.hpp"
#include "models/protrusion.hpp"
#include "tests/support/close.hpp"
#include "tests/support/spine_rows.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

constexpr int l4_l5 = 3;

SpineModel spine(const SpineSpec& spec) { return build_spine(testing::source_tables(), spec); }

SpineSpec herniated(double angle, double size) {
    SpineSpec spec = testing::coarse_spec();
    spec.discs[l4_l5].herniation = Herniation{angle, size};
    return spec;
}

}  // namespace

TEST_SUITE_BEGIN("spine/conditions");

TEST_CASE("the largest circle in polygons with known answers") {
    CHECK(std::abs(largest_circle({{0, 0}, {10, 0}, {10, 4}, {0, 4}}) - 2.0) <= 0.002);
    CHECK(std::abs(largest_circle({{0, 0}, {4, 0}, {0, 3}}) - 1.0) <= 0.002);  // a 3-4-5 triangle
    // an L of arms 2 wide: the circle touches both outer sides and the inner corner
    const double corner = 2.0 * std::numbers::sqrt2 / (1.0 + std::numbers::sqrt2);
    CHECK(std::abs(largest_circle({{0, 0}, {6, 0}, {6, 2}, {2, 2}, {2, 6}, {0, 6}}) - corner) <= 0.002);
    std::vector<Eigen::Vector2d> hexagon;
    for (int i = 0; i < 6; ++i) hexagon.emplace_back(5.0 + 2.0 * std::cos(i * std::numbers::pi / 3), 2.0 * std::sin(i * std::numbers::pi / 3));
    CHECK(std::abs(largest_circle(hexagon) - std::numbers::sqrt3) <= 0.002);
}

TEST_CASE("a protrusion is whole in its middle, half of it 20 degrees aside, and nothing at 40 degrees and on the plates") {
    const Protrusion p{150.0 * degree, 4.0};
    CHECK_CLOSE(protrusion_shape(p, 150.0 * degree, 0.5), 1.0, 1e-14);
    CHECK_CLOSE(protrusion_shape(p, 170.0 * degree, 0.5), 0.5, 1e-12);
    CHECK_CLOSE(protrusion_shape(p, -190.0 * degree, 0.5), 0.5, 1e-12);  // the same angle, once around
    CHECK(protrusion_shape(p, 190.5 * degree, 0.5) == 0.0);
    CHECK(protrusion_shape(p, 150.0 * degree, 0.0) == 0.0);
    CHECK(protrusion_shape(p, 150.0 * degree, 1.0) == 0.0);
}

TEST_CASE("the mesh of a herniated disc has its protrusion, a torn sector with nucleus in it, and good elements at every place and size") {
    for (const double angle : {180.0, 150.0, 240.0, 95.0}) {
        for (const double size : {0.5, 4.0, 10.0}) {
            for (const Resolution resolution : {Resolution::coarse, Resolution::reference}) {
                CAPTURE(angle);
                CAPTURE(size);
                SpineSpec spec = herniated(angle * degree, size);
                spec.resolution = resolution;
                const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
                const DiscMesh disc = disc_mesh(disc_shape(g, spec, l4_l5, {10.0, 0.1, size}), disc_divisions(resolution));
                const DiscMesh healthy = disc_mesh(disc_shape(g, testing::coarse_spec(), l4_l5, {10.0, 0.1}), disc_divisions(resolution));
                CHECK(engine::mesh_quality(disc.mesh).min_scaled_jacobian > 0.1);
                const double moved = (disc.mesh.nodes - healthy.mesh.nodes).colwise().norm().maxCoeff();
                CHECK(moved <= size * (1.0 + 1e-12));
                CHECK(moved > 0.6 * size);  // the coarse mesh has a column every 30 degrees
                int displaced = 0;
                for (int e = 0; e < disc.mesh.element_count(); ++e)
                    displaced += disc.tissue[e] == DiscTissue::nucleus && healthy.tissue[e] == DiscTissue::annulus;
                CHECK(displaced > 0);
                CHECK(healthy.fissure.empty());
            }
        }
    }
}

TEST_CASE("fibres are torn by their place in the sector: k1 falls by tear b c there, and nowhere else") {
    SpineSpec spec = herniated(150.0 * degree, 4.0);
    const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
    const auto disc = [&](double tear) {
        spec.discs[l4_l5].herniation->tear = tear;
        return build_disc(g, spec, l4_l5, {10.0, 0.1, 4.0}, disc_curves(g, spec, l4_l5));
    };
    const Disc whole = disc(0.0), torn = disc(0.9);
    double most = 0.0;
    for (int e = 0; e < torn.mesh.mesh.element_count(); ++e) {
        const engine::ElementTissue &usual = whole.domain.tissues[e], &now = torn.domain.tissues[e];
        REQUIRE(usual.fibre_count == now.fibre_count);
        if (now.fibre_count == 0) continue;
        double x = 0.0, y = 0.0;  // polar angle of the element's middle, from its nodes on the healthy plates' side
        for (int a = 0; a < 4; ++a) {
            const Eigen::Vector3d node = torn.mesh.shape.lower_plate.local(torn.mesh.mesh.nodes.col(torn.mesh.mesh.elements[e][a] % torn.mesh.plan_nodes));
            x += node.x();
            y += node.y();
        }
        const double off = std::remainder(std::atan2(y, x) - 150.0 * degree, 2.0 * std::numbers::pi);
        const double lost = 1.0 - now.fibres[0].k1 / usual.fibres[0].k1;
        if (std::abs(off) > 50.0 * degree) CHECK(lost == 0.0);
        CHECK(now.fibres[1].k1 / usual.fibres[1].k1 == now.fibres[0].k1 / usual.fibres[0].k1);
        CHECK(lost <= 0.9);
        most = std::max(most, lost);
    }
    CHECK(most > 0.8);
}

TEST_CASE("after equilibration a protrusion and its disc's height are what was asked for, and left and right mirror each other") {
    SpineModel left = spine(herniated(150.0 * degree, 4.0)), right = spine(herniated(210.0 * degree, 4.0));
    for (SpineModel* model : {&left, &right}) {
        const EquilibriumReport report = find_equilibrium(*model, {});
        REQUIRE(report.converged);
        CHECK(std::abs(protrusion(*model, l4_l5) - 4.0) <= 0.1);
        CHECK(std::abs(disc_height(*model, l4_l5) - model->geometry.target_height[l4_l5]) <= 0.05);
        CHECK(protrusion(*model, 2) == 0.0);
    }
    const std::vector<RootPassage> of_left = root_passages(left), of_right = root_passages(right);
    const RootMeasures hit = measure_root(left, of_left[6]), spared = measure_root(left, of_left[7]);
    CHECK(hit.clearance < -2.0);   // 4 mm against a root 1 mm away
    CHECK(spared.clearance > 0.0);
    CHECK(std::abs(measure_root(right, of_right[7]).clearance - hit.clearance) < 0.02);
    CHECK(std::abs(measure_root(right, of_right[6]).recess - spared.recess) < 0.02);
}

TEST_CASE("distances of a root from a margin and a wall that stand where they are known to stand") {
    const SpineModel model = spine(testing::coarse_spec());
    const DiscMesh& disc = model.disc_mesh(l4_l5);
    const int node = 4 * disc.plan_nodes + disc.outline.front();
    const engine::Pose& lower = model.system.poses[static_cast<int>(lower_body(l4_l5))];
    const engine::Pose& upper = model.system.poses[static_cast<int>(upper_body(l4_l5))];
    const MarginPoint margin{{{node, node}, {1.0, 0.0}}, Eigen::Vector3d::Zero()};
    const Eigen::Vector3d x = lower.local(present_place(model.domain(l4_l5), margin));
    RootPassage root{l4_l5, Side::left, 2.0, {}, x + Eigen::Vector3d(-5.0, 0.0, -10.0), x.x() - 9.0, {margin}};
    const auto above = [&](double aside) { return upper.local(lower.point(x + Eigen::Vector3d(-5.0, aside, 10.0))); };
    root.above = above(0.0);
    CHECK_CLOSE(measure_root(model, root).clearance, 5.0 - 2.0, 1e-9);
    CHECK_CLOSE(measure_root(model, root).recess, 9.0 - 4.0, 1e-9);
    root.above = above(2.0);  // half-way up the cord stands 1 mm aside
    CHECK_CLOSE(measure_root(model, root).clearance, 5.0 - std::sqrt(4.0 - 1.0), 1e-9);
    root.above = above(5.0);  // 2.5 mm aside: out of the root's width
    CHECK(std::isinf(measure_root(model, root).clearance));
}

TEST_CASE("what grows into a foramen narrows it by as much, on its side only") {
    SpineSpec narrow = testing::coarse_spec();
    narrow.discs[l4_l5].foramina[0] = {1.0, 0.5, 7.0, 5.0};
    const SpineModel healthy = spine(testing::coarse_spec()), stenosed = spine(narrow);
    const auto measure = [](const SpineModel& m, int i) { return measure_foramen(m, foramen_landmarks(m)[i]); };
    const ForamenMeasures before = measure(healthy, 6), after = measure(stenosed, 6);
    CHECK(before.width_inferior - after.width_inferior <= 1.5);  // the outline runs from the joint's front to the pedicle below
    CHECK(before.width_inferior - after.width_inferior > 1.3);
    CHECK(after.area < before.area - 5.0);
    CHECK(after.ganglion_gap < before.ganglion_gap - 0.4);
    CHECK_CLOSE(after.area - after.clearance, 0.25 * std::numbers::pi * 49.0, 1e-12);
    CHECK(measure(stenosed, 7).area == measure(healthy, 7).area);
    const RootPassage root = root_passages(stenosed)[6], usual = root_passages(healthy)[6];
    CHECK_CLOSE(root.radius, 2.5, 1e-14);
    CHECK_CLOSE(root.wall - usual.wall, 1.5, 1e-12);
}

TEST_CASE("facet joints: tropism in both angles, stiffness in the law, gap in the points, lost contact, tight capsules") {
    SpineSpec spec = testing::coarse_spec();
    spec.discs[l4_l5].facets = {2.0, 0.1, 3.0, 10.0 * degree, 2.0, true};
    const SpineModel healthy = spine(testing::coarse_spec()), sick = spine(spec);
    const auto transverse = [](const SpineModel& m, Side side) {
        const Eigen::Vector3d n = m.geometry.facet(l4_l5, side).normal;
        return std::atan2(n.x(), side_sign(side) * n.y());
    };
    CHECK_CLOSE(transverse(sick, Side::left) - transverse(healthy, Side::left), 5.0 * degree, 1e-9);
    CHECK_CLOSE(transverse(sick, Side::right) - transverse(healthy, Side::right), -5.0 * degree, 1e-9);
    CHECK_CLOSE(engine::facet_state(healthy.system.facets[6], healthy.system.poses).gap, 0.4, 0.1);
    CHECK(engine::facet_state(sick.system.facets[6], sick.system.poses).gap < 0.15);
    const double before = std::get<engine::StrandLaw>(healthy.system.cables[healthy.ligaments.front().first].law).stiffness;
    for (std::size_t i = 0; i < sick.ligaments.size(); ++i) {
        const auto& law = std::get<engine::StrandLaw>(sick.system.cables[sick.ligaments[i].first].law);
        const auto& usual = std::get<engine::StrandLaw>(healthy.system.cables[healthy.ligaments[i].first].law);
        const bool capsule = sick.ligaments[i].name == "CL" && sick.ligaments[i].disc == l4_l5;
        CHECK_CLOSE(law.stiffness, (capsule ? 2.0 : 1.0) * usual.stiffness, 1e-14);
    }
    CHECK(before > 0.0);
    spec.discs[l4_l5].facets = {};
    spec.discs[l4_l5].facets.contact = false;
    const SpineModel lost = spine(spec);
    CHECK(engine::facet_state(lost.system.facets[6], lost.system.poses).gap > 10.0);
    CHECK(engine::facet_state(lost.system.facets[8], lost.system.poses).gap < 1.0);
}

TEST_CASE("a slipped vertebra stands where it has slipped, at the height that was asked for, with ligaments as slack as they are") {
    SpineSpec spec = testing::coarse_spec();
    spec.discs[l4_l5].slip = 6.0;
    spec.discs[l4_l5].laxity = 0.1;
    SpineModel model = spine(spec);
    const SpineModel healthy = spine(testing::coarse_spec());
    for (std::size_t i = 0; i < model.ligaments.size(); ++i) {
        const CableGroup& g = model.ligaments[i];
        const double slack = std::get<engine::StrandLaw>(model.system.cables[g.first].law).slack_length;
        const double usual = std::get<engine::StrandLaw>(healthy.system.cables[g.first].law).slack_length;
        const std::vector<engine::Pose> slipped(model.geometry.neutral.begin(), model.geometry.neutral.end());
        const std::vector<engine::Pose> straight(healthy.geometry.neutral.begin(), healthy.geometry.neutral.end());
        const double longer = model.system.cables[g.first].length(slipped) / healthy.system.cables[g.first].length(straight);
        CHECK_CLOSE(slack / usual, (g.disc == l4_l5 ? 1.1 : 1.0) * longer, 1e-9);
    }
    REQUIRE(find_equilibrium(model, {}).converged);
    CHECK(std::abs(disc_height(model, l4_l5) - model.geometry.target_height[l4_l5]) <= 0.05);
    SpineModel straight = spine(testing::coarse_spec());
    REQUIRE(find_equilibrium(straight, {}).converged);
    const auto ahead = [](const SpineModel& m) {
        const engine::Pose &lower = m.system.poses[static_cast<int>(Body::L5)], &upper = m.system.poses[static_cast<int>(Body::L4)];
        return lower.local(upper.point(m.geometry.lower_plate(Body::L4).origin)).x() - m.geometry.upper_plate(Body::L5).origin.x();
    };
    CHECK(std::abs(ahead(model) - ahead(straight) - 6.0) < 0.5);
}

TEST_SUITE_END();
