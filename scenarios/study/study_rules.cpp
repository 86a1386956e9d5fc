#include <algorithm>
#include <set>

#include "scenarios/study/study.hpp"
#include "scenarios/study/study_design.hpp"

namespace foramen::scenarios {

namespace {

constexpr double most_runs = 1e6;

using Problems = std::vector<Problem>;

std::string item(const char* list, std::size_t i) { return std::string(list) + "[" + std::to_string(i + 1) + "]"; }

bool lists_values(DesignKind kind) { return kind == DesignKind::grid || kind == DesignKind::zip || kind == DesignKind::list; }

void inputs(const Study& s, Problems& found) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < s.vary.size(); ++i) {
        const Varied& varied = s.vary[i];
        const std::string path = item("vary", i);
        const std::optional<FieldKind> kind = find_field(s.base_scenario, varied.field);
        if (!seen.insert(varied.field).second) found.push_back({.path = path + ".field", .reason = "\"" + varied.field + "\" varies twice", .hint = "remove one"});
        if (!kind) {
            found.push_back({.path = path + ".field", .reason = "the base scenario does not use a field \"" + varied.field + "\"", .hint = ""});
            continue;
        }
        if (!kind->words.empty() && varied.distribution.choices.empty()) {
            found.push_back({.path = path, .reason = "a field of words needs values", .hint = "for example values: [" + std::string(kind->words.front()) + "]"});
            continue;
        }
        for (const std::string& fault : faults(varied.distribution)) found.push_back({.path = path, .reason = fault, .hint = ""});
        if (lists_values(s.design.kind) && varied.distribution.choices.empty())
            found.push_back({.path = path, .reason = "this design needs values", .hint = "for example values: [300 N, 400 N]", .involves = {"design.kind"}});
    }
    if (s.vary.empty()) found.push_back({.path = "vary", .reason = "nothing varies", .hint = "name a field and its law"});
}

void design(const Study& s, Problems& found) {
    const DesignKind kind = s.design.kind;
    if (needs_size(kind) != s.design.size.has_value())
        found.push_back({.path = "design.size",
                         .reason = needs_size(kind) ? "is missing" : "follows from the values",
                         .hint = needs_size(kind) ? "for example size: 500" : "remove it"});
    if (kind == DesignKind::morris && s.design.levels % 2 != 0)
        found.push_back({.path = "design.levels", .reason = "must be even, is " + std::to_string(s.design.levels), .hint = "for example 4"});
    const std::size_t dimensions = s.vary.size() * (kind == DesignKind::sobol_indices ? 2 : 1);
    if ((kind == DesignKind::sobol_indices || kind == DesignKind::sobol_sequence) && dimensions > largest_sequence_dimension)
        found.push_back({.path = "vary",
                         .reason = "the sequence has at most " + std::to_string(largest_sequence_dimension) + " dimensions, this design needs " + std::to_string(dimensions),
                         .hint = "screen with kind: morris first, or use latin_hypercube"});
    if (kind == DesignKind::zip)
        for (std::size_t i = 1; i < s.vary.size(); ++i)
            if (s.vary[i].distribution.choices.size() != s.vary[0].distribution.choices.size())
                found.push_back({.path = item("vary", i), .reason = "zip needs as many values for every field", .hint = ""});
    if (const double runs = expected_runs(s); runs > most_runs)
        found.push_back({.path = "design", .reason = "more than a million runs", .hint = "use fewer values, or latin_hypercube"});
}

void correlations(const Study& s, Problems& found) {
    if (s.correlations.empty()) return;
    const bool independent = !(s.design.kind == DesignKind::population || s.design.kind == DesignKind::latin_hypercube || s.design.kind == DesignKind::sobol_sequence);
    if (independent) {
        found.push_back({.path = "correlations", .reason = "this design needs independent inputs", .hint = "remove them, or use population, latin_hypercube, sobol_sequence", .involves = {"design.kind"}});
        return;
    }
    bool complete = true;
    for (std::size_t i = 0; i < s.correlations.size(); ++i) {
        const Correlation& c = s.correlations[i];
        for (const auto& [name, field] : {std::pair{".first", c.first}, {".second", c.second}}) {
            if (std::any_of(s.vary.begin(), s.vary.end(), [&](const Varied& v) { return v.field == field; })) continue;
            found.push_back({.path = item("correlations", i) + name, .reason = "\"" + field + "\" does not vary", .hint = ""});
            complete = false;
        }
        if (c.first == c.second) {
            found.push_back({.path = item("correlations", i), .reason = "a field with itself", .hint = ""});
            complete = false;
        }
    }
    if (complete && !positive_definite(correlation_matrix(s)))
        found.push_back({.path = "correlations", .reason = "no population has these correlations together: their matrix is not positive definite", .hint = "make them smaller, or give those between the others"});
}

void outputs(const Study& s, Problems& found) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < s.outputs.size(); ++i) {
        const Output& o = s.outputs[i];
        if (!names.insert(o.name).second) found.push_back({.path = item("outputs", i) + ".name", .reason = "two outputs are called \"" + o.name + "\"", .hint = ""});
        if (o.name.find_first_of(",\"\n") != std::string::npos) found.push_back({.path = item("outputs", i) + ".name", .reason = "a name has no comma and no quote", .hint = ""});
        const bool fraction = o.reduce == Reduction::fraction_above || o.reduce == Reduction::fraction_below;
        if (fraction != o.threshold.has_value())
            found.push_back({.path = item("outputs", i) + ".threshold", .reason = fraction ? "is missing" : "is used by the fractions only", .hint = fraction ? "for example threshold: 0" : "remove it"});
    }
    for (std::size_t i = 0; i < s.responder.size(); ++i) {
        const Criterion& c = s.responder[i];
        if (!names.contains(c.output)) found.push_back({.path = item("responder", i) + ".output", .reason = "there is no output \"" + c.output + "\"", .hint = ""});
        if (!c.above && !c.below) found.push_back({.path = item("responder", i), .reason = "needs above or below", .hint = "for example above: 0.5"});
    }
    if (s.outputs.empty() && !s.ceiling) found.push_back({.path = "outputs", .reason = "nothing is kept of a run", .hint = "name an output, or a ceiling"});
}

void ceiling(const Study& s, Problems& found) {
    if (!s.ceiling) return;
    const CeilingSpec& c = *s.ceiling;
    const double high = c.high.value_or(s.base_scenario.device.max_force);
    if (!(c.low + c.tolerance < high)) found.push_back({.path = "ceiling.low", .reason = "there is no bracket between low and high", .hint = "low + tolerance must lie below high"});
    if (s.base_scenario.laboratory || std::none_of(s.base_scenario.session.begin(), s.base_scenario.session.end(), [](const Activity& a) { return a.kind == ActivityKind::traction; }))
        found.push_back({.path = "base", .reason = "the base scenario pulls at nobody: there is no ceiling to find", .hint = "use a scenario with a traction"});
    if (s.design.kind == DesignKind::morris || s.design.kind == DesignKind::sobol_indices)
        found.push_back({.path = "design.kind", .reason = "a ceiling needs a population", .hint = "use population, latin_hypercube or sobol_sequence"});
}

}  // namespace

std::vector<Problem> problems(const Study& study) {
    Study copy = study;
    std::vector<Problem> found = out_of_range([&](engine::FieldVisitor& v) { describe(v, copy); });
    inputs(study, found);
    design(study, found);
    correlations(study, found);
    outputs(study, found);
    ceiling(study, found);
    return found;
}

}  // namespace foramen::scenarios
