#include "models/nutrition.hpp"

#include <doctest/doctest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "tests/support/specimens.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

/// L4-L5, disc alone, coarse, in equilibrium with its bath.
SpineModel disc(const SpineSpec::Disc& condition) {
    SpineSpec spec = testing::coarse_spec();
    spec.specimen = testing::level(Body::L4, Body::L5, false);
    spec.discs[3] = condition;
    spec.force_tolerance = 1e-7;  // left and right are compared
    SpineModel model = build_spine(testing::source_tables(), spec);
    REQUIRE(find_equilibrium(model, {}).converged);
    return model;
}

double read(const SpineNutrition& nutrition, const std::string& name) {
    const std::vector<double> values = nutrition.read();
    std::size_t at = 0;
    for (const Observable& o : nutrition.observables()) {
        if (o.name == name) return values[at];
        at += o.size();
    }
    FAIL(name);
    return 0.0;
}

}  // namespace

TEST_CASE("a healthy disc at rest lies where published measurements and models lie, left as right") {
    const SpineModel model = disc({});
    const SpineNutrition nutrition(model);
    // within a factor of about two of the public healthy disc of Munoz-Moya et al. (2024), 50 x 38 x 15 mm: 0.95 kPa, 0.93
    // mmol/l, pH 6.93
    CHECK(read(nutrition, "oxygen_lowest") > 0.5);
    CHECK(read(nutrition, "oxygen_lowest") < 1.5);
    CHECK(read(nutrition, "glucose_lowest") > 0.7);
    CHECK(read(nutrition, "glucose_lowest") < 2.0);
    CHECK(read(nutrition, "ph_lowest") > 6.8);
    CHECK(read(nutrition, "ph_lowest") < 7.1);
    CHECK(read(nutrition, "starved_share") == 0.0);
    CHECK(nutrition.report().find("found in 1 of 1 discs") != std::string::npos);

    const SpineNutrition::Fields f = nutrition.fields(0);
    const Eigen::Matrix3Xd& x = model.disc_mesh(3).mesh.nodes;
    for (Eigen::Index n = 0; n < x.cols(); ++n) {
        const Eigen::Vector3d mirrored(x(0, n), -x(1, n), x(2, n));
        Eigen::Index other = 0;
        REQUIRE((x.colwise() - mirrored).colwise().norm().minCoeff(&other) < 1e-9);
        CHECK(std::abs(f.oxygen[n] - f.oxygen[other]) < 1e-6);
        CHECK(f.oxygen[n] <= 5.8);
        CHECK(f.lactate[n] >= 0.8 - 1e-12);
    }
}

TEST_CASE("the less of the end-plates is open, the less reaches the nucleus") {
    const auto at_rest = [](EndplateState endplates, double calcification) {
        SpineSpec::Disc condition;
        condition.endplates = endplates;
        condition.calcification = calcification;
        return SpineNutrition(disc(condition));
    };
    const SpineNutrition healthy = at_rest(EndplateState::healthy, 0.0), half = at_rest(EndplateState::healthy, 0.5),
                         most = at_rest(EndplateState::healthy, 0.79), sclerosed = at_rest(EndplateState::sclerosed, 0.0),
                         blocked = at_rest(EndplateState::blocked, 0.0);
    for (const char* const series : {"glucose_lowest", "oxygen_nucleus", "ph_nucleus"}) {
        CAPTURE(series);
        CHECK(read(half, series) < read(healthy, series));
        CHECK(read(most, series) < read(half, series));
        CHECK(read(sclerosed, series) < read(most, series));
        CHECK(read(blocked, series) < read(sclerosed, series));
    }
    CHECK(read(blocked, "starved_share") > 0.5);
    CHECK(read(blocked, "glucose_lowest") >= 0.0);
}

TEST_CASE("solutes of five discs: the same bits with one and with three threads") {
    const int threads = omp_get_max_threads();
    std::vector<double> found[2];
    for (const int run : {0, 1}) {
        omp_set_num_threads(run == 0 ? 1 : 3);
        SpineModel model = build_spine(testing::source_tables(), testing::coarse_spec());
        SpineNutrition nutrition(model);
        for (engine::BiphasicDomain& domain : model.system.domains) {
            domain.u *= 1.01;
            for (int n = 0; n < domain.node_count(); ++n)
                if (domain.unknown(n, 3) >= 0) domain.p[n] = 0.01 * std::sin(0.3 * n);
        }
        nutrition.advance(model, 30.0);
        found[run] = nutrition.read();
    }
    omp_set_num_threads(threads);
    CHECK(found[0] == found[1]);
    CHECK(found[0].size() == 16 * 5);
}
