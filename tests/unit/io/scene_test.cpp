#include <doctest/doctest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "io/scene/rigid_motion.hpp"
#include "io/scene/solid_surface.hpp"

using namespace foramen::io;
using Eigen::Vector3d;

namespace {

/// A box of nx x ny x nz hexahedra, its middle at the origin. [mm]
BlockSpec box(int nx, int ny, int nz, const Vector3d& size) {
    BlockSpec block;
    block.name = "box";
    block.group = "discs";
    block.cell_type = CellType::hexahedron;
    for (int k = 0; k <= nz; ++k)
        for (int j = 0; j <= ny; ++j)
            for (int i = 0; i <= nx; ++i)
                for (const double x : {size.x() * (1.0 * i / nx - 0.5), size.y() * (1.0 * j / ny - 0.5), size.z() * (1.0 * k / nz - 0.5)})
                    block.points.push_back(static_cast<float>(x));
    const auto node = [&](int i, int j, int k) { return std::int64_t(i + (nx + 1) * (j + (ny + 1) * k)); };
    for (int k = 0; k < nz; ++k)
        for (int j = 0; j < ny; ++j)
            for (int i = 0; i < nx; ++i)
                for (const auto n : {node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k), node(i, j, k + 1), node(i + 1, j, k + 1),
                                     node(i + 1, j + 1, k + 1), node(i, j + 1, k + 1)})
                    block.connectivity.push_back(n);
    return block;
}

double area(const BlockSpec& block, const MeshSurface& surface) {
    const std::vector<float> at = at_points(surface, block.points, 3);
    const auto point = [&](std::uint32_t p) { return Vector3d(at[3 * p], at[3 * p + 1], at[3 * p + 2]); };
    double sum = 0.0;
    for (const auto& [a, b, c] : surface.triangles) sum += 0.5 * (point(b) - point(a)).cross(point(c) - point(a)).norm();
    return sum;
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("the surface of a box has its area and its nodes, and none inside") {
        const BlockSpec block = box(3, 4, 5, {6.0, 8.0, 10.0});
        const MeshSurface surface = outer_surface(block);
        CHECK(surface.triangles.size() == 2 * 2 * (12 + 15 + 20));
        CHECK(surface.points.size() == 4 * 5 * 6 - 2 * 3 * 4);
        CHECK(area(block, surface) == doctest::Approx(2.0 * (48.0 + 60.0 + 80.0)).epsilon(1e-6));
    }

    TEST_CASE("the section of a box is its cross-section, through nodes and between them") {
        for (const int across : {4, 3}) {  // with nodes on the plane, and without
            CAPTURE(across);
            const BlockSpec block = box(3, across, 5, {6.0, 8.0, 10.0});
            const MeshSurface section = sagittal_section(block, 0.0);
            CHECK(section.points.size() == 4 * 6);
            CHECK(area(block, section) == doctest::Approx(60.0).epsilon(1e-6));
            for (std::size_t p = 0; p < section.points.size(); ++p) CHECK(std::abs(at_points(section, block.points, 3)[3 * p + 1]) < 1e-5);
        }
        CHECK(sagittal_section(box(2, 2, 2, {1.0, 1.0, 1.0}), 7.0).triangles.empty());
    }

    TEST_CASE("a rigid motion is found again, and what is not rigid is told") {
        const Eigen::Isometry3d truth = Eigen::Translation3d(3.0, -1.0, 40.0) * Eigen::AngleAxisd(0.7, Vector3d(1.0, 2.0, -0.5).normalized());
        std::vector<Vector3d> from, to;
        for (int p = 0; p < 20; ++p) {
            from.emplace_back(std::sin(p), std::cos(2.3 * p), 0.2 * p);
            to.push_back(truth * from.back());
        }
        const RigidMotion found = rigid_motion(from, to);
        CHECK((found.motion.matrix() - truth.matrix()).norm() < 1e-12);
        CHECK(found.residual < 1e-12);
        to[7].z() += 0.5;
        CHECK(rigid_motion(from, to).residual > 0.3);
    }
}
