#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/system/elastic_body.hpp"
#include "tests/support/random.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double length = 20.0, width = 8.0, depth = 6.0;

/// A block between two plates at z = 0 and z = length, the interior nodes moved at random.
ElasticBodySpec block(const IsotropicElasticity& law, bool held, double distortion, int across = 3) {
    ElasticBodySpec spec;
    spec.mesh = box_mesh({uniform_planes(width, across), uniform_planes(depth, across), uniform_planes(length, 5)});
    testing::Uniform random(5);
    std::vector<char> surface(spec.mesh.node_count(), 0);
    for (const auto& [name, set] : spec.mesh.node_sets)
        for (const int n : set) surface[n] = 1;
    for (int n = 0; n < spec.mesh.node_count(); ++n)
        for (int i = 0; i < 3; ++i)
            if (const double move = distortion * random(); !surface[n]) spec.mesh.nodes(i, n) += move;
    spec.solids.assign(spec.mesh.element_count(), law);
    const double cell = width * depth / (across * across);
    const auto plate = [&](const std::string& name) {
        for (const int n : spec.mesh.node_set(name)) {
            const Eigen::Vector3d x = spec.mesh.nodes.col(n);
            const bool edge_x = x.x() == 0.0 || x.x() == width, edge_y = x.y() == 0.0 || x.y() == depth;
            spec.interface.push_back(n);
            spec.areas.push_back(cell * (edge_x ? 0.5 : 1.0) * (edge_y ? 0.5 : 1.0));
        }
    };
    plate("z1");
    if (held)
        spec.held = spec.mesh.node_set("z0");
    else
        plate("z0");
    return spec;
}

/// Membranes on the four sides.
void add_sides(ElasticBodySpec& spec, const IsotropicElasticity& law, double thickness) {
    constexpr int faces[6][4] = {{0, 1, 2, 3}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};
    const std::array<std::string, 4> sides{"x0", "x1", "y0", "y1"};
    for (const auto& element : spec.mesh.elements) {
        for (const auto& face : faces) {
            const std::array<int, 4> nodes{element[face[0]], element[face[1]], element[face[2]], element[face[3]]};
            for (const std::string& side : sides) {
                const std::vector<int>& set = spec.mesh.node_set(side);
                const bool on = std::all_of(nodes.begin(), nodes.end(), [&](int n) { return std::find(set.begin(), set.end(), n) != set.end(); });
                if (on) spec.membranes.push_back({nodes, law, thickness});
            }
        }
    }
}

/// Normal forces of a pressure 1 on the plates, compressing.
Eigen::VectorXd squeeze(const ElasticBodySpec& spec) {
    Eigen::VectorXd load = Eigen::VectorXd::Zero(3 * spec.mesh.node_count());
    for (std::size_t i = 0; i < spec.interface.size(); ++i)
        load[3 * spec.interface[i] + 2] = spec.mesh.nodes(2, spec.interface[i]) > 0.0 ? -spec.areas[i] : spec.areas[i];
    return load;
}

double shortening(const ElasticBodySpec& spec, const Eigen::VectorXd& u) {
    double above = 0.0, below = 0.0, area = 0.0;
    for (std::size_t i = 0; i < spec.interface.size(); ++i) {
        const int n = spec.interface[i];
        (spec.mesh.nodes(2, n) > 0.0 ? above : below) += spec.areas[i] * u[3 * n + 2];
        if (spec.mesh.nodes(2, n) > 0.0) area += spec.areas[i];
    }
    return (below - above) / area;
}

}  // namespace

TEST_CASE("a block of distorted elements under even pressure shortens by p L/E, floating or held") {
    const IsotropicElasticity law{200.0, 0.3};
    {
        const ElasticBody body(block(law, false, 0.5));
        const StaticFields f = body.solve(squeeze(body.spec()));
        CHECK(shortening(body.spec(), f.displacement) == doctest::Approx(length / law.youngs_modulus).epsilon(1e-10));
        // every element has the stress of the pressure, and expands as Poisson's ratio says
        for (const auto& e : body.spec().mesh.elements) {
            Hex8Nodes X, u;
            for (int a = 0; a < 8; ++a) {
                X.col(a) = body.spec().mesh.nodes.col(e[a]);
                u.col(a) = f.displacement.block<3, 1>(3 * e[a], 0);
            }
            const Eigen::Matrix3d strain = hex8_centre_strain(X, u);
            CHECK(std::abs(law.stress(strain)(2, 2) + 1.0) < 1e-10);
            CHECK(std::abs(strain(0, 0) - law.poisson_ratio / law.youngs_modulus) < 1e-12);
        }
        CHECK((body.rigid_moves().transpose() * f.load).norm() < 1e-10);
    }
    const IsotropicElasticity free_sides{200.0, 0.0};  // no Poisson ratio: the held end does not disturb it
    const ElasticBody body(block(free_sides, true, 0.5));
    CHECK(shortening(body.spec(), body.solve(squeeze(body.spec())).displacement) == doctest::Approx(length / 200.0).epsilon(1e-10));
}

TEST_CASE("shell and core share a compression as E A says") {
    const IsotropicElasticity core{200.0, 0.0}, shell{12000.0, 0.0};
    const double thickness = 0.4;
    ElasticBodySpec spec = block(core, true, 0.0);
    add_sides(spec, shell, thickness);
    REQUIRE(spec.membranes.size() == 4 * 3 * 5);
    const ElasticBody body(spec);
    // the plate is pushed as a stiff one: softest combination of loads that gives one displacement
    const StaticFields unit = body.solve([&] {
        Eigen::MatrixXd loads = Eigen::MatrixXd::Zero(3 * body.node_count(), 3 * static_cast<int>(spec.interface.size()));
        for (std::size_t i = 0; i < spec.interface.size(); ++i)
            for (int k = 0; k < 3; ++k) loads(3 * spec.interface[i] + k, 3 * static_cast<int>(i) + k) = 1.0;
        return loads;
    }());
    const auto n = static_cast<int>(unit.load.cols());
    Eigen::MatrixXd flexibility(n, n);
    Eigen::VectorXd down = Eigen::VectorXd::Zero(n);
    for (std::size_t i = 0; i < spec.interface.size(); ++i) {
        flexibility.middleRows<3>(3 * static_cast<int>(i)) = unit.displacement.middleRows<3>(3 * spec.interface[i]);
        down[3 * static_cast<int>(i) + 2] = 1.0;
    }
    const double stiffness = down.dot(flexibility.ldlt().solve(down));
    const double closed = (core.youngs_modulus * width * depth + shell.youngs_modulus * thickness * 2.0 * (width + depth)) / length;
    CHECK(stiffness == doctest::Approx(closed).epsilon(1e-9));
}

TEST_CASE("a slender block bends as Timoshenko's beam does, without locking in flat elements") {
    const IsotropicElasticity law{1000.0, 0.0};
    ElasticBodySpec spec = block(law, true, 0.0, 1);  // one element across: 8 x 6 x 4
    Eigen::VectorXd load = Eigen::VectorXd::Zero(3 * spec.mesh.node_count());
    for (std::size_t i = 0; i < spec.interface.size(); ++i) load[3 * spec.interface[i]] = 0.25;
    const ElasticBody body(spec);
    const Eigen::VectorXd u = body.solve(load).displacement;
    const double inertia = depth * std::pow(width, 3) / 12.0, shear = law.shear_modulus() * width * depth;
    const double bending = std::pow(length, 3) / (3.0 * law.youngs_modulus * inertia);
    // one element across shears evenly: no shear coefficient
    CHECK(u[3 * spec.interface[0]] == doctest::Approx(bending + length / shear).epsilon(0.01));
}

TEST_CASE("a beam's stiffness: no force in a rigid move; tip deflections of Euler, Saint-Venant and Timoshenko") {
    const EllipticBeam beam{{1.0, 2.0, 3.0}, {13.0, 2.0, 3.0}, Eigen::Vector3d::UnitZ(), 3.0, 4.0, {3500.0, 0.25}};
    const Eigen::Matrix<double, 12, 12> k = beam_stiffness(beam);
    CHECK((k - k.transpose()).norm() < 1e-8 * k.norm());
    Eigen::Matrix<double, 12, 6> rigid;
    for (int end = 0; end < 2; ++end) {
        const Eigen::Vector3d x = end == 0 ? beam.from : beam.to;
        rigid.block<3, 3>(6 * end, 0).setIdentity();
        rigid.block<3, 3>(6 * end, 3) << 0.0, x.z(), -x.y(), -x.z(), 0.0, x.x(), x.y(), -x.x(), 0.0;
        rigid.block<3, 3>(6 * end + 3, 0).setZero();
        rigid.block<3, 3>(6 * end + 3, 3).setIdentity();
    }
    CHECK((k * rigid).norm() < 1e-9 * k.norm());
    const Eigen::Matrix<double, 6, 6> tip = k.bottomRightCorner<6, 6>().inverse();
    constexpr double pi = std::numbers::pi;
    const double E = 3500.0, G = 1400.0, L = 12.0, area = pi * 12.0, shear = 7.5 / 8.5 * G * area;
    CHECK(tip(0, 0) == doctest::Approx(L / (E * area)));
    CHECK(tip(1, 1) == doctest::Approx(L * L * L / (3.0 * E * 0.25 * pi * 27.0 * 4.0) + L / shear));
    CHECK(tip(2, 2) == doctest::Approx(L * L * L / (3.0 * E * 0.25 * pi * 3.0 * 64.0) + L / shear));
    CHECK(tip(3, 3) == doctest::Approx(L * 25.0 / (G * pi * 27.0 * 64.0)));
    CHECK(tip(2, 4) == doctest::Approx(-L * L / (2.0 * E * 0.25 * pi * 3.0 * 64.0)));
}

TEST_CASE("the softest shapes: orthogonal, free of rigid motion, best first, and exact when there are all") {
    for (const bool held : {false, true}) {
        CAPTURE(held);
        const ElasticBody body(block({200.0, 0.2}, held, 0.3));
        const int all = body.interface_freedoms();
        CHECK(all == (held ? 48 : 90));
        const StaticFields modes = body.modes(all);
        const Eigen::MatrixXd K = modes.displacement.transpose() * modes.load;
        CHECK((K - Eigen::MatrixXd(K.diagonal().asDiagonal())).norm() < 1e-6 * K.norm());
        for (int k = 0; k + 1 < all; ++k) CHECK(K(k, k) <= K(k + 1, k + 1) * (1.0 + 1e-9));
        // any load: all shapes give the solution, fewer give less and never more of the energy
        Eigen::VectorXd load = Eigen::VectorXd::Zero(3 * body.node_count());
        testing::Uniform random(3);
        for (const int n : body.spec().interface)
            for (int i = 0; i < 3; ++i) load[3 * n + i] = random();
        const StaticFields exact = body.solve(load);
        const double energy = exact.displacement.col(0).dot(exact.load.col(0));
        double before = 0.0;
        for (const int m : {6, 12, 24, all}) {
            const Eigen::VectorXd a = K.topLeftCorner(m, m).ldlt().solve(modes.displacement.leftCols(m).transpose() * exact.load);
            const double share = a.dot(K.topLeftCorner(m, m) * a) / energy;
            CHECK(share > before);
            CHECK(share < 1.0 + 1e-9);
            before = share;
            if (m == all) CHECK((modes.displacement * a - exact.displacement).norm() < 1e-8 * exact.displacement.norm());
        }
        CHECK(before == doctest::Approx(1.0).epsilon(1e-9));
        // the search finds what the whole interface has
        const StaticFields few = body.modes(held ? 6 : 12);
        const Eigen::MatrixXd soft = few.displacement.transpose() * few.load;
        for (int k = 0; k < soft.rows(); ++k) CHECK(soft(k, k) == doctest::Approx(K(k, k)).epsilon(1e-4));
    }
}
