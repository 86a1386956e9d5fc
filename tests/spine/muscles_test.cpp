// Muscles of a whole spine, against the fascicles' law and the geometry of known moves.

#include <doctest/doctest.h>

#include <cmath>

#include "models/observables.hpp"
#include "models/spine_model.hpp"
#include "tests/support/close.hpp"
#include "tests/support/spine_rows.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

const engine::FascicleLaw& law_of(const SpineModel& model, std::size_t i) {
    return std::get<engine::FascicleLaw>(model.system.cables[model.muscles[i].first].law);
}
double length_of(const SpineModel& model, std::size_t i) {
    return model.system.cables[model.muscles[i].first].length(model.system.poses);
}
double force_of(const SpineModel& model, std::size_t i) { return law_of(model, i).at(length_of(model, i)).force; }

/// The pelvis goes down by so much: every fascicle that ends on it is lengthened.
void lower_pelvis(SpineModel& model, double by) { model.system.poses[static_cast<int>(Body::S1)].origin.z() -= by; }

SpineModel spine_with(const SpineSpec::Muscles& muscles) {
    SpineSpec spec = testing::coarse_spec();
    spec.muscles = muscles;
    return build_spine(testing::source_tables(), spec);
}

SpineSpec::Muscles with_tone(double initial, double final) {
    SpineSpec::Muscles muscles;
    muscles.initial_activation = initial;
    muscles.final_activation = final;
    return muscles;
}

constexpr StretchReflex reflex{0.5, 0.05, 0.0, 0.0, 0.06, 0.3};

}  // namespace

TEST_SUITE_BEGIN("spine/muscles");

TEST_CASE("at no activation muscles are passive springs, at no strength they are nothing") {
    SpineSpec::Muscles still = with_tone(0.0, 0.0);
    SpineModel passive = spine_with(still);
    passive.apply(10.0, 0.0, 0.0);
    double all = 0.0;
    for (const double by : {0.0, 15.0}) {
        lower_pelvis(passive, by);
        for (std::size_t i = 0; i < passive.muscles.size(); ++i) {
            const double l = law_of(passive, i).stretch(length_of(passive, i)), f_max = law_of(passive, i).max_force;
            const double expected = l > 1.0 ? f_max * std::expm1(4.0 * (l - 1.0) / 0.6) / std::expm1(4.0) : 0.0;
            CHECK(std::abs(force_of(passive, i) - expected) <= 1e-12 * f_max);
            all += expected;
        }
    }
    CHECK(all > 10.0);
    still.strength = 0.0;
    still.initial_activation = 0.2;
    SpineModel without = spine_with(still);
    without.apply(0.0, 0.0, 0.0);
    lower_pelvis(without, 15.0);
    for (std::size_t i = 0; i < without.muscles.size(); ++i) CHECK(force_of(without, i) == 0.0);
}

TEST_CASE("a stretch reflex answers a pull that is 60 ms old, fascicle by fascicle, left as right, up to its ceiling") {
    SpineSpec::Muscles guarding = with_tone(0.10, 0.04);
    guarding.reflex = reflex;
    SpineModel model = spine_with(guarding);
    model.apply(0.0, 0.0, 0.0);
    model.remember(0.0);
    std::vector<double> before;
    for (std::size_t i = 0; i < model.muscles.size(); ++i) before.push_back(length_of(model, i));
    lower_pelvis(model, 8.0);
    model.remember(0.02);
    model.remember(0.04);
    model.apply(0.05, 0.0, 0.0);  // looks back to before the start
    for (std::size_t i = 0; i < model.muscles.size(); ++i)
        CHECK(law_of(model, i).activation_at(length_of(model, i)) == guarding.activation(0.05));
    model.apply(0.09, 0.0, 0.0);  // looks back to 0.03 s, and for the rate to before the start
    int answering = 0;
    for (std::size_t i = 0; i < model.muscles.size(); ++i) {
        const double lengthening = (length_of(model, i) - before[i]) / law_of(model, i).optimal_length;
        const double expected = std::min(0.3, guarding.activation(0.09) + (0.5 + 0.05 / 0.06) * std::max(lengthening, 0.0));
        CHECK_CLOSE(law_of(model, i).activation_at(length_of(model, i)), expected, 1e-9);
        if (lengthening > 0.01) ++answering;
        if (i % 2 == 1) CHECK_CLOSE(law_of(model, i).activation, law_of(model, i - 1).activation, 1e-9);
    }
    CHECK(answering > 60);
    // another that is given the same places and memory goes on as the first does
    SpineModel copy = spine_with(guarding);
    copy.system.poses = model.system.poses;
    copy.muscle_memory = model.muscle_memory;
    for (SpineModel* m : {&model, &copy}) {
        m->remember(0.10);
        m->apply(0.5, 100.0, 0.0);
    }
    for (std::size_t i = 0; i < model.muscles.size(); ++i) CHECK(force_of(model, i) == force_of(copy, i));
    model.apply_rest();
    for (std::size_t i = 0; i < model.muscles.size(); ++i) CHECK(law_of(model, i).activation_at(length_of(model, i)) == 0.04);
}

TEST_CASE(
    "eccentric strain of a known pull: the lengthening of each fascicle over its optimal length, only above the threshold") {
    SpineSpec::Muscles tense = with_tone(0.10, 0.10);
    SpineModel active = spine_with(tense);
    tense.initial_activation = tense.final_activation = 0.04;  // below the threshold of 5 %
    SpineModel calm = spine_with(tense);
    for (SpineModel* model : {&active, &calm}) {
        model->apply(0.0, 0.0, 0.0);
        model->remember(0.0);
        for (int step = 1; step <= 4; ++step) {
            lower_pelvis(*model, step == 3 ? -2.0 : 3.0);  // down 6 mm, up 2, down 3
            model->apply(step, 0.0, 0.0);
            model->remember(step);
        }
    }
    const SpineModel rest = spine_with(tense);
    for (std::size_t i = 0; i < active.muscles.size(); ++i) {
        CHECK(calm.muscle_memory.eccentric[i] == 0.0);
        const auto at = [&](double down) {
            std::vector<engine::Pose> poses = rest.system.poses;
            poses[static_cast<int>(Body::S1)].origin.z() -= down;
            return rest.system.cables[rest.muscles[i].first].length(poses) / law_of(rest, i).optimal_length;
        };
        // each piece of the way counts as far as it lengthens
        const double way[] = {0.0, 3.0, 6.0, 4.0, 7.0};
        double expected = 0.0;
        for (int k = 1; k < 5; ++k) expected += std::max(at(way[k]) - at(way[k - 1]), 0.0);
        CHECK(std::abs(active.muscle_memory.eccentric[i] - expected) < 1e-12);
    }
}

TEST_SUITE_END();
