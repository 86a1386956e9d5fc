#include <doctest/doctest.h>

#include <numbers>

#include "models/foramen.hpp"
#include "models/observables.hpp"
#include "tests/support/close.hpp"
#include "tests/support/spine_rows.hpp"

using namespace foramen;
using namespace foramen::models;

TEST_SUITE_BEGIN("spine/foramen");

TEST_CASE("area and chord of polygons with known answers") {
    const std::vector<Eigen::Vector2d> l_shape{{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 3}, {0, 3}};
    CHECK_CLOSE(polygon_area(l_shape), 6.0, 1e-14);
    CHECK_CLOSE(polygon_chord(l_shape, 0.5), 4.0, 1e-14);
    CHECK_CLOSE(polygon_chord(l_shape, 2.0), 1.0, 1e-14);
    CHECK(polygon_chord(l_shape, 5.0) == 0.0);
    std::vector<Eigen::Vector2d> circle;
    for (int i = 0; i < 400; ++i) circle.emplace_back(3.0 * std::cos(2 * std::numbers::pi * i / 400), 3.0 * std::sin(2 * std::numbers::pi * i / 400));
    CHECK_CLOSE(polygon_area(circle), std::numbers::pi * 9.0, 1e-4);
}

TEST_CASE("foramina of the default adult are as large as those of living people, and equal on both sides") {
    // Clouthier et al. 2023, mean of 87 patients: area 183, 170, 150 mm2 and height 18.3, 18.3, 18.0 mm at L2-L3, L3-L4, L4-L5;
    // observed spread of such tables: about 30 % (Hasegawa, Stephens reviews: 40-160 mm2)
    SpineSpec spec = testing::coarse_spec();
    spec.sex = Sex::male;
    spec.stature = 1700.0;  // about the mean of both sexes in size
    const SpineModel model = build_spine(testing::source_tables(), spec);
    const std::vector<ForamenLandmarks> foramina = foramen_landmarks(model);
    REQUIRE(foramina.size() == 10);
    for (int d = 0; d < disc_count; ++d) {
        const ForamenMeasures left = measure_foramen(model, foramina[2 * d]), right = measure_foramen(model, foramina[2 * d + 1]);
        CAPTURE(d);
        MESSAGE("foramen " << disc_names[d] << ": height " << left.height << " width " << left.width_superior << " " << left.width_mid << " "
                           << left.width_inferior << " area " << left.area);
        CHECK_CLOSE(left.area, right.area, 1e-9);
        CHECK(left.area > 90.0);
        CHECK(left.area < 240.0);
        CHECK(left.height > 13.0);
        CHECK(left.height < 23.0);
        CHECK(left.width_mid > 5.0);
        CHECK(left.width_mid < 15.0);
        CHECK_CLOSE(left.area - left.clearance, 0.25 * std::numbers::pi * foramina[2 * d].ganglion_width * foramina[2 * d].ganglion_width, 1e-12);
    }
}

TEST_CASE("raising a vertebra by a millimetre raises its foramen by a millimetre and opens it by about its width") {
    SpineModel model = build_spine(testing::source_tables(), testing::coarse_spec());
    const ForamenLandmarks f = foramen_landmarks(model)[6];
    const ForamenMeasures before = measure_foramen(model, f);
    const Eigen::Vector3d up = model.system.poses[static_cast<int>(Body::L5)].rotation.col(2);
    for (int above = 0; above <= static_cast<int>(Body::L4); ++above) model.system.poses[above].origin += up;
    spread_between_plates(model);
    const ForamenMeasures after = measure_foramen(model, f);
    CHECK(std::abs(after.height - before.height - 1.0) < 0.15);
    CHECK(after.area - before.area > 0.5 * before.width_mid);
    CHECK(after.area - before.area < 1.6 * std::max(before.width_superior, before.width_mid));
}

TEST_SUITE_END();
