#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/materials/tension_law.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

struct Case {
    std::string name;
    TensionLaw law;
    double slack;               ///< length where the force starts [mm]
    std::vector<double> kinks;  ///< lengths where the slope jumps
};

std::vector<Case> cases() {
    return {{"strand", StrandLaw{12.0, 0.07, 485.0}, 12.0, {}},
            {"bilinear", BilinearLaw{13.0, 7.8, 20.0, 0.12, 63.7}, 13.0, {13.0, 13.0 * 1.12}},
            {"passive fascicle", FascicleLaw{97.0, 20.0, 25.0}, 25.0, {25.0}}};
}

bool at_kink(const Case& c, double length) {
    for (const double kink : c.kinks)
        if (std::abs(length - kink) < 1e-3) return true;
    return false;
}

/// Integral of the force from the slack length, by Gauss-Legendre between the kinks.
double work(const Case& c, double length) {
    constexpr double x[] = {-0.906179845938664, -0.538469310105683, 0.0, 0.538469310105683, 0.906179845938664};
    constexpr double w[] = {0.236926885056189, 0.478628670499366, 0.568888888888889, 0.478628670499366, 0.236926885056189};
    double sum = 0.0;
    const int pieces = 2000;
    const double piece = (length - c.slack) / pieces;
    for (int i = 0; i < pieces; ++i)
        for (int g = 0; g < 5; ++g) sum += 0.5 * piece * w[g] * tension(c.law, c.slack + piece * (i + 0.5 + 0.5 * x[g])).force;
    return sum;
}

}  // namespace

TEST_SUITE_BEGIN("unit/materials");

TEST_CASE("tension laws bear nothing when slack, are continuous, never push and know their slope") {
    for (const Case& c : cases()) {
        CAPTURE(c.name);
        for (double length = 0.1 * c.slack; length <= c.slack; length += 0.09 * c.slack) {
            CHECK(tension(c.law, length).force == 0.0);
            CHECK(tension(c.law, length).stiffness == 0.0);
        }
        double before = 0.0;
        for (double length = 1.0001 * c.slack; length < 1.4 * c.slack; length += 1.7e-3 * c.slack) {
            CAPTURE(length);
            const Tension t = tension(c.law, length);
            CHECK(t.force >= before);
            CHECK(tension(c.law, length + 1e-9).force - t.force < 1e-9 * 1.01 * tension(c.law, 1.5 * c.slack).stiffness);
            before = t.force;
            const double step = 1e-6;
            if (at_kink(c, length)) continue;
            CHECK_CLOSE(t.stiffness, (tension(c.law, length + step).force - tension(c.law, length - step).force) / (2.0 * step),
                        1e-5);
        }
    }
}

TEST_CASE("the work of a ligament is the integral of its force in closed form") {
    const std::vector<Case> all = cases();
    // strand: k l0 eps_t^2/6 in the toe, then k l0 [(eps^2 - eps_t^2)/2 - eps_t (eps - eps_t)/2] on top
    const auto strand = [](double eps) {
        const double k = 485.0, l0 = 12.0, toe = 0.07;
        if (eps < toe) return k * l0 * eps * eps * eps / (6.0 * toe);
        return k * l0 * (toe * toe / 6.0 + 0.5 * (eps * eps - toe * toe) - 0.5 * toe * (eps - toe));
    };
    const auto bilinear = [](double eps) {
        const double A = 63.7, l0 = 13.0, e1 = 7.8, e2 = 20.0, knee = 0.12, over = std::max(eps - knee, 0.0),
                     first = std::min(eps, knee);
        return A * l0 * (0.5 * e1 * first * first + e1 * knee * over + 0.5 * e2 * over * over);
    };
    for (const double eps : {0.03, 0.07, 0.12, 0.2}) {
        CAPTURE(eps);
        CHECK_CLOSE(work(all[0], 12.0 * (1.0 + eps)), strand(eps), 1e-6);
        CHECK_CLOSE(work(all[1], 13.0 * (1.0 + eps)), bilinear(eps), 1e-6);
    }
    // passive fascicle: F_max L_opt [0.15 (exp(4 e/0.6) - 1) - e]/(exp(4) - 1), e = l - 1
    const double e = 5.0 / 20.0;
    CHECK_CLOSE(work(all[2], 30.0), 97.0 * 20.0 * (0.15 * std::expm1(4.0 * e / 0.6) - e) / std::expm1(4.0), 1e-9);
}

TEST_CASE("an active fascicle: its force by Thelen's curves, and no negative slope on the falling side") {
    const FascicleLaw law{100.0, 50.0, 200.0, 1.0, 0.4};
    // f_l = exp(-(l - 1)^2/0.5): 0.923 at 0.8, 1 at 1, 0.923 at 1.2 beside the passive part of 0.0524
    CHECK_CLOSE(law.at(190.0).force, 100.0 * 0.4 * std::exp(-0.04 / 0.5), 1e-13);
    CHECK_CLOSE(law.at(200.0).force, 40.0, 1e-13);
    CHECK_CLOSE(law.at(210.0).force, 100.0 * (0.4 * std::exp(-0.04 / 0.5) + std::expm1(4.0 * 0.2 / 0.6) / std::expm1(4.0)),
                1e-13);
    for (double length = 150.0; length < 280.0; length += 1.3) CHECK(law.at(length).stiffness >= 0.0);
    CHECK(FascicleLaw{100.0, 50.0, 200.0, 1.0, 1.0}.at(203.0).stiffness == 0.0);  // there the whole force falls
    // isometric and fully active it gives its largest force, relaxed nothing
    CHECK(FascicleLaw{100.0, 50.0, 200.0, 1.0, 1.0}.at(200.0).force == 100.0);
    CHECK(FascicleLaw{100.0, 50.0, 200.0, 1.0, 0.0}.at(200.0).force == 0.0);
    const ConstantTension follower{12.0};
    CHECK(tension(follower, 1.0).force == 12.0);
    CHECK(tension(follower, 1e3).stiffness == 0.0);
}

TEST_CASE("feedback of the present length adds to a fascicle's activation up to the ceiling, and its slope is in the tangent") {
    const FascicleLaw law{100.0, 50.0, 200.0, 1.0, 0.04, {{{2.0, 0.9}, {0.5, 0.95}}}, 0.3};
    CHECK(law.activation_at(190.0) == 0.04);  // l = 0.8
    CHECK_CLOSE(law.activation_at(196.5), 0.04 + 2.0 * 0.03, 1e-12);
    CHECK_CLOSE(law.activation_at(199.0), 0.04 + 2.0 * 0.08 + 0.5 * 0.03, 1e-12);
    CHECK(law.activation_at(205.0) == 0.3);
    CHECK_CLOSE(law.at(199.0).force, 100.0 * 0.215 * std::exp(-4e-4 / 0.5), 1e-12);
    for (const double length : {192.0, 196.5, 199.0}) {
        const double step = 1e-5, slope = (law.at(length + step).force - law.at(length - step).force) / (2.0 * step);
        CHECK_CLOSE(law.at(length).stiffness, slope, 1e-6);
    }
}

TEST_SUITE_END();
