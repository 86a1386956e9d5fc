#include "io/validation/published_test.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/case_files.hpp"
#include "io/field_reader.hpp"
#include "io/result_file.hpp"
#include "scenarios/range_check.hpp"

namespace foramen::io {

namespace fs = std::filesystem;
using engine::Dimension;
using engine::FieldVisitor;

namespace {

const std::vector<std::string_view>& kind_words() {
    static const std::vector<std::string_view> words = [] {
        std::vector<std::string_view> names;
        for (const MeasureKind& kind : measure_kinds()) names.push_back(kind.name);
        return names;
    }();
    return words;
}

}  // namespace

/// Describes a target; its input is that of the kind which was read before it.
void describe(FieldVisitor& v, Target& t) {
    v.text("what", t.what, {.help = "the quantity, for people", .example = "flexion and extension", .required = true});
    v.text("unit", t.unit, {.help = "of all values of this target", .example = "deg", .required = true});
    v.quantity("median", t.median, Dimension::none, {}, {.help = "published median or mean"});
    v.quantity("low", t.low, Dimension::none, {}, {.help = "lower end of the published range"});
    v.quantity("high", t.high, Dimension::none, {}, {.help = "its upper end"});
    v.quantity("deviation", t.deviation, Dimension::none, {0.0}, {.help = "published standard deviation"});
    v.quantity("largest_deviation", t.largest_deviation, Dimension::none, {0.0},
               {.help = "where only the smallest and the largest of a series are known: the target is missed beyond this one"});
    v.quantity("tolerance", t.tolerance, Dimension::fraction, {0.0, 1.0},
               {.help = "of the median, where no spread is known", .source = "assumption: an engineering choice"});
    v.on_word(
        {"measure", kind_words(), {}, {.help = "what of the model stands beside it", .example = "change", .required = true}},
        t.kind);
    if (!t.measure) t.measure = measure_kinds()[static_cast<std::size_t>(t.kind)].make();
    v.on_section("input", {.help = "of the measure"}, nullptr, [&] { t.measure->describe_input(v); });
}

void describe(FieldVisitor& v, PublishedTest& t) {
    v.text("title", t.title, {.help = "one line", .example = "L1-L5 at 7.5 Nm", .required = true});
    v.text("about", t.about, {.help = "what was tested, how, and what is not known of it", .example = "...", .required = true});
    v.text("source", t.source,
           {.help = "who measured it", .example = "Dreischarf et al. (2014) J Biomech 47:1757", .required = true});
    v.text("address", t.address, {.help = "of the source"});
    v.word("status", t.status, status_words,
           {.help = "how far the numbers can be trusted", .example = "FOUND", .required = true});
    v.list("targets", t.targets, {.help = "what was measured", .example = "- what: ...", .required = true});
}

namespace {

/// What no description says of a target.
std::string fault_of(const Target& t) {
    if (t.low.has_value() != t.high.has_value()) return "low and high belong together";
    const int given = (t.low ? 1 : 0) + (t.deviation ? 1 : 0) + (t.tolerance ? 1 : 0);
    if (given != 1) return "expected exactly one of low and high, deviation, tolerance";
    if (!t.low && !t.median) return "deviation and tolerance need a median";
    if (t.largest_deviation && (!t.deviation || *t.largest_deviation < *t.deviation))
        return "largest_deviation needs a deviation, and is not below it";
    if (t.low && (*t.low > *t.high || (t.median && (*t.median < *t.low || *t.median > *t.high))))
        return "expected low <= median <= high";
    return "";
}

void report_problems(PublishedTest& test, const fs::path& battery, const FieldReader& reader, Diagnostics& diagnostics) {
    for (const auto& problem : scenarios::out_of_range([&](FieldVisitor& v) { describe(v, test); }))
        if (!diagnostics.touches(problem.path)) diagnostics.error(reader.place(problem.path), problem.path, problem.reason);
    for (std::size_t i = 0; i < test.targets.size(); ++i) {
        const std::string path = fmt::format("targets[{}]", i + 1);
        if (diagnostics.touches(path)) continue;
        if (const std::string fault = fault_of(test.targets[i]); !fault.empty())
            diagnostics.error(reader.place(path), path, fault);
        for (const std::string& scenario : test.targets[i].measure->scenarios()) {
            std::error_code ignored;
            if (!fs::is_regular_file(battery / (scenario + ".yaml"), ignored))
                diagnostics.error(reader.place(path + ".input"), path + ".input",
                                  fmt::format("there is no scenario \"{}\"", scenario),
                                  "scenarios of targets lie in scenarios/battery");
        }
    }
}

}  // namespace

Target::Band Target::band() const {
    if (low) return {*low, *high, *low, *high};
    const double half = deviation ? *deviation : std::abs(*median) * tolerance.value_or(0.0),
                 most = largest_deviation.value_or(half);
    return {*median - half, *median + half, *median - most, *median + most};
}

double Target::centre() const { return median ? *median : 0.5 * (*low + *high); }

PublishedTest read_published_test(const fs::path& file, Use use, const fs::path& battery) {
    PublishedTest test;
    test.name = file.stem().string();
    test.use = use;
    read_described(
        file, [&](FieldVisitor& v) { describe(v, test); },
        [&](const FieldReader& reader, Diagnostics& diagnostics) { report_problems(test, battery, reader, diagnostics); });
    return test;
}

std::vector<PublishedTest> read_published_tests(const fs::path& data, const fs::path& battery) {
    std::vector<PublishedTest> all;
    std::vector<Diagnostic> problems;
    for (const Use use : {Use::calibration, Use::validation}) {
        auto some = read_all<PublishedTest>(
            data / use_words[static_cast<std::size_t>(use)],
            [&](const fs::path& file) { return read_published_test(file, use, battery); }, problems);
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    if (!problems.empty()) throw ScenarioError(data.string(), problems);
    return all;
}

}  // namespace foramen::io
