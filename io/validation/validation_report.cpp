#include "io/validation/validation_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "io/csv_text.hpp"
#include "io/json_text.hpp"
#include "io/version.hpp"

namespace foramen::io {

namespace {

std::string_view word(Met met) { return met_words[static_cast<std::size_t>(met)]; }
std::string_view word(Use use) { return use_words[static_cast<std::size_t>(use)]; }
std::string_view word(Status status) { return status_words[static_cast<std::size_t>(status)]; }

/// A number that may be missing, as text for programs.
std::string number(const std::optional<double>& value, const char* absent) {
    return value && std::isfinite(*value) ? fmt::format("{}", *value) : std::string(absent);
}

std::optional<double> value_of(const Ours& ours) {
    return ours.met == Met::not_computed ? std::nullopt : std::optional(ours.value);
}

}  // namespace

std::string published_text(const Target& t) {
    if (t.low)
        return t.median ? fmt::format("{:.4g} ({:.4g} to {:.4g})", *t.median, *t.low, *t.high)
                        : fmt::format("{:.4g} to {:.4g}", *t.low, *t.high);
    if (t.tolerance) return fmt::format("{:.4g} +- {:.3g} %", *t.median, 100.0 * *t.tolerance);
    const std::string least = fmt::format("{:.4g} +- {:.4g}", *t.median, *t.deviation);
    return t.largest_deviation ? least + fmt::format(" to {:.4g}", *t.largest_deviation) : least;
}

std::string ours_text(const Ours& ours) { return ours.met == Met::not_computed ? "-" : fmt::format("{:.4g}", ours.value); }

std::string unit_text(const Target& target) { return target.unit == "1" ? "" : target.unit; }

std::string ours_heading(const std::string& anatomy) { return anatomy.empty() ? "ours" : fmt::format("ours ({})", anatomy); }

std::string validation_table(const Validation& all) {
    std::string text = fmt::format("{:<44} {:<5} {:>20}", "quantity", "unit", "published");
    for (const std::string& anatomy : all.anatomies) text += fmt::format(" {:>10} {:<12}", ours_heading(anatomy), "verdict");
    text += fmt::format(" {:<11} {:<8} {}\n", "use", "status", "source");
    for (const TestResult& r : all.tests) {
        text += r.test->title + "\n";
        for (const TargetResult& t : r.targets) {
            text += fmt::format("  {:<42} {:<5} {:>20}", t.target->what, unit_text(*t.target), published_text(*t.target));
            std::string notes;
            for (const Ours& o : t.ours) {
                text += fmt::format(" {:>10} {:<12}", ours_text(o), word(o.met));
                if (!o.note.empty()) notes += "    " + o.note + "\n";
            }
            text += fmt::format(" {:<11} {:<8} {}\n{}", word(r.test->use), word(r.test->status), r.test->source, notes);
        }
    }
    return text;
}

std::string validation_closing_line(const Validation& all) {
    const int total = all.count(Met::in) + all.count(Met::unclear) + all.count(Met::missed) + all.count(Met::not_computed);
    return fmt::format("{} targets: {} in, {} unclear, {} missed, {} not computed\n", total, all.count(Met::in),
                       all.count(Met::unclear), all.count(Met::missed), all.count(Met::not_computed));
}

std::string validation_csv(const Validation& all) {
    std::string text = "test,quantity,unit,median,low,high,least,largest,anatomy,ours,verdict,use,status,source,note\n";
    for (const TestResult& r : all.tests) {
        for (const TargetResult& t : r.targets) {
            const Target::Band band = t.target->band();
            for (std::size_t i = 0; i < all.anatomies.size(); ++i) {
                const Ours& o = t.ours[i];
                text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", r.test->name, csv_cell(t.target->what),
                                    csv_cell(t.target->unit), number(t.target->median, ""), band.low, band.high, band.least,
                                    band.largest, csv_cell(all.anatomies[i]), number(value_of(o), ""), word(o.met),
                                    word(r.test->use), word(r.test->status), csv_cell(r.test->source), csv_cell(o.note));
            }
        }
    }
    return text;
}

std::string validation_json(const Validation& all) {
    std::string rows;
    for (const TestResult& r : all.tests) {
        for (const TargetResult& t : r.targets) {
            const Target::Band band = t.target->band();
            for (std::size_t i = 0; i < all.anatomies.size(); ++i) {
                const Ours& o = t.ours[i];
                const auto add = [](std::string_view name, std::string_view value) {
                    return fmt::format("\"{}\": {}, ", name, json_string(value));
                };
                rows += rows.empty() ? "    {" : ",\n    {";
                rows += add("test", r.test->name) + add("title", r.test->title) + add("quantity", t.target->what) +
                        add("unit", t.target->unit);
                rows += fmt::format("\"median\": {}, \"low\": {}, \"high\": {}, \"least\": {}, \"largest\": {}, \"ours\": {}, ",
                                    number(t.target->median, "null"), band.low, band.high, band.least, band.largest,
                                    number(value_of(o), "null"));
                rows += add("anatomy", all.anatomies[i]) + add("verdict", word(o.met)) + add("use", word(r.test->use)) +
                        add("status", word(r.test->status));
                rows += add("source", r.test->source) + add("address", r.test->address) +
                        fmt::format("\"note\": {}}}", json_string(o.note));
            }
        }
    }
    return fmt::format("{{\n  \"program\": {},\n  \"rows\": [\n{}\n  ]\n}}\n", json_string("foramen " + version_text()), rows);
}

}  // namespace foramen::io
