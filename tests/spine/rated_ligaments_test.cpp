// The share of its failure strain that a ligament bears: over its unloaded length, or over 5 mm where that is shorter.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <variant>

#include "models/observables.hpp"
#include "tests/support/close.hpp"
#include "tests/support/specimens.hpp"

using namespace foramen;
using namespace foramen::models;

TEST_CASE("a strand of 6 mm is rated by its strain, one of 2 mm by its lengthening over 5 mm, a slack one by nothing") {
    SpineModel model = testing::mounted(testing::level(Body::L4, Body::L5));
    testing::Machine machine(model);
    machine.load({}, 1.0);  // what the observer reads of the solver is there
    const SpineObserver observer(model);
    std::size_t rated = 0;
    const auto group = std::find_if(model.ligaments.begin(), model.ligaments.end(), [&](const CableGroup& g) {
        if (g.name == "ISL") return true;
        rated += std::isfinite(g.failure_strain);
        return false;
    });
    REQUIRE(group != model.ligaments.end());
    const auto share = [&](double slack_of_length) {
        for (int i = group->first; i < group->first + group->count; ++i) {
            engine::Cable& strand = model.system.cables[i];
            std::get<engine::StrandLaw>(strand.law).slack_length = slack_of_length;
        }
        return observer.read(model, machine.newton())[observer.offset("ligament_failure_fraction") + rated] * group->failure_strain;
    };
    double length = 0.0;
    for (int i = group->first; i < group->first + group->count; ++i) length += model.system.cables[i].length(model.system.poses) / group->count;
    REQUIRE(length > 6.0);
    CHECK_CLOSE(share(6.0), (length - 6.0) / 6.0, 1e-12);
    CHECK_CLOSE(share(2.0), (length - 2.0) / 5.0, 1e-12);
    CHECK(share(length + 1.0) == 0.0);
}
