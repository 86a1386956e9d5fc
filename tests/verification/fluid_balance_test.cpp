#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/time/time_stepper.hpp"
#include "tests/support/close.hpp"
#include "tests/support/columns.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

testing::Column soft_column() {
    testing::Column column;
    column.elements = 12;
    column.growth = 1.3;
    column.ground = neo_hookean(1.0, 0.2);
    column.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
    return column;
}

StepperOptions fixed_steps(Scheme scheme, double h) {
    StepperOptions o;
    o.scheme = scheme;
    o.fixed_steps = true;
    o.first_step = h;
    return o;
}

/// The outflow of every node, integrated over backward Euler steps, and the present volumes.
struct Balance : Observer {
    Eigen::VectorXd volume, outflow;
    void on_step(const StepView& v) override {
        const DomainResidual& r = v.newton.residuals()[0];
        volume = r.volume;
        if (v.step == 0.0) outflow = Eigen::VectorXd::Zero(r.outflow.size());
        outflow += v.step * r.outflow;
    }
};

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("no fluid is lost: at every node the volume changes by the integral of the outflow, however loose Newton is") {
    for (const double accuracy : {1e-10, 1e-3}) {
        CAPTURE(accuracy);
        System system = testing::column_system(soft_column());
        NewtonSolver newton(system, testing::newton_scales(0.3, 1.0, 0.3, accuracy));
        TimeStepper stepper(system, newton, fixed_steps(Scheme::backward_euler, 2.0));
        Balance balance;
        const Drive drive{
            [](double t, System& s) { testing::load_top(s, -0.3 * std::pow(std::sin(std::numbers::pi * t / 80.0), 2)); },
            {400.0}};
        REQUIRE(stepper.run(0.0, drive, {&balance}).reason == StopReason::finished);
        const BiphasicDomain& d = system.domains[0];
        double lost = 0.0, change = 0.0, exchanged = 0.0;
        for (int n = 0; n < d.node_count(); ++n) {
            const int i = d.unknown(n, 3);
            if (i < 0) continue;  // drained: its balance is with the bath
            // what Newton leaves over after the last step is not lost either: it stands in the residual
            lost += std::abs(balance.volume[n] + balance.outflow[n] + newton.residuals()[0].r[i]);
            change += balance.volume[n] + newton.residuals()[0].r[i];
            exchanged += balance.outflow[n];
        }
        CHECK(std::abs(change) > 1e-3);
        CHECK(lost < 1e-10 * std::abs(change));
        CHECK_CLOSE(change, -exchanged, 1e-10);
    }
}

TEST_CASE("a step of SDIRK2 is its two stages, and its volume change the weighted outflow of both") {
    const double h = 4.0, gamma = 1.0 - 1.0 / std::numbers::sqrt2;
    const auto load = [](double t) { return -0.2 * t / 4.0; };
    const NewtonOptions tight = testing::newton_scales(0.2, 1.0, 0.2, 1e-12);
    System ours = testing::column_system(soft_column());
    NewtonSolver newton(ours, tight);
    TimeStepper stepper(ours, newton, fixed_steps(Scheme::sdirk2, h));
    REQUIRE(stepper.run(0.0, {[&](double t, System& s) { testing::load_top(s, load(t)); }, {h}}, {}).steps == 1);

    System system = testing::column_system(soft_column());
    NewtonSolver stages(system, tight);
    StageInput stage{{Eigen::VectorXd::Zero(system.domains[0].node_count())}, gamma * h};
    testing::load_top(system, load(gamma * h));
    REQUIRE(stages.solve(stage).converged());
    const Eigen::VectorXd first = stages.residuals()[0].outflow;
    stage.target[0] = -(1.0 - gamma) * h * first;
    testing::load_top(system, load(h));
    REQUIRE(stages.solve(stage).converged());
    const DomainResidual& end = stages.residuals()[0];
    CHECK((ours.domains[0].u - system.domains[0].u).cwiseAbs().maxCoeff() < 1e-10);
    CHECK((ours.domains[0].p - system.domains[0].p).cwiseAbs().maxCoeff() < 1e-10);

    double volume = 0.0, outflow = 0.0;
    for (int n = 0; n < system.domains[0].node_count(); ++n) {
        if (system.domains[0].unknown(n, 3) < 0) continue;
        volume += newton.residuals()[0].volume[n];
        outflow += h * ((1.0 - gamma) * first[n] + gamma * end.outflow[n]);
    }
    CHECK(std::abs(volume) > 1e-4);
    CHECK_CLOSE(volume, -outflow, 1e-10);
    // confined: the whole volume changes by what the top moves
    CHECK_CLOSE(newton.residuals()[0].volume.sum(), ours.domains[0].u.tail<1>()[0], 1e-12);
}

TEST_SUITE_END();
