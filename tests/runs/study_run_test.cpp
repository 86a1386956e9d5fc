// Studies run by the program: killed, in shards, as Slurm's tasks, with a row that cannot be built.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "tests/runs/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::testing;

namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

constexpr const char* outputs = R"(
outputs:
  - {name: flexion, series: level_flexion, label: L4-L5, reduce: max}
  - {name: highest pressure, series: idp, label: L4-L5, reduce: max}
)";

/// A folder with a study of six segments, half a second each.
class Segments {
public:
    Segments() {
        fs::copy_file(FORAMEN_SOURCE_DIR "/scenarios/studies/short-segment-flexion.yaml", file("base.yaml"));
        write(file("segments.yaml"), std::string(R"(study: 1
name: Six segments
base: base.yaml
seed: 3
design: {kind: population, size: 6}
vary:
  - {field: patient.stature, distribution: normal, mean: 172 cm, deviation: 9 cm, low: 148 cm, high: 196 cm}
  - {field: patient.discs.L4-L5.height, distribution: normal, mean: 10.5 mm, deviation: 1.5 mm, low: 7 mm, high: 14 mm})") + outputs);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }
    [[nodiscard]] Outcome run(std::vector<std::string> words) const { return run_program(folder_.file(""), std::move(words), folder_.file("")); }
    [[nodiscard]] std::vector<std::string> batch(const std::string& output) const {
        return {"batch", "segments.yaml", "--output", output, "--threads", "1", "--quiet"};
    }
    /// Names of the runs in all logs of a study, one for each time that it was computed.
    [[nodiscard]] std::multiset<std::string> computed(const std::string& study) const {
        std::multiset<std::string> names;
        const fs::path logs = file(study + "/logs");
        if (!fs::exists(logs)) return names;
        for (const auto& log : fs::directory_iterator(logs)) {
            std::istringstream lines(text_of(log.path().string()));
            for (std::string line; std::getline(lines, line);) {
                std::istringstream words(line);
                std::string checksum, state, name, seconds;
                if (words >> checksum >> state >> name >> seconds) names.insert(name);
            }
        }
        return names;
    }
    void check_same(const std::string& study, const std::string& whole) const {
        for (const char* const table : {"/design.csv", "/study.csv", "/study.h5"}) {
            CAPTURE(table);
            CHECK(!text_of(file(whole + table)).empty());
            CHECK(text_of(file(study + table)) == text_of(file(whole + table)));
        }
        CHECK(computed(study) == computed(whole));
    }

private:
    TemporaryFolder folder_;
};

/// Run once, into "whole".
const Segments& undisturbed() {
    static const Segments study;
    static const int code = study.run(study.batch("whole")).code;
    REQUIRE(code == 0);
    return study;
}

/// A variable of the environment for as long as this lives.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_(name) {
        if (const char* const old = std::getenv(name)) old_ = old;
        setenv(name, value.c_str(), 1);
    }
    ~Variable() { old_.empty() ? unsetenv(name_) : setenv(name_, old_.c_str(), 1); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
    std::string old_;
};

}  // namespace

TEST_SUITE("runs/study") {
    TEST_CASE("a study that was killed, and one in shards, end with the tables of an undisturbed one, each run computed once") {
        const Segments& study = undisturbed();
        REQUIRE(study.computed("whole").size() == 6);

        for (const std::size_t goal : {1, 4}) {
            Program program(study.file(""), study.batch("killed"), study.file(""));
            while (program.running() && study.computed("killed").size() < goal) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            program.kill_now();
            CHECK(study.computed("killed").size() < 6);
            CHECK(!fs::exists(study.file("killed/study.csv")));
        }
        REQUIRE(study.run(study.batch("killed")).code == 0);
        study.check_same("killed", "whole");

        std::size_t there = 0;
        for (const char* const share : {"auto/3", "2/3", "1/3"}) {
            const Variable task("SLURM_ARRAY_TASK_ID", "2");
            std::vector<std::string> words = study.batch("shards");
            words.insert(words.end(), {"--shard", share});
            REQUIRE(study.run(words).code == 0);
            there += 2;  // a third
            CHECK(study.computed("shards").size() == there);
        }
        CHECK(!fs::exists(study.file("shards/study.csv")));
        REQUIRE(study.run({"study", "merge", "segments.yaml", "--output", "shards"}).code == 0);
        study.check_same("shards", "whole");
        CHECK(study.run({"batch", "segments.yaml", "--shard", "4/3"}).code == 2);
    }

    TEST_CASE("what Slurm is given does the whole study: an array of all shards that may be requeued, and a merge after it") {
        const Segments& study = undisturbed();
        // in the place of sbatch, which is tried by tests/bench/slurm_study.py: runs the tasks of what it is given, and the merge, one after another
        fs::create_directory(study.file("bin"));
        write(study.file("bin/sbatch"), R"(#!/bin/bash
echo "$*" >> ")" + study.file("asked") + R"("
script="${@: -1}"
last=$(sed -n 's/^#SBATCH --array=0-//p' "$script")
for task in $(seq 0 "${last:-0}"); do
    SLURM_ARRAY_TASK_ID=$task bash "$script" >&2 || exit 1
done
echo 17
)");
        fs::permissions(study.file("bin/sbatch"), fs::perms::owner_all);
        const Variable path("PATH", study.file("bin") + ":" + std::getenv("PATH"));
        const Outcome submitted = study.run({"batch", "segments.yaml", "--output", "slurm", "--slurm", "--shards", "3", "--time", "00:10:00", "--memory", "1G"});
        CAPTURE(submitted.err);
        REQUIRE(submitted.code == 0);
        study.check_same("slurm", "whole");
        const std::string script = text_of(study.file("slurm/slurm/array.sh"));
        for (const char* const line : {"#SBATCH --array=0-2\n", "#SBATCH --requeue\n", "#SBATCH --open-mode=append\n", "#SBATCH --time=00:10:00\n",
                                       "#SBATCH --mem-per-cpu=1G\n", "#SBATCH --signal=B:TERM@60\n", "export FORAMEN_INSTRUCTION_SET="}) {
            CAPTURE(line);
            CHECK(script.find(line) != std::string::npos);
        }
        CHECK(text_of(study.file("asked")).find("--dependency=afterany:17") != std::string::npos);
    }

    TEST_CASE("runs of another program or of a study that has changed: merge and report leave the tables alone, batch says that it begins anew") {
        const Segments study;
        REQUIRE(study.run(study.batch("old")).code == 0);
        const std::string table = text_of(study.file("old/study.csv"));
        std::string base = text_of(study.file("base.yaml"));  // a changed scenario changes every run's name, as another program does
        const std::size_t moment = base.find("7.5 Nm, ramp");
        REQUIRE(moment != std::string::npos);
        write(study.file("base.yaml"), base.replace(moment, 6, "7.4 Nm"));
        for (const char* const action : {"merge", "report"}) {
            CAPTURE(action);
            const Outcome run = study.run({"study", action, "segments.yaml", "--output", "old"});
            CHECK(run.code == 5);
            CHECK(run.err.find("the 6 runs in ") != std::string::npos);
            CHECK(run.err.find("foramen batch segments.yaml") != std::string::npos);
            CHECK(text_of(study.file("old/study.csv")) == table);
            CHECK(!fs::exists(study.file("old/study.html")));
        }
        const Outcome anew = study.run(study.batch("old"));
        CHECK(anew.code == 0);
        CHECK(anew.err.find("every row is computed anew") != std::string::npos);
        CHECK(study.computed("old").size() == 12);
        CHECK(study.run({"study", "report", "segments.yaml", "--output", "old"}).code == 0);
    }

    TEST_CASE("a row that cannot be built is in the table with its reason, the others are done, and nothing is tried again") {
        const Segments study;
        write(study.file("segments.yaml"), std::string(R"(study: 1
name: One too flat
base: base.yaml
seed: 3
design: {kind: list}
vary:
  - {field: patient.discs.L4-L5.height, values: [2.5 mm, 10.5 mm]})") + outputs);
        for (int again = 0; again < 2; ++again) {
            const Outcome run = study.run(study.batch("flat"));
            CAPTURE(run.err);
            CHECK(run.code == 4);
            CHECK(run.out.find("foramen batch segments.yaml --row 1") != std::string::npos);
            CHECK(study.computed("flat").size() == 2);
            const std::string table = text_of(study.file("flat/study.csv"));
            CHECK(table.find("failed") != std::string::npos);
            CHECK(table.find("the disc L4-L5 cannot be meshed") != std::string::npos);
            CHECK(table.find("done") != std::string::npos);
        }
        // the run itself says the same, and leaves nothing
        std::string flat = text_of(study.file("base.yaml"));
        flat.replace(flat.find("10.5 mm"), 7, "2.5 mm");
        write(study.file("flat.yaml"), flat);
        const Outcome alone = study.run({"run", "flat.yaml", "--quiet"});
        CHECK(alone.code == 3);
        CHECK(alone.err.find("the disc L4-L5 cannot be meshed") != std::string::npos);
        CHECK(!fs::exists(study.file("flat.h5")));
    }
}
