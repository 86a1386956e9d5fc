#include "models/disc_layers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/elements/hex_measure.hpp"
#include "engine/mesh/boundary_faces.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

/// Two by two by two elements of 10 x 10 x 4 mm.
LayeredDisc block() {
    LayeredDisc disc;
    disc.disc.mesh = engine::box_mesh({std::vector<double>{0.0, 10.0, 20.0}, std::vector<double>{0.0, 10.0, 20.0}, std::vector<double>{0.0, 4.0, 8.0}});
    disc.disc.tissue.assign(8, DiscTissue::annulus);
    disc.disc.tissue[0] = DiscTissue::nucleus;
    disc.parent.resize(8);
    std::iota(disc.parent.begin(), disc.parent.end(), 0);
    return disc;
}

double surface_area(const engine::HexMesh& mesh) {
    double area = 0.0;
    for (const engine::BoundaryFace& face : engine::boundary_faces(mesh)) area += engine::face_area(mesh, face).norm();
    return area;
}

double volume_of(const LayeredDisc& disc, int parent) {
    double volume = 0.0;
    for (int e = 0; e < disc.disc.mesh.element_count(); ++e)
        if (disc.parent[e] == parent) volume += engine::hex_measure(disc.disc.mesh, e).volume;
    return volume;
}

}  // namespace

TEST_SUITE_BEGIN("unit/models");

TEST_CASE("elements beside a surface become three layers; the mesh stays one piece, each whole keeps its volume and tissue") {
    const LayeredDisc given = block();
    const LayeredDisc split = split_beside(given, given.disc.mesh.node_set("z0"), 0.2);
    const engine::HexMesh& mesh = split.disc.mesh;
    CHECK(mesh.element_count() == 4 + 3 * 4);
    CHECK(mesh.node_count() == 27 + 2 * 9);
    CHECK(engine::mesh_quality(mesh).min_scaled_jacobian > 0.999);
    CHECK_CLOSE(surface_area(mesh), 2.0 * 400.0 + 4.0 * 160.0, 1e-12);  // a face that two elements do not share would add to it
    int nuclei = 0;
    for (int e = 0; e < mesh.element_count(); ++e) {
        CHECK(split.disc.tissue[e] == given.disc.tissue[split.parent[e]]);
        nuclei += split.disc.tissue[e] == DiscTissue::nucleus;
    }
    CHECK(nuclei == 3);
    for (int whole = 0; whole < 8; ++whole) CHECK_CLOSE(volume_of(split, whole), 400.0, 1e-12);
    std::vector<double> heights(mesh.nodes.row(2).begin(), mesh.nodes.row(2).end());
    std::sort(heights.begin(), heights.end());
    CHECK_CLOSE(heights[9], 0.2, 1e-12);
    CHECK_CLOSE(heights[18], std::sqrt(0.2 * 4.0), 1e-12);
    CHECK(mesh.nodes.leftCols(27) == given.disc.mesh.nodes);
    CHECK(mesh.node_set("z0") == given.disc.mesh.node_set("z0"));
    CHECK(mesh.node_set("x0").size() == given.disc.mesh.node_set("x0").size() + 6);
    for (const int n : mesh.node_set("x0")) CHECK(mesh.nodes(0, n) == 0.0);
}

TEST_CASE("both ends and the walls one after the other, as an imported disc is split") {
    LayeredDisc split = block();
    for (const char* side : {"z0", "z1"}) split = split_beside(split, split.disc.mesh.node_set(side), 0.2);
    split = split_beside(split, split.disc.mesh.node_set("x0"), 0.2);
    CHECK(split.disc.mesh.element_count() == 24 + 2 * 12);
    CHECK_CLOSE(surface_area(split.disc.mesh), 2.0 * 400.0 + 4.0 * 160.0, 1e-12);
    for (int whole = 0; whole < 8; ++whole) CHECK_CLOSE(volume_of(split, whole), 400.0, 1e-12);
}

TEST_CASE("what is thin, no layer of its own or in two surfaces stays whole") {
    const LayeredDisc given = block();
    CHECK(split_beside(given, given.disc.mesh.node_set("z0"), 1.4).disc.mesh.element_count() == 8);  // 4 mm are less than three times 1.4
    CHECK(split_beside(given, given.disc.mesh.node_set("z0"), 1.3).disc.mesh.element_count() == 16);
    std::vector<int> face, corner = given.disc.mesh.node_set("z0");
    for (const int n : corner)
        if (given.disc.mesh.nodes(0, n) < 15.0 && given.disc.mesh.nodes(1, n) < 15.0) face.push_back(n);
    CHECK(face.size() == 4);
    CHECK(split_beside(given, face, 0.2).disc.mesh.element_count() == 8);  // the neighbours would have a node in an edge
    const std::vector<int>& wall = given.disc.mesh.node_set("x0");
    corner.insert(corner.end(), wall.begin(), wall.end());
    CHECK(split_beside(given, corner, 0.2).disc.mesh.element_count() == 8);
}

TEST_SUITE_END();
