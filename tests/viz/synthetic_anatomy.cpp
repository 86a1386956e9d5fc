#include "tests/viz/synthetic_anatomy.hpp"

#include <cmath>

#include "engine/core/units.hpp"

namespace foramen::testing {

using Eigen::AngleAxisd;
using Eigen::Isometry3d;
using Eigen::Vector3d;

Isometry3d endplate_frame(const models::VertebraRow& row, bool upper) {
    Isometry3d frame = Isometry3d::Identity();
    if (row.height_posterior == 0.0) return frame;  // S1: the frame itself
    const double wedge = std::atan2(row.height_anterior - row.height_posterior, 0.5 * (row.endplate_depth_upper + row.endplate_depth_lower));
    const double half = 0.25 * (row.height_anterior + row.height_posterior);
    frame.translate(Vector3d(0.0, 0.0, upper ? half : -half));
    frame.rotate(AngleAxisd(upper ? -0.5 * wedge : 0.5 * wedge, Vector3d::UnitY()));
    return frame;
}

SyntheticSpine synthetic_spine() {
    SyntheticSpine spine;
    spine.rows = {{{41.2, 43.3, 34.1, 35.3, 22.7, 23.8, 23.7, 19.0, 8.7, 15.4, -22.5, 16.2, 4.5, -61.6, -11.7, -33.5, 35.6, 3.1, 4.4, 5.4},
                   {42.6, 45.5, 34.6, 34.9, 25.8, 24.3, 23.8, 18.2, 8.9, 15.0, -21.8, 16.4, 3.9, -61.8, -14.7, -33.3, 38.0, 4.1, 4.6, 5.8},
                   {44.1, 48.0, 35.2, 34.8, 25.3, 23.8, 24.3, 17.5, 10.3, 14.9, -20.4, 17.3, 3.0, -65.9, -16.5, -28.2, 42.9, 3.0, 5.0, 7.2},
                   {46.6, 49.5, 35.5, 33.9, 25.3, 24.1, 25.4, 18.6, 12.9, 14.8, -19.3, 19.1, 2.2, -62.4, -12.5, -24.5, 39.7, 4.5, 5.2, 8.0},
                   {47.3, 49.4, 34.7, 33.2, 30.1, 22.9, 27.1, 19.7, 18.0, 14.0, -17.6, 22.6, 3.5, -61.9, -13.2, -25.8, 46.2, 2.4, 5.8, 10.8},
                   {50.8, 0.0, 29.8, 0.0, 0.0, 0.0, 30.0, 17.0, 20.0, 20.0, -20.0, 25.0, -11.5, -50.2, -26.9, -26.9, 36.1, 1.6, 6.2, 12.0}}};
    spine.facets = {{{-33.4, 11.5, -19.4, 10.6, 11.3, 25.0 * degree, 12.0 * degree},
                     {-33.2, 12.7, -20.8, 11.6, 12.5, 30.0 * degree, 14.5 * degree},
                     {-31.8, 15.7, -20.1, 12.3, 12.8, 40.0 * degree, 16.5 * degree},
                     {-28.8, 18.3, -17.5, 13.0, 12.8, 48.0 * degree, 18.0 * degree},
                     {-31.1, 20.0, -21.8, 13.6, 13.1, 53.0 * degree, 29.5 * degree}}};
    spine.disc_height = {8.5, 10.0, 11.0, 11.5, 10.5};
    constexpr std::array<double, 5> wedge{4.2, 3.8, 6.5, 9.0, 10.0};  // [degree]
    spine.place[0] = Isometry3d(Eigen::Translation3d(0.0, 0.0, 200.0));
    spine.place[0].rotate(AngleAxisd(-14.0 * degree, Vector3d::UnitY()));
    for (int i = 0; i < 5; ++i) {
        Isometry3d next = spine.place[i] * endplate_frame(spine.rows[i], false);
        next.rotate(AngleAxisd(0.5 * wedge[i] * degree, Vector3d::UnitY()));
        next.translate(Vector3d(0.0, 0.0, -spine.disc_height[i]));
        next.rotate(AngleAxisd(0.5 * wedge[i] * degree, Vector3d::UnitY()));
        spine.place[i + 1] = next * endplate_frame(spine.rows[i + 1], true).inverse();
    }
    return spine;
}

}  // namespace foramen::testing
