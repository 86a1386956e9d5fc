#include <doctest/doctest.h>

#include <cmath>

#include "engine/elements/mesh_places.hpp"
#include "tests/support/close.hpp"

using namespace foramen;

TEST_SUITE_BEGIN("unit/mesh_places");

namespace {

/// A cylinder of radius 10 and height 6 mm, its layers thin at the ends, sheared so that no element is a box.
engine::HexMesh sheared_cylinder() {
    engine::HexMesh mesh = engine::cylinder_mesh({.radius = 10.0, .z_planes = {0.0, 0.1, 1.0, 3.0, 5.0, 5.9, 6.0}, .ring_fractions = {0.4, 0.7, 0.95, 1.0}});
    for (int n = 0; n < mesh.node_count(); ++n) mesh.nodes(0, n) += 0.3 * mesh.nodes(2, n) + 0.01 * mesh.nodes(1, n) * mesh.nodes(2, n);
    return mesh;
}

Eigen::Vector3d point_of(const engine::HexMesh& mesh, const engine::MeshPlace& place) {
    Eigen::Vector3d x = Eigen::Vector3d::Zero();
    for (int a = 0; a < 8; ++a) x += place.weight[a] * mesh.nodes.col(mesh.elements[place.element][a]);
    return x;
}

}  // namespace

TEST_CASE("points made of an element's nodes are found again, with weights that make them") {
    const engine::HexMesh mesh = sheared_cylinder();
    Eigen::Matrix3Xd points(3, 3 * mesh.element_count());
    for (int e = 0; e < mesh.element_count(); ++e)
        for (int k = 0; k < 3; ++k) {
            const double xi[3] = {-0.7 + 0.5 * k, 0.9 - 0.8 * k, 0.1 + 0.4 * k};
            Eigen::Vector3d x = Eigen::Vector3d::Zero();
            constexpr int corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};
            for (int a = 0; a < 8; ++a)
                x += 0.125 * (1.0 + corner[a][0] * xi[0]) * (1.0 + corner[a][1] * xi[1]) * (1.0 + corner[a][2] * xi[2]) * mesh.nodes.col(mesh.elements[e][a]);
            points.col(3 * e + k) = x;
        }
    const auto places = engine::places_in(mesh, points);
    REQUIRE(places.size() == static_cast<std::size_t>(points.cols()));
    for (int n = 0; n < points.cols(); ++n) {
        CAPTURE(n);
        CHECK(places[n].element == n / 3);
        CHECK((point_of(mesh, places[n]) - points.col(n)).norm() < 1e-9);
        double sum = 0.0;
        for (const double w : places[n].weight) {
            CHECK(w >= 0.0);
            sum += w;
        }
        CHECK_CLOSE(sum, 1.0, 1e-12);
    }
}

TEST_CASE("a point beside the mesh gets a place on its surface") {
    const engine::HexMesh mesh = engine::box_mesh({engine::uniform_planes(4.0, 2), engine::uniform_planes(2.0, 2), {0.0, 0.05, 1.0}});
    Eigen::Matrix3Xd points(3, 3);
    points << 1.0, 30.0, 3.0, 1.5, 1.5, -0.2, -0.01, 0.5, 0.7;
    const auto places = engine::places_in(mesh, points);
    CHECK((point_of(mesh, places[0]) - Eigen::Vector3d(1.0, 1.5, 0.0)).norm() < 1e-9);
    CHECK((point_of(mesh, places[1]) - Eigen::Vector3d(4.0, 1.5, 0.5)).norm() < 1e-9);
    CHECK((point_of(mesh, places[2]) - Eigen::Vector3d(3.0, 0.0, 0.7)).norm() < 1e-9);
}

TEST_SUITE_END();
