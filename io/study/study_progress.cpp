#include "io/study/study_progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

#include "io/progress.hpp"

namespace foramen::io {

StudyProgress::StudyProgress(std::string name, std::size_t runs, bool quiet)
    : name_(std::move(name)), runs_(runs), quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0), start_(Clock::now()), last_(start_) {
    if (!quiet_) fmt::print(stderr, "{}: {} to do\n", name_, runs_);
}

void StudyProgress::count(bool failed) {
    ++done_;
    failed_ += failed ? 1 : 0;
    const auto now = Clock::now();
    const double since = std::chrono::duration<double>(now - last_).count(), elapsed = std::chrono::duration<double>(now - start_).count();
    const bool due = terminal_ ? since >= 0.1 || done_ == runs_ : since >= 30.0 || 10 * (done_ - shown_) >= runs_ || done_ == runs_;
    if (quiet_ || !due) return;
    const double left = elapsed * static_cast<double>(runs_ - done_) / static_cast<double>(done_);
    const std::string line = fmt::format("{}: {}/{} {:.0f} %, {} failed, {:.0f} an hour, {} left", name_, done_, runs_,
                                         100.0 * static_cast<double>(done_) / static_cast<double>(runs_), failed_,
                                         3600.0 * static_cast<double>(done_) / elapsed, duration_text(left));
    terminal_ ? fmt::print(stderr, "\r{:<79}", line) : fmt::print(stderr, "{}\n", line);
    std::fflush(stderr);
    last_ = now;
    shown_ = done_;
}

void StudyProgress::finish() {
    if (!quiet_ && terminal_ && shown_ > 0) fmt::print(stderr, "\n");
}

}  // namespace foramen::io
