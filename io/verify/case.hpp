#pragma once

// A verification case: one file of data/verification. It poses a benchmark by its input and says what must come out.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::io {

/// What a difference is divided by before it is held against the tolerance.
enum class Scale {
    range,  ///< largest less smallest value of the reference curve
    value,  ///< the reference's value, at every point
    unit,   ///< nothing: an absolute difference
};
inline constexpr std::array<std::string_view, 3> scale_words{"range", "value", "unit"};

/// One thing that must hold of a trace; exactly one of curve, value, at_least, at_most is given.
struct Expectation {
    std::string what;   ///< for people: settlement of the surface
    std::string trace;  ///< of the benchmark
    std::string curve;  ///< file of the reference curve: its first column is x
    std::string column;
    std::optional<double> from, to;  ///< x that are compared
    std::optional<double> value, at_least, at_most;
    std::optional<double> tolerance;
    Scale of = Scale::value;
    std::string source;  ///< of the reference
    std::string why;     ///< this tolerance
};

struct VerificationCase {
    std::string name;  ///< of the file, without .yaml
    std::filesystem::path folder;
    std::string title;
    std::string about;
    int kind = 0;       ///< index in verification_kinds()
    bool full = false;  ///< runs only when all is asked for
    std::string needs;  ///< data that is not in the tree: peer-cases/disc-2k; empty: nothing
    std::vector<Expectation> expect;
    std::unique_ptr<models::Benchmark> benchmark;  ///< with its input
};

/// Every kind of problem that a case may pose, those of the models first.
[[nodiscard]] const std::vector<models::BenchmarkKind>& verification_kinds();

/// @throws FileError, or ScenarioError with every problem of the file
[[nodiscard]] VerificationCase read_case(const std::filesystem::path& file);

/// The cases of a folder, by name. Every file is read before anything is said.
/// @throws FileError, ScenarioError
[[nodiscard]] std::vector<VerificationCase> read_cases(const std::filesystem::path& folder,
                                                       const std::function<bool(const std::string& name)>& wanted = {});

/// Where a file that a case names lies: peer-cases/... is looked for in FORAMEN_PEER_CASES, then in shared/peer-cases beside the
/// source tree; everything else in `folder`. Empty if there is no such file or folder.
[[nodiscard]] std::filesystem::path find_case_data(const std::string& name, const std::filesystem::path& folder);

}  // namespace foramen::io
