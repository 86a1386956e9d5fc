#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "engine/elements/pore_hex8.hpp"
#include "engine/mesh/hex_mesh.hpp"
#include "engine/system/solute_field.hpp"
#include "tests/support/close.hpp"
#include "tests/support/random.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double per_million_cells_and_hour = 3.6e9;

/// Two by two by two flat boxes, ten times as wide as thick.
HexMesh flat_mesh() { return box_mesh({std::vector<double>{0.0, 1.0, 2.0}, {0.0, 1.0, 2.0}, {0.0, 0.1, 0.2}}); }

PoreSpec pores_of(HexMesh mesh, double water) {
    PoreSpec spec;
    spec.mesh = std::move(mesh);
    const std::size_t elements = spec.mesh.elements.size();
    spec.water_fraction.assign(elements, water);
    spec.open_share.assign(elements, 1.0);
    spec.cells.assign(elements, 1.0);
    spec.open_nodes = spec.mesh.node_set("z1");
    return spec;
}

}  // namespace

TEST_SUITE_BEGIN("unit/engine");

TEST_CASE("a cell at 5 kPa, 4 mmol/l and pH 7.4 uses and makes what the published laws say, by hand") {
    const Turnover t = cell_turnover({5.0, 4.0, 0.0});
    // 7.28 x 5 x 2.45/(1.46 + 5 + 4.03 x 2.45) and exp(-2.47 + 6.882 + 0.8 - 0.145) x 4/4.05
    CHECK_CLOSE(-t.rate(0, 5.0) * oxygen_solubility * per_million_cells_and_hour, 89.18 / 16.3335, 1e-12);
    CHECK_CLOSE(t.rate(2, 0.0) * per_million_cells_and_hour, std::exp(5.067) * 4.0 / 4.05, 1e-12);
    CHECK_CLOSE(t.rate(1, 4.0), -0.5 * t.rate(2, 0.0), 1e-14);
    CHECK(acidity(11.11) == doctest::Approx(6.4));
}

TEST_CASE("turnover ends where there is nothing left, and where it is too acid for oxygen") {
    const Turnover none = cell_turnover({0.0, 0.0, 1.0});
    CHECK(none.rate(0, 0.0) == 0.0);
    CHECK(none.rate(1, 0.0) == 0.0);
    CHECK(none.gain[2] == 0.0);
    CHECK(cell_turnover({5.0, 4.0, 11.11 * 2.5}).loss[0] == 0.0);  // pH 4.9
    // half of the turnover is left at exhausted_glucose
    CHECK_CLOSE(cell_turnover({2.0, exhausted_glucose, 3.0}).gain[2], 0.5 * cell_turnover({2.0, 1e9, 3.0}).gain[2], 1e-6);
}

TEST_CASE("a gel of 80 % water lets four ninths of free diffusion pass") { CHECK_CLOSE(mackie_meares(0.8), 4.0 / 9.0, 1e-14); }

TEST_CASE("a stretched box: volume of water, and conductance along its edges only, however flat it is") {
    Eigen::Matrix<double, 3, 8> X, x;
    const HexMesh mesh = box_mesh({std::vector<double>{0.0, 2.0}, {0.0, 1.0}, {0.0, 0.1}});
    for (int a = 0; a < 8; ++a) X.col(a) = mesh.nodes.col(mesh.elements[0][a]);
    x = X;
    x.row(2) *= 1.5;
    const PoreElement e = pore_element(X, x, 0.7);
    CHECK_CLOSE(std::accumulate(e.water.begin(), e.water.end(), 0.0), 0.2 * (1.5 - 0.3), 1e-13);
    const double phi = 1.0 - 0.3 / 1.5, conducting = phi * mackie_meares(phi);
    // four edges an axis share the section: A/(4 l)
    for (int i = 0; i < 8; ++i)
        for (int j = 0; j < 8; ++j) {
            if (i == j) continue;
            const Eigen::Vector3d edge = x.col(j) - x.col(i);
            const int along = static_cast<int>((edge.array().abs() > 1e-12).count());
            const double length = edge.norm(), expected = along == 1 ? conducting * 0.3 / (4.0 * length * length) : 0.0;
            CHECK(std::abs(-e.conductance(i, j) - expected) < 1e-12);
        }
}

TEST_CASE("a wedge conducts a straight line's flux exactly") {
    // a unit cube's lower half below the diagonal: nodes 2 = 1 shifted, collapsed edge 0-3 | 4-7
    Eigen::Matrix<double, 3, 8> X;
    X.col(0) = X.col(3) = Eigen::Vector3d(0, 0, 0);
    X.col(1) = Eigen::Vector3d(1, 0, 0);
    X.col(2) = Eigen::Vector3d(1, 1, 0);
    for (int a = 0; a < 4; ++a) X.col(a + 4) = X.col(a) + Eigen::Vector3d(0, 0, 1);
    const PoreElement e = pore_element(X, X, 1.0);
    const Eigen::Matrix<double, 8, 1> line = X.row(0).transpose();
    CHECK_CLOSE(line.dot(e.conductance * line), 0.5, 1e-12);  // int |grad x|^2 = volume
    CHECK((e.conductance * Eigen::Matrix<double, 8, 1>::Ones()).cwiseAbs().maxCoeff() < 1e-12);
}

TEST_CASE("random flows through a flat mesh: no concentration leaves the range of its sources, however strong the flow") {
    testing::Uniform random(5);
    for (const double strength : {1e-4, 1e-2, 1.0}) {
        CAPTURE(strength);
        PoreSpace pores(pores_of(flat_mesh(), 0.8));
        SoluteSpec spec;
        spec.diffusivity = {1e-3, 0.0, 0.0};
        for (const int n : pores.spec().mesh.node_set("x0")) spec.held.push_back({n, {1.0, 0.0, 0.0}});
        SoluteField field(pores, spec);
        Eigen::VectorXd start(pores.node_count());
        for (Eigen::Index n = 0; n < start.size(); ++n) start[n] = n % 2 ? 1.0 : 0.0;
        field.set(Solute::oxygen, start);
        for (int step = 0; step < 5; ++step) {
            ElementFlows flows(pores.spec().mesh.elements.size());
            for (auto& corners : flows) {
                double sum = 0.0;
                for (double& q : corners) sum += q = strength * random();
                for (double& q : corners) q -= sum / 8.0;
            }
            REQUIRE(pores.advance(Eigen::VectorXd::Zero(3 * pores.node_count()), flows, 10.0));
            REQUIRE(field.step(10.0).converged);
            CHECK(field.concentration(Solute::oxygen).minCoeff() >= -1e-12);
            CHECK(field.concentration(Solute::oxygen).maxCoeff() <= 1.0 + 1e-12);
        }
    }
}

TEST_SUITE_END();
