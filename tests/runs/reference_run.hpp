#pragma once

#include <string>

#include "io/result_file.hpp"
#include "tests/runs/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace foramen::testing {

/// One short pull between two rests on the coarse mesh; whole fields every 2 s of the session, every bit of them; solved more
/// tightly than a user would, so that what must balance does to 1e-6.
inline constexpr const char* short_scenario = R"(foramen: 1
extends: quick
name: One short pull
session:
  - rest: 5 s
  - traction: {extends: intermittent-60-20, duration: ~, cycles: 1, hold: {time: 10 s}, ramp: {up: 60 N/s, down: 60 N/s}}
  - rest: 5 s
model: {force_tolerance: 1e-7}
output: {fields: every 2 s, precision: 23 bit}
)";

inline void write_text(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

/// The short scenario run once, undisturbed, with one thread; made at the first use and kept for every test of this program.
class ReferenceRun {
public:
    [[nodiscard]] static const ReferenceRun& get() {
        static const ReferenceRun run;
        return run;
    }
    [[nodiscard]] std::string folder() const { return folder_.file(""); }
    [[nodiscard]] std::string scenario() const { return folder_.file("short.yaml"); }
    [[nodiscard]] std::string path() const { return folder_.file("short.h5"); }
    [[nodiscard]] std::string printed() const { return printed_; }
    [[nodiscard]] double seconds_to_first_commit() const { return first_commit_; }
    [[nodiscard]] double seconds() const { return seconds_; }

private:
    ReferenceRun();

    TemporaryFolder folder_;
    std::string printed_;
    double first_commit_ = 0.0, seconds_ = 0.0;
};

/// Checks that two results have the same meshes, times, histories and fields, bit for bit.
/// @param rows  of the histories, that many of the first; fields up to the last of these times. 0: all, and as many in both
void check_same_bits(const io::ResultFile& actual, const io::ResultFile& expected, std::size_t rows = 0);

}  // namespace foramen::testing
