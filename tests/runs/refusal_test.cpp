// What the program refuses, and how it stops when it is asked to: exit codes, and what is on disk afterwards.

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <thread>

#include "tests/runs/reference_run.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

namespace fs = std::filesystem;

/// A folder with scenarios, right and wrong, and with an older result; it watches that nothing in it changes.
class Place {
public:
    Place() {
        const std::string right = short_scenario;
        write_text(folder_.file("right.yaml"), right);
        write_text(folder_.file("misspelled.yaml"), right + "postrue: {hip_flexion: 60 deg}\n");
        write_text(folder_.file("fracture.yaml"), right + "patient: {extends: reference-woman, contraindications: fracture}\n");
        write_text(folder_.file("older.h5"), "an older result");
        write_text(folder_.file("older.xdmf2"), "and what lies beside it");
        fs::create_directory(folder_.file("other"));
        write_text(folder_.file("other/right.yaml"), right);
        before_ = contents();
    }

    /// Runs the program here. @param says  a part of the message
    void check_refused(int code, const std::vector<std::string>& arguments, const std::string& says) {
        CAPTURE(says);
        const Outcome outcome = run_program(folder_.file(""), arguments, logs_.file(""));
        CHECK(outcome.code == code);
        CHECK_MESSAGE(outcome.err.find(says) != std::string::npos, outcome.err);
        CHECK(outcome.out.empty());
        CHECK(contents() == before_);
    }
    [[nodiscard]] bool unchanged() const { return contents() == before_; }
    [[nodiscard]] std::string folder() const { return folder_.file(""); }
    [[nodiscard]] std::string logs() const { return logs_.file(""); }

private:
    [[nodiscard]] std::map<std::string, std::string> contents() const {
        std::map<std::string, std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.file("")))
            found[entry.path().string()] = entry.is_directory() ? "" : text_of(entry.path().string());
        return found;
    }

    TemporaryFolder folder_, logs_;
    std::map<std::string, std::string> before_;
};

void wait_for(const std::string& path, Program& program) {
    while (program.running() && !fs::exists(path)) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("a refused scenario leaves nothing on disk and harms nothing that is there") {
        Place place;
        place.check_refused(3, {"run", "misspelled.yaml"}, "did you mean \"posture\"?");
        place.check_refused(3, {"run", "misspelled.yaml", "-o", "older.h5", "--force"}, "did you mean \"posture\"?");
        place.check_refused(3, {"run", "fracture.yaml"}, "fracture");
        place.check_refused(3, {"run", "fracture.yaml", "-o", "older.h5", "--force"}, "fracture");
        place.check_refused(5, {"run", "nosuch.yaml"}, "nosuch.yaml");
        place.check_refused(5, {"run", "older.h5"}, "older.h5 is not a result of Foramen");
    }

    TEST_CASE("one wrong scenario among several keeps all of them from running") {
        Place place;
        place.check_refused(3, {"run", "right.yaml", "misspelled.yaml"}, "did you mean \"posture\"?");
        place.check_refused(3, {"run", "fracture.yaml", "right.yaml"}, "fracture");
    }

    TEST_CASE("an output that exists, that two runs would share, or that cannot be is refused before anything is computed") {
        Place place;
        place.check_refused(2, {"run", "right.yaml", "-o", "older.h5"}, "older.h5 exists; --force replaces it");
        place.check_refused(2, {"run", "right.yaml", "other/right.yaml", "-o", "both.h5"},
                            "--output names one file, but 2 scenarios are given");
        place.check_refused(2, {"run", "right.yaml", "other/right.yaml"}, "two scenarios would write right.h5");
        place.check_refused(2, {"run", "right.yaml", "-o", "right.vtk"}, "a result's name ends in .h5");
        place.check_refused(5, {"run", "right.yaml", "-o", "nosuch/right.h5"}, "the folder nosuch does not exist");
        place.check_refused(2, {"run", "right.yaml", "--threads", "none"}, "--threads none: expected a whole number");
        place.check_refused(2, {"run", "right.yaml", "--flush", "-1"}, "--flush -1: expected seconds");
        place.check_refused(2, {"run"}, "FILE");
    }

    TEST_CASE("a dry run says what would be written and writes nothing") {
        const Place place;
        const Outcome outcome = run_program(place.folder(), {"run", "right.yaml", "--dry-run"}, place.logs());
        CHECK(outcome.code == 0);
        CHECK(outcome.out == "One short pull would write right.h5\n");
        CHECK(place.unchanged());
        CHECK(run_program(place.folder(), {"run", "fracture.yaml", "--dry-run"}, place.logs()).code == 3);
        CHECK(run_program(place.folder(), {"run", "right.yaml", "-o", "older.h5", "--dry-run"}, place.logs()).code == 2);
        CHECK(place.unchanged());
    }

    TEST_CASE("an interrupted run stops after its step with status stopped and keeps every step that was computed") {
        const ReferenceRun& reference = ReferenceRun::get();
        const TemporaryFolder folder;
        const std::string path = folder.file("short.h5");
        write_text(folder.file("short.yaml"), short_scenario);
        write_text(path, "an older result");
        Program program(folder.file(""), {"run", "short.yaml", "--threads", "1", "--flush", "1000", "--force", "--quiet"},
                        folder.file(""));
        wait_for(path + ".part", program);
        const auto session = std::chrono::duration<double>(reference.seconds() - reference.seconds_to_first_commit());
        std::this_thread::sleep_for(0.3 * session);
        CHECK(text_of(path) == "an older result");  // nothing was committed yet
        program.interrupt();
        CHECK(program.wait() == 5);
        CHECK(program.err().find("interrupted at ") != std::string::npos);
        CHECK(program.err().find("every step up to then is in short.h5") != std::string::npos);
        CHECK(program.out().find("stopped: ") != std::string::npos);

        const ResultFile result(path), undisturbed(reference.path());
        CHECK(result.status() == RunStatus::stopped);
        CHECK(result.provenance("stopped_because").starts_with("interrupted at "));
        CHECK(std::stoul(result.provenance("steps")) + 1 == result.times().size());
        CHECK(result.times().size() >= 2);
        CHECK(result.times().size() < undisturbed.times().size());
        CHECK(result.field_times().back() == result.times().back());
        check_same_bits(result, undisturbed, result.times().size());
        CHECK_FALSE(fs::exists(path + ".part"));
        CHECK(fs::exists(folder.file("short.xdmf2")));
        CHECK(fs::exists(folder.file("short.vtkhdf")));
    }

    TEST_CASE("fields at intervals longer than the session are those of its beginning and its end") {
        const TemporaryFolder folder;
        write_text(folder.file("rest.yaml"),
                   "foramen: 1\nextends: quick\nname: A short rest\nsession:\n  - rest: 3 s\noutput: {fields: every 100 s}\n");
        REQUIRE(run_program(folder.file(""), {"run", "rest.yaml", "--quiet"}, folder.file("")).code == 0);
        const ResultFile result(folder.file("rest.h5"));
        CHECK(result.field_times() == std::vector<double>{0.0, 3.0});
    }

    TEST_CASE("a second interruption ends the program at once") {
        const TemporaryFolder folder;
        write_text(folder.file("short.yaml"), short_scenario);
        Program program(folder.file(""), {"run", "short.yaml", "--threads", "1"}, folder.file(""));
        while (program.running() && program.err().empty())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));  // it says that it began
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 2; ++i) {
            program.interrupt();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        CHECK(program.wait() == 128 + SIGINT);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
        CHECK_FALSE(fs::exists(folder.file("short.h5")));
    }
}
