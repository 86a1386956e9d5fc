#include "io/verify/verification_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "io/csv_text.hpp"
#include "io/json_text.hpp"
#include "io/version.hpp"

namespace foramen::io {

namespace {

std::string_view word(Verdict verdict) { return verdict_words[static_cast<std::size_t>(verdict)]; }
std::string_view word(Scale scale) { return scale_words[static_cast<std::size_t>(scale)]; }

/// A number with its unit, six digits.
std::string shown(double value, const std::string& unit) {
    if (std::isnan(value)) return "-";
    return unit.empty() ? fmt::format("{:.6g}", value) : fmt::format("{:.6g} {}", value, unit);
}

std::string share(double value) { return std::isnan(value) ? "-" : fmt::format("{:.2g}", value); }

std::string reference_text(const ComparisonRow& r) {
    const std::string number = shown(r.reference, r.unit);
    return r.relation == "=" ? number : r.relation + " " + number;
}

std::string tolerance_text(const ComparisonRow& r) { return r.relation == "=" ? share(r.tolerance) : "bound"; }

std::string json_number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "null"; }

std::string json_row(const CaseResult& c, const ComparisonRow& r, const Expectation& e) {
    const auto text = [](std::string_view name, std::string_view value) { return fmt::format("\"{}\": {}", name, json_string(value)); };
    const auto number = [](std::string_view name, double value) { return fmt::format("\"{}\": {}", name, json_number(value)); };
    std::string line = "{";
    for (const std::string& member :
         {text("case", c.posed->name), text("quantity", r.what), text("unit", r.unit), text("relation", r.relation),
          number("ours", r.ours), number("reference", r.reference), number("at", r.at), number("difference", r.difference),
          text("of", word(e.of)), number("tolerance", r.tolerance), text("verdict", word(r.verdict)), text("source", e.source),
          text("why", e.why), text("note", r.note)})
        line += (line.size() > 1 ? ", " : "") + member;
    return line + "}";
}

/// Everything that a case measured, also what nothing was held against.
std::string json_traces(const CaseResult& c) {
    const auto list = [](const std::vector<double>& values) {
        std::vector<std::string> texts;
        for (const double v : values) texts.push_back(json_number(v));
        return json_array(texts);
    };
    std::string text;
    for (const models::Trace& t : c.traces)
        text += fmt::format("{}    {{\"case\": {}, \"trace\": {}, \"unit\": {}, \"x_unit\": {}, \"x\": {}, \"y\": {}}}", text.empty() ? "" : ",\n",
                            json_string(c.posed->name), json_string(t.name), json_string(t.unit), json_string(t.x_unit), list(t.x), list(t.y));
    return text;
}

/// A text inside a table of Markdown.
std::string in_table(std::string text) {
    for (std::size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2) text.replace(i, 1, "\\|");
    return text;
}

std::string page_section(const CaseResult& c) {
    std::string text = fmt::format("\n## {}\n\n`{}`: {}\n\n", c.posed->title, c.posed->name, c.posed->about);
    if (c.rows.empty()) return text + (c.note.empty() ? std::string("Not run.\n") : fmt::format("{}: {}.\n", word(c.verdict), c.note));
    text += "| quantity | ours | reference | difference | tolerance | of | verdict | reference from | tolerance because |\n";
    text += "|---|---|---|---|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
        const ComparisonRow& r = c.rows[i];
        const Expectation& e = c.posed->expect[i];
        const std::string of = r.relation == "=" ? std::string(word(e.of)) : "";
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", in_table(r.what), shown(r.ours, r.unit),
                            reference_text(r), r.relation == "=" ? share(r.difference) : "", tolerance_text(r), of, word(r.verdict),
                            in_table(e.source), in_table(e.why));
    }
    return text;
}

}  // namespace

std::string table_header() {
    return fmt::format("{:<36} {:<44} {:>16} {:>18} {:>10} {:>9} {:<7} {:>6}\n", "case", "quantity", "ours", "reference", "difference",
                       "tolerance", "verdict", "s");
}

std::string table_rows(const CaseResult& c) {
    if (c.rows.empty())
        return fmt::format("{:<36} {} {:<7} {:>6.1f}\n", c.posed->name, c.note, word(c.verdict), c.seconds);
    std::string text;
    for (const ComparisonRow& r : c.rows) {
        const bool first = text.empty();
        text += fmt::format("{:<36} {:<44} {:>16} {:>18} {:>10} {:>9} {:<7} {:>6}{}\n", first ? c.posed->name : "", r.what,
                            shown(r.ours, r.unit), reference_text(r), share(r.difference), tolerance_text(r), word(r.verdict),
                            first ? fmt::format("{:.1f}", c.seconds) : "", r.note.empty() ? "" : "  " + r.note);
    }
    return text;
}

std::string closing_line(const Verification& all) {
    std::size_t quantities = 0;
    double seconds = 0.0;
    for (const CaseResult& c : all.results) {
        quantities += c.rows.size();
        seconds += c.seconds;
    }
    return fmt::format("{} passed, {} failed, {} skipped: {} quantities in {:.0f} s of processor time\n", all.count(Verdict::pass),
                       all.count(Verdict::fail), all.count(Verdict::skipped), quantities, seconds);
}

std::string verification_json(const Verification& all) {
    std::string rows, cases, traces;
    for (const CaseResult& c : all.results) {
        cases += fmt::format("{}    {{\"case\": {}, \"title\": {}, \"verdict\": {}, \"seconds\": {:.3f}, \"note\": {}}}",
                             cases.empty() ? "" : ",\n", json_string(c.posed->name), json_string(c.posed->title),
                             json_string(word(c.verdict)), c.seconds, json_string(c.note));
        if (!c.traces.empty()) traces += (traces.empty() ? "" : ",\n") + json_traces(c);
        for (std::size_t i = 0; i < c.rows.size(); ++i)
            rows += fmt::format("{}    {}", rows.empty() ? "" : ",\n", json_row(c, c.rows[i], c.posed->expect[i]));
    }
    return fmt::format("{{\n  \"program\": {},\n  \"cases\": [\n{}\n  ],\n  \"rows\": [\n{}\n  ],\n  \"traces\": [\n{}\n  ]\n}}\n",
                       json_string("foramen " + version_text()), cases, rows, traces);
}

std::string verification_csv(const Verification& all) {
    std::string text = "case,quantity,unit,relation,ours,reference,at,difference,of,tolerance,verdict,seconds,source,why\n";
    for (const CaseResult& c : all.results) {
        for (std::size_t i = 0; i < c.rows.size(); ++i) {
            const ComparisonRow& r = c.rows[i];
            const Expectation& e = c.posed->expect[i];
            text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{:.3f},{},{}\n", c.posed->name, csv_cell(r.what), csv_cell(r.unit), r.relation,
                                r.ours, r.reference, std::isnan(r.at) ? "" : fmt::format("{}", r.at), r.difference, word(e.of), r.tolerance,
                                word(r.verdict), c.seconds, csv_cell(e.source), csv_cell(e.why));
        }
        if (c.rows.empty()) text += fmt::format("{},{},,,,,,,,,{},{:.3f},,\n", c.posed->name, csv_cell(c.note), word(c.verdict), c.seconds);
    }
    return text;
}

std::string verification_page(const Verification& all) {
    std::string text =
        "# Verification: ours beside theirs\n\n"
        "*Verified* means: the equations are solved right. *Validated* means: they are the right equations. This page is about the\n"
        "first. It is written by `foramen verify --page docs/verification.md`; every case is a file of `data/verification`, its\n"
        "reference curves lie in `data/verification/curves` and were computed by `tools/reference_curves.py`, not by the engine.\n\n"
        "*Difference* is the largest over the curve, divided by what stands under *of*: the reference's range, its value at each\n"
        "point, or nothing (unit). *Ours* and *reference* are the values where the difference is largest.\n";
    text += "\n" + closing_line(all).substr(0, closing_line(all).find(':')) + ".\n";
    for (const CaseResult& c : all.results) text += page_section(c);
    return text;
}

}  // namespace foramen::io
