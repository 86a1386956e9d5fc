#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <set>

#include "engine/core/units.hpp"
#include "models/disc.hpp"
#include "tests/support/close.hpp"
#include "tests/support/spine_rows.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

Disc disc_of(Resolution resolution, int d) {
    SpineSpec spec = testing::coarse_spec();
    spec.resolution = resolution;
    const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
    return build_disc(g, spec, d, {g.target_height[d], g.tables.discs[d].lordotic_wedge}, disc_curves(g, spec, d));
}

double tissue_volume(const DiscMesh& disc, DiscTissue tissue) {
    engine::HexMesh part = disc.mesh;
    part.elements.clear();
    for (std::size_t e = 0; e < disc.tissue.size(); ++e)
        if (disc.tissue[e] == tissue) part.elements.push_back(disc.mesh.elements[e]);
    return engine::mesh_quality(part).volume;
}

}  // namespace

TEST_SUITE_BEGIN("spine/disc");

TEST_CASE("disc meshes have the promised counts and no bad element, at every level and resolution") {
    const std::pair<Resolution, int> counts[] = {{Resolution::coarse, 810}, {Resolution::reference, 2250}, {Resolution::fine, 7952}, {Resolution::finest, 31746}};
    for (const auto& [resolution, count] : counts) {
        for (int d = 0; d < disc_count; ++d) {
            const Disc disc = disc_of(resolution, d);
            const engine::MeshQuality q = engine::mesh_quality(disc.mesh.mesh);
            CAPTURE(d);
            CHECK(disc.mesh.mesh.element_count() == count);
            CHECK(q.min_scaled_jacobian > 0.25);
        }
    }
}

TEST_CASE("rings are graded towards the drained outer surface: the first at most 0.15 mm, growth at most 2.1 at reference") {
    const Disc disc = disc_of(Resolution::reference, 3);
    const auto& mesh = disc.mesh;
    // along the outline's radius at mid-height, at every angle
    const int layers = mesh.mesh.node_count() / mesh.plan_nodes, rings = 9, around = static_cast<int>(mesh.outline.size());
    for (int a = 0; a < around; ++a) {
        double last = 0.0;
        for (int ring = 0; ring + 1 < rings; ++ring) {
            const int outer = (layers / 2) * mesh.plan_nodes + mesh.outline[a] - ring * around, inner = outer - around;
            const double thickness = (mesh.mesh.nodes.col(outer) - mesh.mesh.nodes.col(inner)).norm();
            if (ring == 0) CHECK(thickness <= 0.15);
            if (ring > 0 && ring + 2 < rings) CHECK(thickness / last < 2.1);
            last = thickness;
        }
    }
}

TEST_CASE("the nucleus takes its share of the section, and the disc keeps its symmetry") {
    const Disc disc = disc_of(Resolution::fine, 3);
    const double nucleus = tissue_volume(disc.mesh, DiscTissue::nucleus), annulus = tissue_volume(disc.mesh, DiscTissue::annulus);
    const double cartilage = tissue_volume(disc.mesh, DiscTissue::cartilage);
    // bulged end-plates give the nucleus more than its 43 % of the section; the cartilage lies half on each
    CHECK(nucleus / (nucleus + annulus) > 0.42);
    CHECK(nucleus / (nucleus + annulus) < 0.56);
    CHECK(cartilage > 0.0);
    Eigen::Vector3d centre = Eigen::Vector3d::Zero();
    for (int n = 0; n < disc.mesh.mesh.node_count(); ++n) centre += disc.mesh.mesh.nodes.col(n);
    CHECK(std::abs(centre.y()) / disc.mesh.mesh.node_count() < 1e-9);
}

TEST_CASE("the outline has the width, the depth and the hollow behind") {
    CHECK_CLOSE(outline_radius(0.0, 50.0, 36.0, 2.0), 18.0, 1e-12);
    CHECK_CLOSE(outline_radius(0.5 * std::numbers::pi, 50.0, 36.0, 2.0), 25.0, 1e-9);
    CHECK_CLOSE(outline_radius(std::numbers::pi, 50.0, 36.0, 2.0), 16.0, 1e-12);
}

TEST_CASE("annulus fibres: angle and constants of the tables at their corners") {
    const AnnulusFibreTable& t = testing::source_tables().fibres;
    CHECK_CLOSE(annulus_fibre(t, 0.0, 0.0).angle, 29.75 * degree, 1e-12);
    CHECK_CLOSE(annulus_fibre(t, 0.0, std::numbers::pi).angle, 29.75 * degree, 1e-12);
    CHECK_CLOSE(annulus_fibre(t, 1.0, 0.0).angle, 36.75 * degree, 1e-12);
    CHECK_CLOSE(annulus_fibre(t, 0.0, 0.0).k1, 1.03, 1e-12);
    CHECK_CLOSE(annulus_fibre(t, 1.0, std::numbers::pi).k2, 71.42, 1e-12);
    CHECK_CLOSE(annulus_fibre(t, 0.5, 0.5 * std::numbers::pi).k1, 0.194, 1e-12);
}

TEST_CASE("fibres run around the disc: unit vectors in the tangent plane of the rings, two families mirrored") {
    const Disc disc = disc_of(Resolution::coarse, 2);
    int seen = 0;
    for (int e = 0; e < disc.mesh.mesh.element_count(); ++e) {
        const engine::ElementTissue& t = disc.domain.tissues[e];
        if (disc.mesh.tissue[e] != DiscTissue::annulus) {
            CHECK(t.fibre_count == 0);
            continue;
        }
        ++seen;
        REQUIRE(t.fibre_count == 2);
        Eigen::Vector3d centre = Eigen::Vector3d::Zero();
        for (const int n : disc.mesh.mesh.elements[e]) centre += disc.mesh.mesh.nodes.col(n) / 8.0;
        Eigen::Vector3d outward(centre.x(), centre.y(), 0.0);
        outward.normalize();
        const Eigen::Vector3d a(t.fibres[0].a.data()), b(t.fibres[1].a.data());
        CHECK_CLOSE(a.norm(), 1.0, 1e-12);
        CHECK(std::abs((a + b).normalized().dot(outward)) < 0.5);         // their mean runs around, not out
        CHECK((a - b).normalized().z() > 0.8);                             // their difference is axial
        CHECK(std::abs(std::asin(std::clamp(std::abs(a.dot(disc.mesh.axial[e])), 0.0, 1.0)) -
                       annulus_fibre(testing::source_tables().fibres, disc.mesh.depth[e], disc.mesh.circumference[e]).angle) < 1e-9);
    }
    CHECK(seen > 300);
}

TEST_CASE("fluid leaves through cartilage-covered bone and the outer annulus; a blocked end-plate seals the bone") {
    SpineSpec spec = testing::coarse_spec();
    const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
    const auto drained = [&](EndplateState state) {
        spec.discs[3].endplates = state;
        const Disc disc = build_disc(g, spec, 3, {10.0, 0.1}, disc_curves(g, spec, 3));
        return std::pair(std::set<int>(disc.domain.drained.begin(), disc.domain.drained.end()), disc.mesh);
    };
    const auto [open, mesh] = drained(EndplateState::healthy);
    const auto [blocked, same] = drained(EndplateState::blocked);
    CHECK(open.contains(mesh.mesh.node_set("cartilage_bone")[0]));
    CHECK_FALSE(blocked.contains(mesh.mesh.node_set("cartilage_bone")[0]));
    for (const int n : mesh.mesh.node_set("outer")) CHECK(blocked.contains(n));
    CHECK(open.size() > blocked.size());
}

TEST_SUITE_END();
