// foramen compare: the numbers are those of the histories, and every session has its column.

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "io/compare/compare.hpp"
#include "io/compare/pull_table.hpp"
#include "tests/runs/reference_run.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::io;
using namespace foramen::testing;

namespace {

double measure(const std::vector<SessionMeasure>& all, const std::string& key) {
    for (const SessionMeasure& m : all)
        if (m.key == key) return m.value;
    return std::numeric_limits<double>::infinity();
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("the moments of a session: before the first pull, the end of the last one at full force, the end") {
        const SessionMoments m = session_moments({0, 0, 0.5, 100, 300, 300, 120, 296, 300, 100, 0, 0});
        CHECK(m.before == 2);
        CHECK(m.hold == 8);
        CHECK(m.after == 11);
        CHECK(m.pulls == 2);
        CHECK(m.pull_ends == std::vector<std::size_t>{5, 8});
        const std::vector<PullCycle> cycles = pull_cycles(m);
        REQUIRE(cycles.size() == 2);
        CHECK(cycles[0].begin == 2);
        CHECK(cycles[0].end == 5);
        CHECK(cycles[1].begin == 5);
        CHECK(cycles[1].end == 8);
        const SessionMoments none = session_moments({0, 0, 0});
        CHECK(none.before == 0);
        CHECK(none.pulls == 0);
    }

    TEST_CASE("measures of a session are values and differences of its histories") {
        const ResultFile result(ReferenceRun::get().path());
        const std::vector<SessionMeasure> all = session_measures(result, "L4-L5", "left");
        const SessionMoments at = session_moments(result.history("device_force"));
        REQUIRE(at.pulls == 1);
        const std::vector<double> idp = result.history("idp", "L4-L5"), area = result.history("foramen_area", "L4-L5 left"),
                                  root = result.history("root_clearance", "L4-L5 left"), free = result.history("dose_root_free_time", "L4-L5 left");
        CHECK(measure(all, "idp_hold") == idp[at.hold]);
        CHECK(measure(all, "idp_hold") < measure(all, "idp_before"));
        CHECK_CLOSE(measure(all, "area_hold"), 100.0 * (area[at.hold] / area[at.before] - 1.0), 1e-12);
        CHECK_CLOSE(measure(all, "root_lasts"), 100.0 * (root[at.after] - root[at.before]) / (root[at.hold] - root[at.before]), 1e-9);
        CHECK(measure(all, "root_free") == free[at.hold] - free[at.before]);
        CHECK(std::isnan(measure(all, "protrusion_before")));
        CHECK_THROWS_WITH_AS((void)session_measures(result, "L9-L10", "left"), "there is no level L9-L10", FileError);
    }

    TEST_CASE("times of the pulls add up to the session's, and each pull's numbers are those of its end") {
        const std::string file = ReferenceRun::get().path();
        const ResultFile result(file);
        const std::vector<PullRow> rows = pull_rows(file, "L4-L5", "left");
        const SessionMoments at = session_moments(result.history("device_force"));
        REQUIRE(rows.size() == static_cast<std::size_t>(at.pulls));
        const std::vector<double> free = result.history("dose_ganglion_free_time", "L4-L5 left"), height = result.history("disc_height_mid", "L4-L5");
        double sum = 0.0;
        for (const PullRow& r : rows) sum += r.ganglion_free;
        CHECK_CLOSE(sum, free[at.hold] - free[at.before], 1e-12);
        CHECK(rows.back().height_gained == height[at.hold] - height[at.before]);
        CHECK(rows.back().end == result.times()[at.hold]);
        const std::string csv = pull_csv({file}, {rows});
        CHECK(csv.starts_with("session,pull,end [s],idp_lowest [MPa],"));
        CHECK(std::count(csv.begin(), csv.end(), '\n') == 1 + at.pulls);
        CHECK(pull_table(file, {}).find("nothing pulls") != std::string::npos);
    }

    TEST_CASE("sessions stand side by side in the table, a line each in the CSV, a curve each in every panel of the picture") {
        const std::string file = ReferenceRun::get().path();
        const std::vector<ComparedSession> two{compared_session(file, "L5-S1", "right"), compared_session(file, "L5-S1", "right")};
        const std::string table = compare_table(two, "L5-S1", "right");
        CHECK(table.find("L5-S1, right side") != std::string::npos);
        CHECK(table.find("protrusion") == std::string::npos);
        const std::string csv = compare_csv(two);
        CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
        CHECK(csv.starts_with("session,largest_force [N],pulls,"));
        const std::string plot = compare_plot(two, "L5-S1", "right");
        std::size_t curves = 0;
        for (std::size_t p = plot.find("<polyline"); p != std::string::npos; p = plot.find("<polyline", p + 1)) ++curves;
        CHECK(curves == 2 * compared_curves().size());
        CHECK(plot.find("nan") == std::string::npos);
        CHECK_THROWS_AS((void)compared_session("none.h5", "L4-L5", "left"), FileError);
    }
}
