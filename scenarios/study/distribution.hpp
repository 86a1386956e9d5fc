#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/study/field_path.hpp"

namespace foramen::scenarios {

enum class Law { uniform, normal, lognormal, triangular };
inline constexpr std::array<std::string_view, 4> law_words{"uniform", "normal", "lognormal", "triangular"};

/// One of several listed values.
struct Choice {
    double value = 0.0;  ///< internal units; of a word: its index
    double share = 1.0;  ///< how often, relative to the others
    bool operator==(const Choice&) const = default;
};

/// How an input varies: listed values, or a law between bounds.
struct Distribution {
    Law law = Law::uniform;
    std::optional<double> low{}, high{};  ///< bounds: of uniform and triangular both, else truncation
    std::optional<double> mean{};       ///< of the law before truncation; of lognormal: of the value itself; of triangular: its peak
    std::optional<double> deviation{};  ///< standard deviation, like the mean
    std::vector<Choice> choices{};      ///< not empty: the law is not used
    bool operator==(const Distribution&) const = default;

    /// The value below which a share u of the population lies, 0 < u < 1. Truncated laws keep their shape between the bounds.
    /// @pre faults(*this) is empty
    [[nodiscard]] double quantile(double u) const;
};

/// What is missing or wrong, one sentence each.
[[nodiscard]] std::vector<std::string> faults(const Distribution& distribution);

/// Describes the law's fields in the dimension of what varies, for number fields.
void describe(engine::FieldVisitor& v, Distribution& distribution, const FieldKind& kind);

}  // namespace foramen::scenarios
