#include "io/progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <csignal>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace foramen::io {

namespace {

volatile std::sig_atomic_t stop_flag = 0;

extern "C" void on_signal(int number) {
    if (stop_flag != 0) std::_Exit(128 + number);
    stop_flag = 1;
}

}  // namespace

std::string duration_text(double seconds) {
    const long s = std::lround(seconds);
    if (s >= 3600) return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
    if (s >= 60) return fmt::format("{} min {:02} s", s / 60, s % 60);
    return fmt::format("{} s", s);
}

void stop_on_signals() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

bool stop_requested() { return stop_flag != 0; }

Progress::Progress(std::string name, double duration, bool quiet)
    : name_(std::move(name)), duration_(duration), quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0), start_(Clock::now()), last_(start_) {}

void Progress::say(const std::string& text) const {
    if (!quiet_) fmt::print(stderr, "{}: {}\n", name_, text);
}

void Progress::on_step(const engine::StepView& view) {
    if (quiet_) return;
    if (view.step == 0.0) {
        start_ = last_ = Clock::now();
        return;
    }
    const auto now = Clock::now();
    const double since = std::chrono::duration<double>(now - last_).count(), share = view.time / duration_;
    const bool due = terminal_ ? since >= 0.1 : (since >= 30.0 || share >= last_share_ + 0.1);
    if (!due) return;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const std::string left = share > 0.0 ? duration_text(elapsed * (1.0 - share) / share) : "?";
    const std::string line = fmt::format("{}: {:5.1f} % of {} (step {:.2g} s), {} left", name_, 100.0 * share, duration_text(duration_), view.step, left);
    if (terminal_) {
        fmt::print(stderr, "\r{:<79}", line);
        std::fflush(stderr);
    } else {
        fmt::print(stderr, "{}\n", line);
    }
    drawn_ = true;
    last_ = now;
    last_share_ = share;
}

bool Progress::wants_stop() { return stop_requested(); }

void Progress::finish() {
    if (terminal_ && drawn_) fmt::print(stderr, "\r{:<79}\r", "");
    drawn_ = false;
}

}  // namespace foramen::io
