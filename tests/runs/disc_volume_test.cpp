#include <Eigen/Dense>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/runs/reference_run.hpp"

using namespace foramen;
using namespace foramen::testing;

namespace {

/// Volume of a disc at an output time: hexahedra with straight edges, two Gauss points each way (exact for them).
double volume(const io::ResultFile& result, const io::BlockSpec& block, int step) {
    const std::vector<float> moved = result.point_field(block.name, "displacement", step);
    constexpr double corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1},
                                     {-1, -1, 1},  {1, -1, 1},  {1, 1, 1},  {-1, 1, 1}};
    double sum = 0.0;
    for (std::size_t e = 0; e < block.connectivity.size(); e += 8) {
        Eigen::Matrix<double, 3, 8> x;
        for (int a = 0; a < 8; ++a)
            for (int i = 0; i < 3; ++i) {
                const std::size_t at = 3 * static_cast<std::size_t>(block.connectivity[e + a]) + i;
                x(i, a) = static_cast<double>(block.points[at]) + static_cast<double>(moved[at]);
            }
        for (const auto& q : corner) {
            const Eigen::Vector3d xi = Eigen::Vector3d(q[0], q[1], q[2]) / std::sqrt(3.0);
            Eigen::Matrix<double, 8, 3> gradient;
            for (int a = 0; a < 8; ++a)
                for (int i = 0; i < 3; ++i) {
                    const int j = (i + 1) % 3, k = (i + 2) % 3;
                    gradient(a, i) = 0.125 * corner[a][i] * (1.0 + corner[a][j] * xi[j]) * (1.0 + corner[a][k] * xi[k]);
                }
            sum += (x * gradient).determinant();
        }
    }
    return sum;
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("what a disc gains in water it gains in volume: its solid and its water are incompressible") {
        const io::ResultFile result(ReferenceRun::get().path());
        const std::vector<double>& times = result.field_times();
        for (const io::BlockSpec& block : result.blocks()) {
            if (block.group != "discs") continue;
            CAPTURE(block.name);
            const std::vector<double> water = result.history("fluid_content", block.name);
            const auto row = [&](int step) {
                return std::find(result.times().begin(), result.times().end(), times[step]) - result.times().begin();
            };
            const double solid = volume(result, block, 0) - water[row(0)];
            CHECK(solid > 0.1 * water[0]);
            for (int step = 1; step < static_cast<int>(times.size()); ++step)
                CHECK(std::abs(volume(result, block, step) - water[row(step)] - solid) <=
                      0.02);  // mm3: displacements are float32
        }
    }
}
