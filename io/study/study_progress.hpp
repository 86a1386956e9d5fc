#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace foramen::io {

/// Progress of a whole study on standard error: on a terminal one line that is rewritten; elsewhere a plain line every tenth of the
/// study or every 30 s.
class StudyProgress {
public:
    /// @param runs  that are still to do
    StudyProgress(std::string name, std::size_t runs, bool quiet);
    void count(bool failed);
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    std::string name_;
    std::size_t runs_, done_ = 0, failed_ = 0, shown_ = 0;
    bool quiet_, terminal_;
    Clock::time_point start_, last_;
};

}  // namespace foramen::io
