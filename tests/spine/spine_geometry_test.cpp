#include <doctest/doctest.h>

#include <numbers>

#include "engine/core/units.hpp"
#include "models/spine_geometry.hpp"
#include "tests/support/close.hpp"
#include "tests/support/spine_rows.hpp"

using namespace foramen;
using namespace foramen::models;

TEST_SUITE_BEGIN("spine/geometry");

TEST_CASE("the neutral stack has the wedges of the tables: its lordosis is their sum") {
    const SpineGeometry g = spine_geometry(testing::source_tables(), testing::coarse_spec());
    double sum = 0.0;
    for (int d = 0; d < disc_count; ++d) {
        sum += g.tables.discs[d].lordotic_wedge;
        const VertebraRow& v = g.vertebra(upper_body(d));
        sum += std::atan((v.height_anterior - v.height_posterior) / (0.5 * (v.endplate_depth_upper + v.endplate_depth_lower)));
    }
    CHECK_CLOSE(lordosis(g, g.neutral), sum, 1e-10);
    CHECK(g.pose(Body::thorax).origin.z() > g.pose(Body::L1).origin.z());
    CHECK(std::abs((g.pose(Body::thorax).origin - g.pose(Body::S1).origin).x()) < 1e-9);
}

TEST_CASE("a lordosis that is asked for is built") {
    SpineSpec spec = testing::coarse_spec();
    spec.lordosis = 40.0 * degree;
    const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
    CHECK_CLOSE(lordosis(g, g.neutral), 40.0 * degree, 1e-10);
}

TEST_CASE("posture turns the segments about their discs: the lordosis changes by what was asked, disc centres stay apart") {
    const SpineGeometry g = spine_geometry(testing::source_tables(), testing::coarse_spec());
    const auto poses = posed(g, -13.0 * degree);
    CHECK_CLOSE(lordosis(g, poses), lordosis(g, g.neutral) - 13.0 * degree, 1e-10);
    for (int d = 0; d < disc_count; ++d) {
        const auto middle = [&](const auto& p) {
            return Eigen::Vector3d(p[static_cast<int>(upper_body(d))].point(lower_endplate(g.vertebra(upper_body(d))).origin) -
                                   p[static_cast<int>(lower_body(d))].point(upper_endplate(g.vertebra(lower_body(d)), lower_body(d)).origin));
        };
        CHECK_CLOSE(middle(poses).norm(), middle(g.neutral).norm(), 0.01);
    }
    CHECK(std::abs((poses.front().origin - poses.back().origin).x()) < 1e-9);
}

TEST_CASE("size follows stature, the sexes keep their ratios, and both sexes' means are the tables' lengths") {
    const SizeFactors woman = size_factors(Sex::female, 1630.0), man = size_factors(Sex::male, 1760.0);
    CHECK_CLOSE(woman.size / man.size, 0.955, 1e-12);
    CHECK_CLOSE(woman.girth / man.girth, 0.895, 1e-12);
    CHECK_CLOSE(0.5 * (woman.size + man.size), 1.0, 1e-12);
    CHECK_CLOSE(0.5 * (woman.girth + man.girth), 1.0, 1e-12);
    CHECK_CLOSE(size_factors(Sex::male, 1860.0).size / man.size, 1.0 + 0.0783, 1e-12);
    // Cook & Baker (2021), 196 CT: L5 superior depth 33.3 +- 2.6 mm (women), 37.1 +- 3.2 mm (men)
    const double depth = testing::source_tables().vertebrae[4].endplate_depth_upper;
    CHECK(std::abs(depth * woman.girth - 33.3) < 2.6);
    CHECK(std::abs(depth * man.girth - 37.1) < 3.2);
    SpineSpec tall = testing::coarse_spec(), small = testing::coarse_spec();
    tall.stature = 1900.0;
    small.stature = 1550.0;
    const SpineGeometry a = spine_geometry(testing::source_tables(), tall), b = spine_geometry(testing::source_tables(), small);
    CHECK_CLOSE((a.pose(Body::thorax).origin - a.pose(Body::S1).origin).norm() / (b.pose(Body::thorax).origin - b.pose(Body::S1).origin).norm(),
                a.size / b.size, 0.02);
}

TEST_CASE("a degenerated disc is lower, and a height that is given wins") {
    SpineSpec spec = testing::coarse_spec();
    spec.discs[3].grade = 3;
    spec.discs[4].height = 9.0;
    const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
    CHECK_CLOSE(g.target_height[3], 0.8 * g.tables.discs[3].height_mid, 1e-12);
    CHECK(g.target_height[4] == 9.0);
}

TEST_SUITE_END();
