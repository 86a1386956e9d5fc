// The dashboard: what it serves, to whom, and what a real browser makes of it.

#include <doctest/doctest.h>

#include <fmt/format.h>

#include "io/device/dashboard.hpp"
#include "tests/device/peers.hpp"

namespace {

using namespace foramen::io;

constexpr int not_installed = 77;

/// What a program printed, and its exit code.
struct Said {
    std::string text;
    int status = -1;
    [[nodiscard]] bool has(const std::string& line) const { return ("\n" + text).find("\n" + line + "\n") != std::string::npos; }
};

Said run(const std::string& command) {
    Said said;
    FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
    for (int c; (c = std::fgetc(pipe)) != EOF;) said.text += static_cast<char>(c);
    said.status = WEXITSTATUS(pclose(pipe));
    return said;
}

/// A session that stands still with values that one can recognise.
void fill(SessionView& view) {
    TickRecord tick;
    tick.tick = 4321;
    tick.state = State::holdover;
    tick.reason = Fault::unreadable;
    tick.force = 123.4;
    tick.age = 0.012;
    tick.ceiling = 300.0;
    view.tick.write(tick);
    Solution solution;
    solution.observed_tick = 4319;
    solution.pressure = {0.111, 0.222, 0.333, 0.444, -0.055};
    solution.foramen.fill(150.0);
    solution.share = {0.1, 0.2, 0.456, 0.3};
    view.solution.write(solution);
    view.accounting.write({.ticks = 4322, .skipped = 1, .solved = 4320, .missed = 2, .longest_miss = 2});
    LatencyHistogram wake;
    wake.add(1'000'000);
    view.wake.write(wake);
}

}  // namespace

TEST_SUITE("device/dashboard") {
    TEST_CASE("it answers this machine alone, under its own name, and a browser shows what the session's mailboxes hold") {
        const auto view = std::make_unique<SessionView>();
        fill(*view);
        const Dashboard dashboard(*view, {"A <pull> & more", "an emulated device", "A bench instrument", 100.0}, 0);
        const Said said = run(fmt::format("timeout 240 /usr/bin/python3 {}/tests/device/peers/dashboard.py {}", FORAMEN_SOURCE_DIR, dashboard.port()));
        INFO(said.text);
        CHECK(said.has("foreign-host 403"));
        CHECK(said.has("own-host 200"));
        CHECK(said.has("unknown 404"));
        CHECK(said.has("elsewhere False"));
        if (said.status == not_installed) {
            MESSAGE("the browser's part is skipped: " << said.text);
            return;
        }
        CHECK(said.status == 0);
        CHECK(said.has("title A <pull> & more"));
        CHECK(said.has("notice A bench instrument"));
        CHECK(said.has("state holdover"));
        CHECK(said.has("reason unreadable"));
        CHECK(said.has("force 123.4 N"));
        CHECK(said.has("pressure 0.111 0.222 0.333 0.444 -0.055"));
        CHECK(said.has("limit 45.6 %"));
        CHECK(said.has("ticks 4322 ticks at 100 a second = 4320 with the solver done + 2 missed (longest run 2); 1 left out"));
        CHECK(said.has("drawn True"));
        CHECK(said.has("fed True"));
        CHECK(said.has("silent True"));
        CHECK(said.has("outside 0"));
    }

    TEST_CASE("a port that is taken is said") {
        const auto view = std::make_unique<SessionView>();
        const Dashboard first(*view, {}, 0);
        CHECK_THROWS_WITH_AS(Dashboard(*view, {}, first.port()), doctest::Contains("is taken"), FileError);
    }
}
