#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/system/solute_field.hpp"
#include "tests/support/columns.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double water = 0.8;

/// A column that loses a fifth of its height and takes it up again, with something dissolved in its water.
class Follower : public Observer {
public:
    Follower(const BiphasicDomain& domain, double held, double start, bool advection)
        : pores_(spec_of(domain)), field_(pores_, solutes(domain, held, advection)) {
        field_.set(Solute::oxygen, Eigen::VectorXd::Constant(domain.node_count(), start));
    }

    void on_step(const StepView& v) override {
        if (v.step == 0.0) return;
        const BiphasicDomain& domain = v.system.domains[0];
        const double before = free_mass(domain);
        REQUIRE(pores_.advance(domain.u, element_flows(domain), v.step));
        REQUIRE(field_.step(v.step).converged);
        const Eigen::VectorXd& c = field_.concentration(Solute::oxygen);
        lowest = std::min(lowest, c.minCoeff());
        highest = std::max(highest, c.maxCoeff());
        const double left = v.step * field_.left(Solute::oxygen);
        lost = std::max(lost, std::abs(free_mass(domain) - before + left));
        exchanged += std::abs(left);
    }

    double lowest = 1e300, highest = -1e300, lost = 0.0, exchanged = 0.0;

private:
    static PoreSpec spec_of(const BiphasicDomain& domain) {
        PoreSpec spec;
        spec.mesh = domain.mesh();
        const std::size_t elements = spec.mesh.elements.size();
        spec.water_fraction.assign(elements, water);
        spec.open_share.assign(elements, 1.0);
        spec.cells.assign(elements, 0.0);
        spec.open_nodes = domain.spec().drained;
        return spec;
    }
    static SoluteSpec solutes(const BiphasicDomain& domain, double held, bool advection) {
        SoluteSpec spec;
        spec.diffusivity = {1e-3, 0.0, 0.0};
        spec.advection = advection;
        for (const int n : domain.spec().drained) spec.held.push_back({n, {held, 0.0, 0.0}});
        return spec;
    }
    [[nodiscard]] double free_mass(const BiphasicDomain& domain) const {
        double mass = 0.0;
        for (int n = 0; n < domain.node_count(); ++n)
            if (domain.unknown(n, 3) >= 0) mass += pores_.water()[n] * field_.concentration(Solute::oxygen)[n];
        return mass;
    }

    PoreSpace pores_;
    SoluteField field_;
};

/// Pressed and released within 400 s by steps that the engine chooses.
void press(Follower& follower, System& system) {
    NewtonSolver newton(system, testing::newton_scales(0.3, 1.0, 0.3, 1e-6));
    StepperOptions options;
    options.displacement_tolerance = 1e-3;
    TimeStepper stepper(system, newton, options);
    const Drive drive{
        [](double t, System& s) { testing::load_top(s, -0.3 * std::pow(std::sin(std::numbers::pi * t / 400.0), 2)); }, {400.0}};
    REQUIRE(stepper.run(0.0, drive, {&follower}).reason == StopReason::finished);
}

System column() {
    testing::Column c;
    c.elements = 12;
    c.growth = 1.3;
    c.ground = neo_hookean(1.0, 0.2);
    c.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
    return testing::column_system(std::move(c));
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("a uniform concentration stays uniform in tissue that is pressed out and swells again, with advection and without") {
    for (const bool advection : {true, false}) {
        System system = column();
        Follower follower(system.domains[0], 1.0, 1.0, advection);
        press(follower, system);
        CHECK(std::abs(follower.lowest - 1.0) < 1e-9);
        CHECK(std::abs(follower.highest - 1.0) < 1e-9);
        CHECK(follower.exchanged > (advection ? 0.1 : -1.0));  // water of a fifth of the column went out and came back
    }
}

TEST_CASE("nothing dissolved is lost, made or negative when the water moves") {
    for (const auto& [held, start] : {std::pair{1.0, 0.0}, {0.0, 1.0}}) {
        System system = column();
        Follower follower(system.domains[0], held, start, true);
        press(follower, system);
        CHECK(follower.lost < 1e-9 * follower.exchanged);
        CHECK(follower.lowest >= 0.0);
        CHECK(follower.highest <= 1.0 + 1e-12);
    }
}

TEST_SUITE_END();
