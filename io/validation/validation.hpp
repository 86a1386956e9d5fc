#pragma once

#include <functional>
#include <string>
#include <vector>

#include "io/validation/battery.hpp"
#include "io/validation/published_test.hpp"

namespace foramen::io {

enum class Met { in, unclear, missed, not_computed };
inline constexpr std::array<std::string_view, 4> met_words{"in", "unclear", "missed", "not computed"};

/// What the model makes of a target on one anatomy.
struct Ours {
    double value = 0.0;
    Met met = Met::not_computed;
    std::string note;  ///< why it was not computed
};

struct TargetResult {
    const Target* target;
    std::vector<Ours> ours;  ///< one an anatomy
};

struct TestResult {
    const PublishedTest* test;
    std::vector<TargetResult> targets;
};

/// What all tests came to, in their order.
struct Validation {
    std::vector<std::string> anatomies;  ///< names; "": as the scenarios stand
    std::vector<TestResult> tests;
    [[nodiscard]] int count(Met met) const;
};

/// in: within the band; missed: beyond its widest; unclear between. A value that is no number is missed.
[[nodiscard]] Met verdict(const Target::Band& band, double value);

/// One run of the battery, ready or failed.
struct BatteryRun {
    std::string scenario, anatomy;
    double seconds = 0.0;  ///< processor time
    std::string why;       ///< why it did not reach its end
};

/// Runs what the tests need on each anatomy, side by side, one a thread, and reads every target. What cannot be computed is said
/// in its row; nothing else stops.
/// @param finished  called after each run, never twice at once
/// @throws FileError, ScenarioError before anything is run
[[nodiscard]] Validation run_validation(const std::vector<const PublishedTest*>& tests, const std::vector<std::string>& anatomies,
                                        const ReadOptions& options, int threads,
                                        const std::function<void(const BatteryRun&)>& finished);

}  // namespace foramen::io
