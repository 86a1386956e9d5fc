#include "models/vertebra_surface.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>
#include <utility>

#include "engine/core/units.hpp"
#include "tests/support/close.hpp"

using foramen::degree;
using namespace foramen::models;
using Eigen::Vector3d;

namespace {


// Means of the literature (docs: default anatomy): L2 a slender vertebra, L5 with its stout pedicles, S1.
VertebraRow row_L2() {
    return {.endplate_width_upper = 42.6, .endplate_width_lower = 45.5, .endplate_depth_upper = 34.6, .endplate_depth_lower = 34.9,
            .height_anterior = 26.2, .height_posterior = 26.6, .canal_width = 23.8, .canal_depth = 18.2, .pedicle_width = 8.9,
            .pedicle_height = 15.0, .pedicle_x = -22.0, .pedicle_y = 15.6, .pedicle_z = 4.4, .spinous_tip_x = -68.8,
            .spinous_tip_z = -11.8, .transverse_tip_x = -36.0, .transverse_tip_y = 41.5, .transverse_tip_z = 3.8,
            .ganglion_width = 4.6, .ganglion_length = 5.8};
}

VertebraRow row_L5() {
    return {.endplate_width_upper = 47.3, .endplate_width_lower = 49.4, .endplate_depth_upper = 34.7, .endplate_depth_lower = 33.2,
            .height_anterior = 28.0, .height_posterior = 22.9, .canal_width = 27.1, .canal_depth = 19.7, .pedicle_width = 18.0,
            .pedicle_height = 14.0, .pedicle_x = -17.5, .pedicle_y = 23.7, .pedicle_z = 4.4, .spinous_tip_x = -63.0,
            .spinous_tip_z = -9.0, .transverse_tip_x = -25.0, .transverse_tip_y = 47.4, .transverse_tip_z = 6.0,
            .ganglion_width = 5.8, .ganglion_length = 10.8};
}

VertebraRow row_S1() {
    VertebraRow row{};
    row.endplate_width_upper = 52.0;
    row.endplate_depth_upper = 31.2;
    row.canal_width = 30.0;
    row.canal_depth = 18.0;
    row.spinous_tip_x = -52.6;
    row.spinous_tip_z = -29.0;
    return row;
}

VertebraSurfaceOptions options_L2() {
    VertebraSurfaceOptions options;
    options.inferior_facet = FacetRow{-36.9, 13.8, -24.3, 12.7, 16.0, 30.0 * degree, 10.0 * degree};
    return options;
}

struct Bounds {
    Vector3d lower, upper;
};

Bounds bounds(const TriangleSurface& surface) {
    Bounds b{surface.points[0], surface.points[0]};
    for (const Vector3d& p : surface.points) b = {b.lower.cwiseMin(p), b.upper.cwiseMax(p)};
    return b;
}

/// Directed edges that are not met exactly once in each direction.
int open_edge_count(const TriangleSurface& surface) {
    std::map<std::pair<int, int>, int> count;
    for (const auto& t : surface.triangles) {
        for (int a = 0; a < 3; ++a) ++count[{t[a], t[(a + 1) % 3]}];
    }
    int open = 0;
    for (const auto& [edge, n] : count) open += n != 1 || !count.contains({edge.second, edge.first});
    return open;
}

/// Winding number of the surface about a point: 1 in bone, 0 outside (van Oosterom & Strackee 1983).
double winding_number(const TriangleSurface& surface, const Vector3d& at) {
    double angle = 0.0;
    for (const auto& t : surface.triangles) {
        const Vector3d a = (surface.points[t[0]] - at), b = (surface.points[t[1]] - at), c = (surface.points[t[2]] - at);
        const double na = a.norm(), nb = b.norm(), nc = c.norm();
        angle += 2.0 * std::atan2(a.dot(b.cross(c)), na * nb * nc + a.dot(b) * nc + b.dot(c) * na + c.dot(a) * nb);
    }
    return angle / (4.0 * std::numbers::pi);
}

bool in_bone(const TriangleSurface& surface, const Vector3d& at) { return winding_number(surface, at) > 0.5; }

}  // namespace

TEST_CASE("a ball's boundary is closed, points outwards and holds the ball's volume") {
    const ImplicitSolid ball = [](const Vector3d& p) { return p.norm() - 10.0; };
    const TriangleSurface surface = boundary_surface(ball, {Vector3d::Constant(-13.0), Vector3d::Constant(13.0), 1.0});
    CHECK(open_edge_count(surface) == 0);
    CHECK_CLOSE(enclosed_volume(surface), 4000.0 / 3.0 * std::numbers::pi, 0.01);
    CHECK(surface.points.size() == surface.triangles.size() / 2 + 2);  // Euler: a sphere
}

TEST_CASE("a solid of single lattice points, the worst that can be cut, leaves no edge with four triangles") {
    const ImplicitSolid noise = [](const Vector3d& p) {
        if (p.cwiseAbs().maxCoeff() > 8.5) return 1.0;
        const Eigen::Vector3i i = p.array().round().cast<int>();
        std::uint32_t h = static_cast<std::uint32_t>(i.x() * 73856093) ^ static_cast<std::uint32_t>(i.y() * 19349663) ^ static_cast<std::uint32_t>(i.z() * 83492791);
        h = (h ^ (h >> 13)) * 1274126177u;
        return (h >> 20) % 2 == 0 ? 1.0 : -1.0;
    };
    const TriangleSurface surface = boundary_surface(noise, {Vector3d::Constant(-10.0), Vector3d::Constant(10.0), 1.0}, 0);
    CHECK(surface.triangles.size() > 5000);
    CHECK(open_edge_count(surface) == 0);
    CHECK(enclosed_volume(surface) > 0.0);
}

TEST_CASE("a solid that reaches the border of its box is refused") {
    const ImplicitSolid ball = [](const Vector3d& p) { return p.norm() - 10.0; };
    CHECK_THROWS(boundary_surface(ball, {Vector3d::Constant(-9.0), Vector3d::Constant(13.0), 1.0}));
}

TEST_CASE("a vertebra is one closed surface of the row's size") {
    for (const auto& [row, options] : {std::pair{row_L2(), options_L2()}, std::pair{row_L5(), VertebraSurfaceOptions{}}}) {
        const TriangleSurface surface = vertebra_surface(row, options);
        CHECK(open_edge_count(surface) == 0);
        CHECK(surface.triangles.size() > 5000);
        CHECK(surface.triangles.size() < 16000);
        const double volume = enclosed_volume(surface) / 1000.0;
        INFO("volume [cm3]: " << volume);
        CHECK(volume > 30.0);
        CHECK(volume < 60.0);
        const Bounds b = bounds(surface);
        CHECK(std::abs(b.lower.x() - row.spinous_tip_x) < 1.5);
        CHECK(std::abs(b.upper.x() - 0.5 * std::max(row.endplate_depth_upper, row.endplate_depth_lower)) < 1.5);
        CHECK(std::abs(b.upper.y() - row.transverse_tip_y) < 1.5);
        CHECK(std::abs(b.lower.y() + b.upper.y()) < 0.1);
    }
}

TEST_CASE("the body has the row's heights, widths and depths, and hollow end-plates") {
    const VertebraRow row = row_L2();
    const TriangleSurface surface = vertebra_surface(row, options_L2());
    double top = -99.0, bottom = 99.0, widest = 0.0;
    for (const Vector3d& p : surface.points) {
        if (p.x() < -5.0) continue;
        top = std::max(top, p.z());
        bottom = std::min(bottom, p.z());
        widest = std::max(widest, p.y());
    }
    CHECK(std::abs(top - bottom - row.height_anterior) < 1.2);
    CHECK(std::abs(widest - 0.5 * row.endplate_width_lower) < 1.2);
    CHECK(in_bone(surface, {0.0, 0.0, 10.5}));
    CHECK_FALSE(in_bone(surface, {0.0, 0.0, 12.5}));                                       // the hollow
    CHECK_FALSE(in_bone(surface, {0.0, 0.5 * row.endplate_width_upper - 1.5, 0.0}));       // the waist
    CHECK(in_bone(surface, {0.0, 0.5 * row.endplate_width_lower - 3.0, -0.5 * row.height_posterior + 2.0}));  // the rim
}

TEST_CASE("canal and foramina are open, pedicles and arch are bone") {
    for (const VertebraRow& row : {row_L2(), row_L5()}) {
        const TriangleSurface surface = vertebra_surface(row, {});
        const double back = -0.25 * (row.endplate_depth_upper + row.endplate_depth_lower);
        const double side = 0.6 * std::min(0.5 * row.canal_width, row.pedicle_y - 0.5 * row.pedicle_width);
        for (double z = -30.0; z <= 30.0; z += 3.0) {
            CHECK_FALSE(in_bone(surface, {back - 0.5 * row.canal_depth, 0.0, z}));
            CHECK_FALSE(in_bone(surface, {back - 0.96 * row.canal_depth, 0.0, z}));  // to the roof
            CHECK_FALSE(in_bone(surface, {back - 0.70 * row.canal_depth, side, z}));
        }
        CHECK(in_bone(surface, {row.pedicle_x, row.pedicle_y, row.pedicle_z}));
        CHECK(in_bone(surface, {row.pedicle_x, -row.pedicle_y, row.pedicle_z}));
        CHECK_FALSE(in_bone(surface, {row.pedicle_x, row.pedicle_y, row.pedicle_z - 0.5 * row.pedicle_height - 3.0}));  // foramen below
        CHECK_FALSE(in_bone(surface, {row.pedicle_x, row.pedicle_y, row.pedicle_z + 0.5 * row.pedicle_height + 3.0}));
        CHECK(in_bone(surface, {back - row.canal_depth - 3.0, 0.0, row.pedicle_z - 12.0}));  // where the laminae meet
    }
}

TEST_CASE("articular processes stand on either side of the joint space") {
    VertebraSurfaceOptions options = options_L2();
    const FacetRow& facet = *options.inferior_facet;
    const Vector3d centre(facet.centre_x, facet.centre_y, facet.centre_z);
    const TriangleSurface upper = vertebra_surface(row_L2(), options);
    CHECK(in_bone(upper, centre - 2.0 * facet_normal(facet)));
    CHECK_FALSE(in_bone(upper, centre + 0.3 * facet_normal(facet)));

    Eigen::Isometry3d to_lower = Eigen::Isometry3d::Identity();
    to_lower.translate(Vector3d(2.0, 0.0, 37.0)).rotate(Eigen::AngleAxisd(-8.0 * degree, Vector3d::UnitY()));
    VertebraSurfaceOptions below;
    below.superior_facet = facet_in_frame(facet, to_lower);
    const TriangleSurface lower = vertebra_surface(row_L2(), below);
    const Vector3d normal = to_lower.linear() * facet_normal(facet);
    CHECK((normal - facet_normal(*below.superior_facet)).norm() < 1e-12);
    CHECK(in_bone(lower, to_lower * centre + 2.0 * normal));
    CHECK_FALSE(in_bone(lower, to_lower * centre - 0.3 * normal));
}

TEST_CASE("the sacrum is closed, wider than its end-plate, with an open canal and foramina") {
    const TriangleSurface surface = sacrum_surface(row_S1(), {});
    CHECK(open_edge_count(surface) == 0);
    CHECK(enclosed_volume(surface) > 100e3);
    CHECK(enclosed_volume(surface) < 260e3);
    const Bounds b = bounds(surface);
    CHECK(b.upper.y() > 50.0);
    CHECK(b.upper.y() < 65.0);
    CHECK(std::abs(b.lower.x() - row_S1().spinous_tip_x) < 2.0);
    CHECK(in_bone(surface, {0.0, 0.0, -5.0}));
    CHECK_FALSE(in_bone(surface, {0.0, 0.0, 1.0}));
    CHECK_FALSE(in_bone(surface, {-24.0, 0.0, -10.0}));
    CHECK_FALSE(in_bone(surface, {-18.0, 0.0, -38.0}));  // sacral canal
    CHECK_FALSE(in_bone(surface, {0.0, 16.8, -27.0}));   // first foramen
    CHECK(in_bone(surface, {0.0, 16.8, -37.0}));         // between the first and the second
}

TEST_CASE("the same row gives the same surface, bit for bit") {
    const TriangleSurface a = vertebra_surface(row_L5(), {}), b = vertebra_surface(row_L5(), {});
    REQUIRE(a.points.size() == b.points.size());
    CHECK(a.points == b.points);
    CHECK(a.triangles == b.triangles);
}

TEST_CASE("a size that is not positive is refused") {
    VertebraRow row = row_L2();
    row.pedicle_width = 0.0;
    CHECK_THROWS(vertebra_surface(row, {}));
    CHECK_THROWS(sacrum_surface(VertebraRow{}, {}));
}
