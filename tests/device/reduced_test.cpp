// The reduced model: learnt from some courses of force, judged on others against all elements, and in the loop.

#include <doctest/doctest.h>

#include <fstream>

#include "io/device/hil_session.hpp"
#include "io/reduced/reduced_spine.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace foramen::io;
using foramen::testing::TemporaryFolder;

constexpr double rate = 200.0;  // ticks a second; docs/device-in-the-loop.md has the table for 1000

LoadedScenario short_pull(const std::string& file, const std::string& more = "") {
    return read_scenario_text("extends: quick\nname: short\n" + more +
                                  "session:\n- rest: 1 s\n- traction: {extends: intermittent-60-20, ramp: {up: 60 N/s, down: 60 N/s}, hold: {force: 150 N, time: 3 s}, "
                                  "rest: {force: 0 N, time: 2 s}, duration: ~, cycles: 1}\n- rest: 1 s\n",
                              file, ReadOptions{{std::string(FORAMEN_SOURCE_DIR) + "/scenarios/library"}});
}

HilSettings following(const TemporaryFolder& folder, const std::string& model) {
    HilSettings settings;
    settings.device = "emulated:?seed=3&rate=50 Hz";
    settings.options = "checks: {tare_time: 200 ms, timeout_least: 5 s, follow_time: 60 s}\npolicy: {disable_after: 100 ms, misses_in_a_row: 1000000, misses_share: 100 %, longest_hold: 5 s}\n";
    settings.seconds = 3.0;
    settings.quiet = true;
    settings.model = model;
    settings.record = folder.file("run.hil");
    settings.output = folder.file("live.h5");
    return settings;
}

std::string refusal(const LoadedScenario& loaded, const HilSettings& settings) {
    try {
        static_cast<void>(run_hil(loaded, settings));
    } catch (const FileError& e) {
        return e.what();
    }
    return "";
}

/// A finished session with the model, its replay, and what is refused.
void check_in_the_loop(const TemporaryFolder& folder, const LoadedScenario& loaded, const std::string& model) {
    const HilSettings settings = following(folder, model);
    const HilOutcome first = run_hil(loaded, settings);
    REQUIRE(first.ran);
    CHECK(first.report.finished);
    CHECK(first.solution.model == ModelUsed::reduced);
    CHECK(first.rate == doctest::Approx(rate));
    const ResultFile result(settings.output);
    for (const double used : result.history("loop_model")) CHECK(used == 1.0);
    const std::vector<double> error = result.history("reduced_pressure_error");
    CHECK(error.size() >= 10);
    for (const double e : error) CHECK(e < 0.005);  // MPa

    HilSettings again = following(folder, model);
    again.device = "replay:" + settings.record;
    again.record.clear();
    again.output = folder.file("again.h5");
    again.threads = 2;
    const HilOutcome second = run_hil(loaded, again);
    CHECK(second.report.digest == first.report.digest);
    CHECK(second.solution == first.solution);
    again.output = folder.file("third.h5");
    again.model.clear();
    CHECK(refusal(loaded, again).find("--model") != std::string::npos);

    HilSettings other = following(folder, model);
    other.rate = 100.0;
    CHECK(refusal(loaded, other).find("is made for 200 ticks a second") != std::string::npos);
    CHECK(refusal(short_pull(folder.file("other.yaml"), "patient: {extends: reference-woman, body_mass: 75 kg}\n"), following(folder, model)).find("another scenario") !=
          std::string::npos);
    other = following(folder, folder.file("none.h5"));
    std::ofstream(other.model) << "not HDF5";
    CHECK(!refusal(loaded, other).empty());
    ReducedSpine damaged = read_reduced(model);
    CHECK(damaged.model.sample.domains[1].nodes.size() > 8);
    damaged.model.sample.domains[1].nodes[3] = 1 << 20;
    other.model = folder.file("damaged.h5");
    write_reduced(other.model, damaged);
    CHECK(refusal(loaded, other).find("is damaged") != std::string::npos);
}

}  // namespace

TEST_SUITE("device/reduced") {
    TEST_CASE("a reduced model keeps to 2 % of the range on courses that it has not seen, comes back from its file, and repeats in the loop") {
        const TemporaryFolder folder;
        const LoadedScenario loaded = short_pull(folder.file("short.yaml"));
        ReduceSettings settings;
        settings.rate = rate;
        const ReducedSpine spine = reduce_spine(loaded, settings);
        REQUIRE(spine.errors.size() == 4);
        int unseen = 0;
        for (const ReductionError& e : spine.errors) {
            CAPTURE(e.waveform);
            CHECK(e.pressure < 0.02);
            CHECK(e.foramen < 0.02);
            CHECK(e.pressure_estimate > 0.3 * e.pressure);  // an estimate that hides nothing
            CHECK(e.foramen_estimate > 0.3 * e.foramen);
            CHECK(e.pressure_estimate < 0.1);
            CHECK(e.foramen_estimate < 0.1);
            unseen += e.unseen ? 1 : 0;
        }
        CHECK(unseen == 3);
        MESSAGE(spine.model.basis.size() << " coordinates, " << spine.model.sample.count() << " elements\n" << error_table(spine.errors));

        const std::string file = folder.file("model.h5");
        write_reduced(file, spine);
        const ReducedSpine back = read_reduced(file);
        CHECK(back.scenario == spine.scenario);
        CHECK(back.waveforms == spine.waveforms);
        CHECK(back.model.step == spine.model.step);
        CHECK(back.model.basis.moves == spine.model.basis.moves);
        CHECK(back.model.missing.force == spine.model.missing.force);
        REQUIRE(back.model.sample.domains.size() == 5);
        for (std::size_t d = 0; d < 5; ++d) {
            CHECK(back.model.sample.domains[d].elements == spine.model.sample.domains[d].elements);
            CHECK(back.model.sample.domains[d].weights == spine.model.sample.domains[d].weights);
            CHECK(back.model.basis.displacement[d] == spine.model.basis.displacement[d]);
            CHECK(back.model.basis.reference.p[d] == spine.model.basis.reference.p[d]);
        }
        REQUIRE(back.model.tangents.size() == spine.model.tangents.size());
        CHECK(back.model.tangents.back().K == spine.model.tangents.back().K);
        CHECK(back.errors.size() == 4);
        CHECK(error_table(back.errors) == error_table(spine.errors));
        check_in_the_loop(folder, loaded, file);
    }
}
