#include "io/verify/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/result_file.hpp"
#include "io/spelling.hpp"
#include "io/verify/reference_curve.hpp"

namespace foramen::io {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
constexpr double no_limit = std::numeric_limits<double>::infinity();

ComparisonRow failed(ComparisonRow row, std::string why) {
    row.verdict = Verdict::fail;
    row.difference = nowhere;
    row.note = std::move(why);
    return row;
}

double over_scale(double difference, Scale of, double reference, double range) {
    if (difference == 0.0) return 0.0;
    return of == Scale::unit ? difference : difference / (of == Scale::range ? range : std::abs(reference));
}

/// Worst point of a trace against a curve. A difference that is no number is the worst there is.
ComparisonRow against_curve(ComparisonRow row, const Expectation& e, const models::Trace& trace, const ReferenceCurve& curve) {
    if (trace.x.size() != trace.y.size()) return failed(row, fmt::format("{} is a number, no curve", e.trace));
    const double first = std::max(e.from.value_or(-no_limit), curve.x.front());
    const double last = std::min(e.to.value_or(no_limit), curve.x.back());
    const double slack = 1e-12 * (1.0 + std::abs(last)), range = curve.range();
    bool any = false;
    for (std::size_t i = 0; i < trace.x.size(); ++i) {
        const double x = trace.x[i];
        if (x < first - slack || x > last + slack) continue;
        const double reference = curve.at(x), d = over_scale(std::abs(trace.y[i] - reference), e.of, reference, range);
        if (any && d <= row.difference) continue;
        any = true;
        row.ours = trace.y[i];
        row.reference = reference;
        row.at = x;
        row.difference = d;
        if (!std::isfinite(d)) break;
    }
    if (!any) return failed(row, "no point of the trace lies within the reference");
    if (e.to && !trace.x.empty() && trace.x.back() < *e.to - slack) return failed(row, "the trace ends before what is compared");
    row.verdict = row.difference <= row.tolerance ? Verdict::pass : Verdict::fail;
    return row;
}

/// The trace's extreme against a bound.
ComparisonRow against_bound(ComparisonRow row, const Expectation& e, const models::Trace& trace) {
    const bool least = e.at_least.has_value();
    row.relation = least ? ">=" : "<=";
    row.reference = least ? *e.at_least : *e.at_most;
    std::size_t worst = 0;
    for (std::size_t i = 0; i < trace.y.size(); ++i) {
        if (!std::isfinite(trace.y[i])) return failed(row, "not a finite number");
        if (least ? trace.y[i] < trace.y[worst] : trace.y[i] > trace.y[worst]) worst = i;
    }
    row.ours = trace.y[worst];
    if (trace.x.size() == trace.y.size()) row.at = trace.x[worst];
    row.difference = std::max(0.0, least ? row.reference - row.ours : row.ours - row.reference);
    row.verdict = row.difference == 0.0 ? Verdict::pass : Verdict::fail;
    return row;
}

ComparisonRow against_value(ComparisonRow row, const Expectation& e, const models::Trace& trace) {
    if (trace.y.size() != 1) return failed(row, fmt::format("{} is a curve of {} points, no number", e.trace, trace.y.size()));
    row.ours = trace.y[0];
    row.reference = *e.value;
    row.difference = over_scale(std::abs(row.ours - row.reference), e.of, row.reference, 0.0);
    row.verdict = row.difference <= row.tolerance ? Verdict::pass : Verdict::fail;
    return row;
}

}  // namespace

ComparisonRow compare(const Expectation& e, const models::Trace& trace, const std::filesystem::path& curves) {
    ComparisonRow row{.what = e.what, .unit = trace.unit, .relation = "=", .at = nowhere, .tolerance = e.tolerance.value_or(0.0), .note = ""};
    if (trace.y.empty()) return failed(row, fmt::format("{} is empty", e.trace));
    if (e.at_least || e.at_most) return against_bound(row, e, trace);
    if (e.value) return against_value(row, e, trace);
    const std::filesystem::path file = find_case_data(e.curve, curves);
    if (file.empty()) throw FileError(fmt::format("{}: cannot be found", e.curve));
    return against_curve(row, e, trace, read_reference_curve(file, e.column));
}

std::vector<ComparisonRow> compare(const VerificationCase& c, const std::vector<models::Trace>& traces) {
    std::vector<std::string> names;
    for (const models::Trace& trace : traces) names.push_back(trace.name);
    std::vector<ComparisonRow> rows;
    for (const Expectation& e : c.expect) {
        const auto found = std::find(names.begin(), names.end(), e.trace);
        if (found == names.end()) {
            rows.push_back(failed({.what = e.what, .unit = "", .relation = "=", .ours = nowhere, .reference = nowhere, .at = nowhere, .note = ""},
                                  fmt::format("the problem measures no \"{}\"; {}", e.trace, suggest(e.trace, names))));
            continue;
        }
        rows.push_back(compare(e, traces[static_cast<std::size_t>(found - names.begin())], c.folder / "curves"));
    }
    return rows;
}

}  // namespace foramen::io
