#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/study/ceiling_spec.hpp"
#include "scenarios/study/design.hpp"
#include "scenarios/study/distribution.hpp"

namespace foramen::scenarios {

/// rise_in_pull: the largest rise from the beginning of a pull (pretension, ramp up and hold; a wave or a record as a whole) to a moment of the
/// same pull.
enum class Reduction { largest, smallest, end, start, mean, change, rise, fraction_above, fraction_below, rise_in_pull };
enum class Across { largest, smallest, mean, sum };
enum class During { session, hold, after };
enum class Keep { none, failed, edges, all };

inline constexpr std::array<std::string_view, 10> reduction_words{"max", "min", "end", "start", "mean", "change", "rise", "fraction_above", "fraction_below", "rise_in_pull"};
inline constexpr std::array<std::string_view, 4> across_words{"max", "min", "mean", "sum"};
inline constexpr std::array<std::string_view, 3> during_words{"session", "hold", "after"};
inline constexpr std::array<std::string_view, 4> keep_words{"none", "failed", "edges", "all"};

/// One number of a run: a series, reduced over its labels and over time.
struct Output {
    std::string name;    ///< column of the table
    std::string series;  ///< docs/observables.md
    std::string label;   ///< empty: all labels, "CL *": those that begin so; reduced by `across` at every time
    Across across = Across::largest;
    Reduction reduce = Reduction::largest;
    std::optional<double> threshold;  ///< of the two fractions, in the series' unit
    During during = During::session;
    bool operator==(const Output&) const = default;
};

/// A run responds when each of these holds.
struct Criterion {
    std::string output;
    std::optional<double> above, below;  ///< strictly, in the output's unit
    bool operator==(const Criterion&) const = default;
};

struct Varied {
    std::string field;  ///< path in the base scenario
    Distribution distribution;
    bool operator==(const Varied&) const = default;
};

/// Correlation of the normal scores of two inputs.
struct Correlation {
    std::string first, second;  ///< fields
    double coefficient = 0.0;
    bool operator==(const Correlation&) const = default;
};

struct Design {
    DesignKind kind = DesignKind::population;
    std::optional<int> size;  ///< patients or points; base rows of sobol_indices; trajectories of morris
    int levels = 4;           ///< of morris
    bool operator==(const Design&) const = default;
};

/// Many runs of one scenario. What varies is described in the units of the base scenario's fields.
struct Study {
    int format = 1;
    std::string name, description;
    std::string base;  ///< scenario: a file beside the study or a name of the library
    int seed = 1;
    Design design;
    std::vector<Varied> vary;
    std::vector<Correlation> correlations;
    std::vector<Output> outputs;
    std::vector<Criterion> responder;
    Keep keep = Keep::none;
    std::optional<CeilingSpec> ceiling;

    Scenario base_scenario;  ///< read before the rest is described
};

void describe(engine::FieldVisitor& v, Output& o);
void describe(engine::FieldVisitor& v, Criterion& c);
void describe(engine::FieldVisitor& v, Correlation& c);
void describe(engine::FieldVisitor& v, Design& d);
void describe(engine::FieldVisitor& v, Study& s);

/// Everything wrong with a study that no description says. Series and labels are the affair of whoever has a model.
[[nodiscard]] std::vector<Problem> problems(const Study& study);

[[nodiscard]] bool needs_size(DesignKind kind);

}  // namespace foramen::scenarios
