// What a short pull must do to a spine, read from the result of the program alone.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "io/data_tables.hpp"
#include "io/scenario_reader.hpp"
#include "scenarios/load_program.hpp"
#include "scenarios/session.hpp"
#include "tests/runs/reference_run.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::testing;

namespace {

const io::ResultFile& result() {
    static const io::ResultFile file(ReferenceRun::get().path());
    return file;
}

const scenarios::Scenario& scenario() {
    static const scenarios::Scenario read =
        io::read_scenario_text(short_scenario, "short.yaml",
                               {.library = {std::string(FORAMEN_SOURCE_DIR) + "/scenarios/library"}})
            .scenario;
    return read;
}

/// Row of a time that is in the histories exactly.
std::size_t row_at(double time) {
    const auto& times = result().times();
    const auto found = std::find(times.begin(), times.end(), time);
    REQUIRE(found != times.end());
    return static_cast<std::size_t>(found - times.begin());
}

/// Rows at the ends of the rest, of the rising edge and of the hold.
struct Rows {
    std::size_t rest, raised, held;
};
Rows rows() {
    Rows r{};
    const scenarios::LoadProgram program = scenarios::load_program(scenario());
    for (const scenarios::Phase& phase : program.phases()) {
        if (phase.kind == scenarios::PhaseKind::rest && phase.start == 0.0) r.rest = row_at(phase.end);
        if (phase.kind == scenarios::PhaseKind::ramp_up) r.raised = row_at(phase.end);
        if (phase.kind == scenarios::PhaseKind::hold) r.held = row_at(phase.end);
    }
    REQUIRE(r.rest < r.raised);
    REQUIRE(r.raised < r.held);
    return r;
}

const io::SeriesSpec& spec_of(const std::string& name) {
    for (const io::SeriesSpec& s : result().series())
        if (s.name == name) return s;
    throw std::runtime_error("no series " + name);
}

/// History of every label of a series.
std::map<std::string, std::vector<double>> labelled(const std::string& name) {
    std::map<std::string, std::vector<double>> all;
    for (const std::string& label : spec_of(name).labels) all[label] = result().history(name, label);
    REQUIRE(!all.empty());
    return all;
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE(
        "every corner of the load program is a time of the histories, to the bit, and the device's force is the program's at "
        "each") {
        const scenarios::LoadProgram program = scenarios::load_program(scenario());
        REQUIRE(program.corners().size() == 7);
        for (const double corner : program.corners()) (void)row_at(corner);
        CHECK(result().times().front() == 0.0);
        CHECK(result().times().back() == program.duration());
        const std::vector<double> force = result().history("device_force"), angle = result().history("pull_angle");
        for (std::size_t i = 0; i < result().times().size(); ++i) {
            CHECK(force[i] == program.force(result().times()[i]));
            CHECK_CLOSE(angle[i], 18.0, 1e-14);
        }
    }

    TEST_CASE(
        "the discs begin at the heights that were asked for, less the tenth of a millimetre that the first tone takes at once") {
        const models::SpineGeometry asked = models::spine_geometry(
            io::read_anatomy_tables(std::string(FORAMEN_SOURCE_DIR) + "/data"), scenarios::spine_spec(scenario()));
        for (int d = 0; d < models::disc_count; ++d) {
            const double height = result().history("disc_height_mid", std::string(models::disc_names[d])).front();
            CHECK(height <= asked.target_height[d] + 0.05);
            CHECK(height >= asked.target_height[d] - 0.05 - 0.1);
        }
    }

    TEST_CASE("disc pressure lying is that of a lying person, falls with the pull and comes back a little while it is held") {
        const Rows r = rows();
        for (const auto& [level, idp] : labelled("idp")) {
            CAPTURE(level);
            CHECK(idp[r.rest] > 0.08);
            CHECK(idp[r.rest] < 0.25);
            CHECK(idp[r.raised] < 0.7 * idp[r.rest]);
            CHECK(idp[r.held] > idp[r.raised]);
            CHECK(idp[r.held] - idp[r.raised] < 0.5 * (idp[r.rest] - idp[r.raised]));
            CHECK(idp.back() > idp[r.held] + 0.5 * (idp[r.rest] - idp[r.held]));
            for (std::size_t i = 0; i < idp.size(); ++i)
                CHECK(std::abs(idp[i] - result().history("idp_fluid", level)[i] - result().history("idp_osmotic", level)[i]) <=
                      1e-12);
        }
    }

    TEST_CASE("every disc grows higher with the pull, goes on growing while it is held, and comes down after it") {
        const Rows r = rows();
        for (const auto& [level, height] : labelled("disc_height_mid")) {
            CAPTURE(level);
            CHECK(height[r.raised] > height[r.rest] + 0.1);
            CHECK(height[r.held] > height[r.raised]);
            CHECK(height.back() < height[r.held]);
        }
        const std::vector<double> elongation = result().history("elongation");
        CHECK(elongation[r.held] > elongation[r.rest] + 1.0);
    }

    TEST_CASE(
        "foramina open with the pull and go on opening while it is held; the lowest, whose segment the pull extends, keeps its "
        "area within 2 %") {
        const Rows r = rows();
        for (const auto& [label, area] : labelled("foramen_area")) {
            CAPTURE(label);
            const std::vector<double> height = result().history("foramen_height", label),
                                      turn = result().history("segment_rotation", label.substr(0, 5));
            const bool lowest = label.starts_with("L5-S1");
            // the pelvis' pull extends the lowest segment, which takes from its foramen what the disc's height gives
            CHECK((!lowest || turn[r.held] < 0.0));
            CHECK(area[r.held] > (lowest ? 0.98 : 1.02) * area[r.rest]);
            CHECK(area[r.held] > area[r.raised]);
            if (lowest) continue;
            CHECK(height[r.raised] > height[r.rest] + 0.1);
            CHECK(height.back() < height[r.held]);
        }
    }

    TEST_CASE("a disc that is pulled takes up water without pause, and gives of it when the pull is over") {
        const Rows r = rows();
        for (const auto& [level, water] : labelled("fluid_content")) {
            CAPTURE(level);
            for (std::size_t i = r.rest; i < r.held; ++i) CHECK(water[i + 1] > water[i]);
            CHECK(water[r.held] > water[r.rest] + 5.0);
            CHECK(water.back() < water[r.held]);
            CHECK(water.back() > water[r.rest]);
        }
    }

    TEST_CASE("the forces above every disc balance in every step, and what carries the load adds up to it") {
        for (const auto& [level, balance] : labelled("force_balance")) {
            CAPTURE(level);
            CHECK(*std::max_element(balance.begin(), balance.end()) <= 1e-6);
            std::vector<double> sum(balance.size(), 0.0);
            for (const char* part : {"disc", "ligaments", "facets", "muscles"}) {
                const std::vector<double> force = result().history(std::string("axial_force_") + part, level);
                for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += force[i];
            }
            const std::vector<double> total = result().history("axial_force_total", level);
            for (std::size_t i = 0; i < sum.size(); ++i) CHECK(std::abs(total[i] - sum[i]) <= 1e-10);
        }
    }

    TEST_CASE("the moments about every disc balance in every step, and its turns are one") {
        for (const auto& [level, balance] : labelled("moment_balance")) {
            CAPTURE(level);
            CHECK(*std::max_element(balance.begin(), balance.end()) <= 1e-5);
            const std::vector<double> turn = result().history("segment_rotation", level), flexion = result().history("level_flexion", level);
            const std::vector<double> disc = result().history("flexion_moment_disc", level), same = result().history("disc_moment_flexion", level);
            for (std::size_t i = 0; i < turn.size(); ++i) {
                CHECK(std::abs(turn[i] - flexion[i]) <= 1e-6);
                CHECK(std::abs(disc[i] - same[i]) <= 1e-6);
            }
        }
    }

    TEST_CASE("the dose of a pull: below rest as long as the pressure is, and never more water kept than was exchanged") {
        for (const auto& [level, exchanged] : labelled("dose_fluid_exchanged")) {
            CAPTURE(level);
            const std::vector<double> gained = result().history("fluid_gained", level), low = result().history("dose_low_pressure_time", level),
                                      idp = result().history("idp", level);
            for (std::size_t i = 0; i < gained.size(); ++i) CHECK(std::abs(gained[i]) <= exchanged[i] + 1e-9);
            for (std::size_t i = 1; i < low.size(); ++i) {
                const double step = result().times()[i] - result().times()[i - 1], grown = low[i] - low[i - 1];
                if (idp[i] < idp[0] && idp[i - 1] < idp[0]) CHECK(std::abs(grown - step) <= 1e-9);
                if (idp[i] > idp[0] && idp[i - 1] > idp[0]) CHECK(grown == 0.0);
            }
            CHECK(result().history("dose_cycles", level).back() <= 1.0);
        }
    }

    TEST_CASE(
        "all of the pull less harness and lower friction reaches the thorax: its harness and the table's friction under it") {
        const auto series = [](const char* name) { return result().history(name); };
        const std::vector<double> device = series("device_force"), loss = series("harness_loss"), pull = series("pelvis_pull"),
                                  harness = series("thoracic_harness_force"), upper = series("table_friction_upper"),
                                  lower = series("table_friction_lower"), angle = series("pull_angle");
        const double peak = *std::max_element(device.begin(), device.end());
        for (std::size_t i = 0; i < device.size(); ++i) {
            CHECK(std::abs(pull[i] - harness[i] - upper[i]) <= 2e-6 * peak);
            const double along = (device[i] - loss[i]) * std::cos(angle[i] * std::numbers::pi / 180.0);
            CHECK(std::abs(pull[i] - along + lower[i]) <= 1e-10);
            CHECK(std::abs(loss[i] - 0.1 * device[i]) <= 1e-10);
        }
    }

    TEST_CASE("left and right are alike in everything, for a spine and a pull that are") {
        int pairs = 0;
        for (const io::SeriesSpec& series : result().series()) {
            for (const std::string& label : series.labels) {
                const std::size_t at = label.find("left");
                if (at == std::string::npos) continue;
                const std::vector<double> left = result().history(series.name, label);
                const std::vector<double> right = result().history(series.name, std::string(label).replace(at, 4, "right"));
                INFO(series.name << " of " << label);
                // how long something was above its rest is as exact as the instants at which it crossed it: of the session, not of itself
                double difference = 0.0, size = series.units == "s" ? result().times().back() : 1.0;
                for (std::size_t i = 0; i < left.size(); ++i) {
                    difference = std::max(difference, std::abs(left[i] - right[i]));
                    size = std::max(size, std::abs(left[i]));
                }
                CHECK(difference <= 1e-6 * size);
                ++pairs;
            }
        }
        CHECK(pairs > 300);
        for (const auto& [level, left] : labelled("disc_height_left")) {
            const std::vector<double> right = result().history("disc_height_right", level);
            for (std::size_t i = 0; i < left.size(); ++i) CHECK_CLOSE(left[i], right[i], 1e-6);
        }
    }
}
