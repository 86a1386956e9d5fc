// Hexahedra with repeated nodes, and what is read off a mesh without knowing its structure.

#include <doctest/doctest.h>

#include <numbers>

#include "engine/elements/harmonic_field.hpp"
#include "engine/elements/hex_measure.hpp"
#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/mesh/boundary_faces.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

/// A box of 2 x 2 x 2 cells, each cell cut along a diagonal of its plan into two wedges: hexahedra with two nodes twice.
HexMesh wedges() {
    HexMesh mesh = box_mesh({std::vector<double>{0.0, 1.0, 2.1}, {0.0, 1.2, 2.0}, {0.0, 0.9, 2.0}});
    std::vector<std::array<int, 8>> cut;
    for (const auto& e : mesh.elements) {
        cut.push_back({e[0], e[1], e[2], e[2], e[4], e[5], e[6], e[6]});
        cut.push_back({e[0], e[2], e[3], e[3], e[4], e[6], e[7], e[7]});
    }
    mesh.elements = cut;
    return mesh;
}

BiphasicDomain domain_of(const HexMesh& mesh) {
    DomainSpec spec;
    spec.mesh = mesh;
    spec.curves = {permeability_curve(HolmesMowPermeability{2e-3, 0.2, 3.0, 2.0}), no_osmotic_pressure()};
    for (int e = 0; e < mesh.element_count(); ++e) {
        ElementTissue t;
        t.ground = {0.2, 0.05, 0.4};
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
        spec.tissues.push_back(t);
    }
    return BiphasicDomain(std::move(spec), SolverKind::supernodal_f64);
}

}  // namespace

TEST_SUITE_BEGIN("unit/mesh");

TEST_CASE("wedges fill their box: volume, quality, surface") {
    const HexMesh mesh = wedges();
    double volume = 0.0;
    for (int e = 0; e < mesh.element_count(); ++e) {
        CHECK(hex_measure(mesh, e).smallest_determinant > 0.0);
        volume += hex_measure(mesh, e).volume;
    }
    CHECK_CLOSE(volume, 2.1 * 2.0 * 2.0, 1e-13);
    const MeshQuality q = mesh_quality(mesh);
    CHECK_CLOSE(q.volume, volume, 1e-13);
    CHECK(q.min_scaled_jacobian > 0.5);  // 1 at the box's corners, sin of the wedges' angles elsewhere
    CHECK(q.max_aspect < 2.5);
    double area = 0.0;
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (const BoundaryFace& f : boundary_faces(mesh)) {
        area += face_area(mesh, f).norm();
        sum += face_area(mesh, f);
    }
    CHECK_CLOSE(area, 2.0 * (2.1 * 2.0 + 2.1 * 2.0 + 2.0 * 2.0), 1e-13);
    CHECK(sum.norm() < 1e-13);
}

TEST_CASE("wedges pass the patch test: a uniform strain and a linear pressure leave no force inside") {
    BiphasicDomain domain = domain_of(wedges());
    Eigen::Matrix3d strain;
    strain << 0.04, 0.02, -0.01, 0.0, -0.03, 0.05, 0.02, 0.01, 0.06;
    for (int n = 0; n < domain.node_count(); ++n) domain.u.segment<3>(3 * n) = strain * domain.mesh().nodes.col(n);
    domain.p.setConstant(0.2);
    DomainResidual out;
    domain.evaluate(Eigen::VectorXd::Zero(domain.node_count()), 0.0, {}, out);
    int inner = 0;
    for (int n = 0; n < domain.node_count(); ++n) {
        const Eigen::Vector3d x = domain.mesh().nodes.col(n);
        if (x != Eigen::Vector3d(1.0, 1.2, 0.9)) continue;
        ++inner;
        CHECK(out.force.segment<3>(3 * n).norm() < 1e-14);
    }
    CHECK(inner == 1);
    // the fluid that left, summed over all nodes, is the change of the whole volume
    CHECK_CLOSE(out.volume.sum(), ((Eigen::Matrix3d::Identity() + strain).determinant() - 1.0) * 8.4, 1e-12);
}

TEST_CASE("wedges have the tangent of their residual") {
    BiphasicDomain domain = domain_of(wedges());
    for (int i = 0; i < domain.u.size(); ++i) domain.u[i] = 0.03 * std::sin(1.7 * i);
    for (int i = 0; i < domain.p.size(); ++i) domain.p[i] = 0.1 * std::cos(0.9 * i);
    const double tau = 30.0, step = 1e-6;
    const auto residual = [&] {
        DomainResidual out;
        domain.evaluate(Eigen::VectorXd::Zero(domain.node_count()), tau, {}, out);
        return out.r;
    };
    const Eigen::MatrixXd K = domain.dense_tangent(tau, true, {});
    for (int column = 0; column < domain.unknown_count(); column += 7) {
        const Eigen::VectorXd unit = Eigen::VectorXd::Unit(domain.unknown_count(), column);
        domain.add_to_unknowns(unit, step);
        const Eigen::VectorXd ahead = residual();
        domain.add_to_unknowns(unit, -2.0 * step);
        const Eigen::VectorXd difference = (ahead - residual()) / (2.0 * step);
        domain.add_to_unknowns(unit, step);
        CHECK((difference - K.col(column)).norm() < 1e-6 * std::max(1.0, K.col(column).norm()));
    }
}

TEST_CASE("a harmonic field between the two ends of a box is linear, also in wedges; its gradient too") {
    const HexMesh mesh = wedges();
    std::vector<int> all;
    for (int e = 0; e < mesh.element_count(); ++e) all.push_back(e);
    std::vector<std::pair<int, double>> ends;
    for (const int n : mesh.node_set("z0")) ends.emplace_back(n, 0.0);
    for (const int n : mesh.node_set("z1")) ends.emplace_back(n, 1.0);
    const Eigen::VectorXd s = harmonic_field(mesh, all, ends);
    for (int n = 0; n < mesh.node_count(); ++n) CHECK_CLOSE(s[n], mesh.nodes(2, n) / 2.0, 1e-12);
    for (const int e : all) CHECK((gradient_at_middle(mesh, e, s) - Eigen::Vector3d(0.0, 0.0, 0.5)).norm() < 1e-12);
}

TEST_CASE("a harmonic field across a tube is the logarithm of the radius") {
    CylinderMeshOptions o{2.0, {0.0, 1.0}, 6, {}, false};
    for (int i = 0; i <= 12; ++i) o.ring_fractions.push_back(0.5 + 0.5 * i / 12.0);
    const HexMesh mesh = cylinder_mesh(o);
    std::vector<int> tube;
    std::vector<std::pair<int, double>> ends;
    const auto radius = [&](int n) { return mesh.nodes.col(n).head<2>().norm(); };
    for (int e = 0; e < mesh.element_count(); ++e) {
        bool outside = true;
        for (const int n : mesh.elements[e]) outside = outside && radius(n) > 1.0 - 1e-9;
        if (outside) tube.push_back(e);
    }
    for (int n = 0; n < mesh.node_count(); ++n) {
        if (std::abs(radius(n) - 2.0) < 1e-9) ends.emplace_back(n, 0.0);
        if (std::abs(radius(n) - 1.0) < 1e-9) ends.emplace_back(n, 1.0);
    }
    const Eigen::VectorXd s = harmonic_field(mesh, tube, ends);
    for (const int e : tube)
        for (const int n : mesh.elements[e]) CHECK(std::abs(s[n] - (1.0 - std::log2(radius(n)))) < 2e-3);
}

TEST_SUITE_END();
