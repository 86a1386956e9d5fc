// The program itself, killed by SIGKILL at random moments of a run.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <thread>

#include "tests/runs/reference_run.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* older_result = "an older result of the same name";

enum class Moment { before_commit, with_part, after_commit };

/// The share of the session that the program reported as done last: each report follows the commit of its step.
double reported_share(const std::string& progress) {
    double share = 0.0;
    for (std::size_t at = progress.find(" % of "); at != std::string::npos; at = progress.find(" % of ", at + 1)) {
        const std::size_t colon = progress.rfind(':', at);
        share = std::stod(progress.substr(colon + 1, at - colon - 1)) / 100.0;
    }
    return share;
}

/// One run in a folder of its own that is killed a while after it reached its moment.
class Trial {
public:
    Trial(const TemporaryFolder& folder, Moment moment, const std::string& flush, double delay)
        : folder_(folder), moment_(moment), flush_(flush), delay_(delay) {
        fs::remove(path());
        if (moment == Moment::before_commit) write_text(path(), older_result);
        write_text(folder.file("short.yaml"), short_scenario);
        program_ = std::make_unique<Program>(
            folder.file(""), std::vector<std::string>{"run", "short.yaml", "--threads", "1", "--flush", flush, "--force"},
            folder.file(""));
        start_ = Clock::now();
        due_ = moment == Moment::before_commit;
    }

    /// Kills the program when it is time. @return whether it is gone
    bool step() {
        const auto now = Clock::now();
        if (!due_ && fs::exists(moment_ == Moment::with_part ? path() + ".part" : path())) {
            due_ = true;
            start_ = now;
        }
        if (!program_->running()) return true;
        if (!due_ || std::chrono::duration<double>(now - start_).count() < delay_) return false;
        if (moment_ == Moment::after_commit) seen_ = ResultFile(path()).times().size();
        killed_ = true;
        program_->kill_now();
        return true;
    }

    /// Compares what is left with the undisturbed run. @return whether it was killed, rather than too late
    bool check(const ResultFile& undisturbed) {
        INFO("flush " << flush_ << " s, killed after " << delay_ << " s");
        if (killed_ && moment_ == Moment::before_commit && text_of(path()) == older_result) return true;
        // it may have been between its last commit and its end: then all of the run is there, as below
        if (killed_ && moment_ == Moment::with_part && !fs::exists(path())) {
            CHECK(fs::exists(path() + ".part"));
            CHECK_THROWS_WITH_AS(ResultFile{path()}, doctest::Contains("has not committed anything yet"), FileError);
            return true;
        }
        CHECK_FALSE(fs::exists(path() + ".part"));
        const ResultFile result(path());
        if (!killed_) {
            CHECK(program_->wait() == 0);
            check_same_bits(result, undisturbed);
            return false;
        }
        if (result.status() == RunStatus::complete) {  // the signal came between the end of the file and that of the program
            check_same_bits(result, undisturbed);
            return false;
        }
        CHECK(result.status() == RunStatus::running);
        rows_ = result.times().size();
        REQUIRE(rows_ >= std::max<std::size_t>(1, seen_));
        CHECK(result.times().front() == 0.0);
        CHECK(std::adjacent_find(result.times().begin(), result.times().end(), std::greater_equal<>()) == result.times().end());
        // with a commit at every step all that was reported is there; the report has one decimal
        if (flush_ == "0") CHECK(result.times().back() >= (reported_share(program_->err()) - 6e-4) * undisturbed.times().back());
        for (const SeriesSpec& series : result.series())
            CHECK(result.history(series.name).size() == rows_ * std::max<std::size_t>(1, series.labels.size()));
        check_same_bits(result, undisturbed, rows_);
        return true;
    }
    [[nodiscard]] std::size_t rows() const { return rows_; }

private:
    [[nodiscard]] std::string path() const { return folder_.file("short.h5"); }

    const TemporaryFolder& folder_;
    Moment moment_;
    std::string flush_;
    double delay_;
    std::unique_ptr<Program> program_{};
    Clock::time_point start_{};
    bool due_ = false, killed_ = false;
    std::size_t seen_ = 0, rows_ = 0;
};

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("the program killed at any of twenty moments leaves a result with every committed step, or the older one") {
        const ReferenceRun& reference = ReferenceRun::get();
        const ResultFile undisturbed(reference.path());
        const double to_commit = reference.seconds_to_first_commit(), session = reference.seconds() - to_commit;
        std::mt19937_64 random(20);
        const auto share = [&random] { return static_cast<double>(random() >> 11) * 0x1p-53; };
        // per lane: what may be killed before its first commit is not yet a result; the run after it takes its .part away
        constexpr Moment plan[] = {Moment::before_commit, Moment::with_part,    Moment::after_commit, Moment::after_commit,
                                   Moment::after_commit,  Moment::after_commit, Moment::after_commit, Moment::after_commit,
                                   Moment::after_commit,  Moment::after_commit};
        const TemporaryFolder lanes[2];
        int killed = 0, late = 0;
        std::size_t rows = 0;
        double pace = 0.8;  // share of the undisturbed run's time within which they are killed
        for (std::size_t turn = 0; turn < std::size(plan) && late < 12;) {
            std::vector<std::unique_ptr<Trial>> pair;
            for (std::size_t lane = 0; lane < 2; ++lane) {
                const Moment moment = plan[turn];
                const std::string flush = moment != Moment::after_commit ? "1000" : ((turn + lane) % 2 == 0 ? "0" : "0.2");
                const double delay = pace * share() * (moment == Moment::before_commit ? to_commit : session);
                pair.push_back(std::make_unique<Trial>(lanes[lane], moment, flush, delay));
            }
            std::vector<bool> gone(2, false);
            while (!gone[0] || !gone[1]) {
                for (std::size_t lane = 0; lane < 2; ++lane)
                    if (!gone[lane]) gone[lane] = pair[lane]->step();
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            const int before = late;
            for (const auto& trial : pair) {
                ++(trial->check(undisturbed) ? killed : late);
                rows += trial->rows();
            }
            // a run that ended by itself was faster than the undisturbed one: the turn is taken again, with less time
            if (late == before)
                ++turn;
            else
                pace *= 0.6;
        }
        CHECK(killed >= 20);
        MESSAGE(killed, " killed, ", late, " too late; committed steps compared: ", rows, ", of ", undisturbed.times().size(),
                " a whole run");
    }
}
