#include <fmt/format.h>

#include <algorithm>

#include "io/field_docs.hpp"
#include "io/quantity.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

namespace {
using engine::Notes;

struct Table {
    std::string path;
    Notes notes;
    std::string rows;
    std::string alike;  ///< sibling sections with the same fields
};

std::string joined(std::span<const std::string_view> words) {
    std::string list;
    for (const auto word : words) list.append(list.empty() ? "`" : ", `").append(word).append("`");
    return list;
}

/// One table a section, in the order of the description.
class ReferenceVisitor : public engine::FieldVisitor {
public:
    ReferenceVisitor() { open("", {.help = ""}); }
    [[nodiscard]] const std::vector<Table>& tables() const { return tables_; }

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override {
        const std::string allowed =
            fmt::format("{}, {} to {}", engine::dimension_name(field.dimension),
                        format_quantity(field.range.min, field.dimension), format_quantity(field.range.max, field.dimension));
        const std::string prefix = field.notes.prefix.empty() ? std::string() : fmt::format("{} ", field.notes.prefix);
        row(field.name, allowed, value ? fmt::format("`{}{}`", prefix, format_quantity(*value, field.dimension)) : "",
            field.notes);
    }
    void on_measure(const engine::MeasureField& field, engine::Measure& value) override {
        row(field.name,
            fmt::format("{} or {}", engine::dimension_name(field.first.dimension),
                        engine::dimension_name(field.second.dimension)),
            fmt::format("`{}`", format_quantity(value.value, value.dimension)), field.notes);
    }
    void on_whole(const engine::WholeField& field, std::optional<int>& value) override {
        const std::string unit = field.unit.empty() ? std::string() : fmt::format(" {}", field.unit);
        const std::string allowed = field.min == field.max ? fmt::format("`{}`", field.min)
                                                           : fmt::format("whole number, {} to {}{}", field.min, field.max, unit);
        row(field.name, allowed, value ? fmt::format("`{}{}`", *value, unit) : "", field.notes);
    }
    void on_text(std::string_view name, std::string& value, const Notes& notes) override {
        row(name, "text", value.empty() ? "" : fmt::format("`{}`", value), notes);
    }
    void on_word(const engine::WordField& field, int& index) override {
        row(field.name, joined(field.words), fmt::format("`{}`", field.words[static_cast<std::size_t>(index)]), field.notes);
    }
    void on_words(const engine::WordField& field, std::vector<int>&) override {
        row(field.name, "one or a list of " + joined(field.words), "", field.notes);
    }
    void on_curve(const engine::CurveField& field, engine::MeasuredCurve&) override {
        row(field.name, fmt::format("list of [{}, {}]", engine::dimension_name(field.x), engine::dimension_name(field.y)), "",
            field.notes);
    }
    void on_section(std::string_view name, const Notes& notes, bool*, const std::function<void()>& body) override {
        const std::string path = child(name);
        const auto twin = std::find_if(tables_.begin(), tables_.end(), [&](const Table& t) {
            return t.notes.help == notes.help && t.path.substr(0, t.path.rfind('.')) == path.substr(0, path.rfind('.'));
        });
        if (twin != tables_.end()) {
            twin->alike += fmt::format(", `{}`", name);
            return;
        }
        open(path, notes);
        body();
        stack_.pop_back();
    }
    void on_list(std::string_view name, const Notes& notes, std::size_t, const std::function<void(std::size_t)>& resize,
                 const std::function<void(std::size_t)>& body) override {
        open(child(name) + "[i]", notes);
        resize(1);
        body(0);
        stack_.pop_back();
    }
    void on_one_of(const engine::WordField& field, int&, const std::function<void(int)>& body) override {
        for (int i = 0; i < static_cast<int>(field.words.size()); ++i) body(i);
    }

private:
    std::string child(std::string_view name) const {
        const std::string& parent = tables_[stack_.back()].path;
        return parent.empty() ? std::string(name) : parent + "." + std::string(name);
    }
    void open(const std::string& path, const Notes& notes) {
        stack_.push_back(tables_.size());
        tables_.push_back({path, notes, "", ""});
    }
    void row(std::string_view name, const std::string& allowed, const std::string& value, const Notes& notes) {
        std::string meaning(notes.help);
        if (!notes.applies_to.empty()) meaning += fmt::format(". Only for: {}", notes.applies_to);
        if (!notes.source.empty()) meaning += fmt::format(". Source: {}", notes.source);
        const std::string usual = notes.required ? "**required**" : !value.empty() ? value : std::string(notes.absent);
        tables_[stack_.back()].rows += fmt::format("| `{}` | {} | {} | {} |\n", name, allowed, usual, meaning);
    }

    std::vector<Table> tables_;
    std::vector<std::size_t> stack_;
};

const char* const preface = R"(# The scenario file

Made by `foramen reference`; do not edit. A scenario is one YAML file. `foramen new intermittent` prints one to start from,
`foramen check FILE` tells everything that is wrong with it, `foramen describe FILE` prints every value with where it came
from.

- Every quantity carries its unit: `300 N`, `45 %BW`, `1.5 min`. A bare number is an error where a unit belongs. `%BW` is
  percent of the patient's body weight, body_mass times 9.80665 m/s2.
- Unknown and repeated keys are errors. So are `nan`, numbers with a leading zero, decimal commas, YAML merge keys (`<<`).
- `extends: NAME` starts from another scenario (of the library, or a path): maps are merged, all else is replaced, and `~`
  takes an inherited value away. `patient`, `table`, `device` and a `traction` may be the name of a file in the library's
  `patients`, `tables`, `devices`, `protocols`, or a map with `extends: NAME`.
- Field paths in messages count list entries from 1: `session[2].traction.hold.force`.

A traction begins and ends with a slack rope. Its rope is first tightened to the pretension and is never slacker until the end.
`hold.time` and `rest.time` do not count the ramps. `duration` counts from the first pull to the slack rope: the cycle that
runs then is left at the moment from which the falling edge ends exactly at the duration. With `cycles` the rope goes slack
after the last hold. `progressive` climbs `steps.up` equal steps from `rest.force` to `hold.force`, holds there, and comes
down by `steps.down`; `measured` follows a record, with ramps of 20 N/s where it does not begin or end slack.

)";

std::string units_table() {
    std::string text = "## Units\n\n| quantity | units |\n|---|---|\n";
    for (int i = static_cast<int>(engine::Dimension::fraction); i <= static_cast<int>(engine::Dimension::moment); ++i) {
        const auto dimension = static_cast<engine::Dimension>(i);
        text += fmt::format("| {} | {} |\n", engine::dimension_name(dimension), accepted_units(dimension));
    }
    return text + "\n";
}
}  // namespace

std::string scenario_reference(const std::string& section) {
    ReferenceVisitor visitor;
    scenarios::Scenario scenario;
    scenarios::describe(visitor, scenario);
    std::string text = section.empty() ? preface + units_table() : "";
    for (const Table& table : visitor.tables()) {
        if (table.rows.empty() || !table.path.starts_with(section)) continue;
        const std::string title = table.path.empty() ? "the file" : fmt::format("`{}`{}", table.path, table.alike);
        text += fmt::format("## {}\n\n", title);
        if (!table.notes.help.empty()) text += std::string(table.notes.help) + ".";
        if (!table.notes.applies_to.empty()) text += fmt::format(" Only for: {}.", table.notes.applies_to);
        if (!table.notes.library.empty())
            text += fmt::format(" May be the name of a file in `scenarios/library/{}`.", table.notes.library);
        if (!table.notes.help.empty()) text += "\n\n";
        text += "| field | values | default | meaning |\n|---|---|---|---|\n" + table.rows + "\n";
    }
    while (text.ends_with("\n\n")) text.pop_back();
    return text;
}

}  // namespace foramen::io
