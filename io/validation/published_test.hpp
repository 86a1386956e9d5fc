#pragma once

// A published test: one file of data/calibration or data/validation. It says what was measured, by whom, how far the numbers
// can be trusted, and what of the model stands beside each.

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/validation/measure.hpp"

namespace foramen::io {

enum class Use { calibration, validation };
inline constexpr std::array<std::string_view, 2> use_words{"calibration", "validation"};

enum class Status { found, computed, recalled, proposed };
inline constexpr std::array<std::string_view, 4> status_words{"FOUND", "COMPUTED", "RECALLED", "PROPOSED"};

/// A published value with what is known of its spread: a range, a standard deviation, or neither.
struct Target {
    std::string what;              ///< for people: flexion and extension
    std::string unit;              ///< deg, N/mm, MPa, 1, %
    std::optional<double> median;  ///< or mean
    std::optional<double> low, high;
    std::optional<double> deviation, largest_deviation;  ///< standard; the largest where only the two extremes are known
    std::optional<double> tolerance;                     ///< share of the median, where no spread was published (PROPOSED)
    int kind = 0;                                        ///< index in measure_kinds()
    std::shared_ptr<Measure> measure;                    ///< with its input

    /// Within low .. high the target is met, beyond least .. largest it is missed.
    struct Band {
        double low, high, least, largest;
    };
    [[nodiscard]] Band band() const;
    /// The median, or the middle of the range.
    [[nodiscard]] double centre() const;
};

struct PublishedTest {
    std::string name;  ///< of the file, without .yaml
    Use use = Use::validation;
    std::string title, about, source, address;
    Status status = Status::recalled;
    std::vector<Target> targets;
};

/// @param battery  folder of the scenarios that targets name
/// @throws FileError, or ScenarioError with every problem of the file
[[nodiscard]] PublishedTest read_published_test(const std::filesystem::path& file, Use use, const std::filesystem::path& battery);

/// All tests of data/calibration and data/validation, each folder by name. Every file is read before anything is said.
/// @throws FileError, ScenarioError
[[nodiscard]] std::vector<PublishedTest> read_published_tests(const std::filesystem::path& data,
                                                              const std::filesystem::path& battery);

}  // namespace foramen::io
