#include "io/scenario_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <utility>

#include "engine/core/contract.hpp"
#include "engine/core/units.hpp"
#include "engine/core/value_walk.hpp"
#include "io/quantity.hpp"

namespace foramen::io {

namespace {
using engine::Notes;

constexpr std::size_t comment_column = 44;
const std::string default_word = "default";
const std::string laboratory_kind = "laboratory";

std::string double_quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

/// What to say beside a field: (path, notes, range or "") -> comment or "".
using Commentary = std::function<std::string(const std::string&, const Notes&, const std::string&)>;

/// Writes the fields of a value as block YAML.
class YamlWriter : public engine::ValueWalk {
public:
    explicit YamlWriter(Commentary commentary) : commentary_(std::move(commentary)) {}
    [[nodiscard]] const std::string& text() const { return text_; }

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override {
        if (!field.notes.applies) return;
        const std::string range = fmt::format("{} to {}", format_quantity(field.range.min, field.dimension),
                                              format_quantity(field.range.max, field.dimension));
        if (!value) return absent(field.name, field.notes, range);
        const std::string prefix = field.notes.prefix.empty() ? std::string() : fmt::format("{} ", field.notes.prefix);
        line(field.name, prefix + format_quantity(*value, field.dimension), field.notes, range);
    }
    void on_measure(const engine::MeasureField& field, engine::Measure& value) override {
        line(field.name, format_quantity(value.value, value.dimension), field.notes, "");
    }
    void on_whole(const engine::WholeField& field, std::optional<int>& value) override {
        if (!field.notes.applies) return;
        const std::string range = field.min == field.max ? "" : fmt::format("{} to {}", field.min, field.max);
        if (!value) return absent(field.name, field.notes, range);
        line(field.name, field.unit.empty() ? std::to_string(*value) : fmt::format("{} {}", *value, field.unit), field.notes,
             range);
    }
    void on_text(std::string_view name, std::string& value, const Notes& notes) override {
        if (value.empty() && !notes.absent.empty()) return absent(name, notes, "");
        line(name, double_quoted(value), notes, "");
    }
    void on_word(const engine::WordField& field, int& index) override {
        line(field.name, std::string(field.words[static_cast<std::size_t>(index)]), field.notes, joined(field.words));
    }
    void on_words(const engine::WordField& field, std::vector<int>& indices) override {
        std::string list;
        for (const int index : indices)
            list.append(list.empty() ? "" : ", ").append(field.words[static_cast<std::size_t>(index)]);
        line(field.name, indices.size() == 1 ? list : "[" + list + "]", field.notes, joined(field.words));
    }
    void on_curve(const engine::CurveField& field, engine::MeasuredCurve& value) override {
        if (value.x.empty()) return;
        std::string list;
        for (std::size_t i = 0; i < value.x.size(); ++i) {
            list += fmt::format("{}[{}, {}]", list.empty() ? "" : ", ", format_quantity(value.x[i], field.x),
                                format_quantity(value.y[i], field.y));
        }
        line(field.name, "[" + list + "]", field.notes, "");
    }

protected:
    void enter_section(std::string_view name, const Notes& notes) override { heading(name, notes); }
    void enter_list(std::string_view name, const Notes& notes) override { heading(name, notes); }
    void enter_item() override { first_of_item_ = true; }

private:
    static std::string joined(std::span<const std::string_view> words) {
        std::string list;
        for (const auto word : words) list.append(list.empty() ? "" : " | ").append(word);
        return list;
    }
    std::string indent(std::string_view name) {
        const std::string where = path(name);
        std::string blank(2 * static_cast<std::size_t>(std::count(where.begin(), where.end(), '.') +
                                                       std::count(where.begin(), where.end(), '[')),
                          ' ');
        if (std::exchange(first_of_item_, false)) blank[blank.size() - 2] = '-';
        return blank;
    }
    void line(std::string_view name, const std::string& value, const Notes& notes, const std::string& range) {
        write(fmt::format("{}{}: {}", indent(name), name, value), commentary_(path(name), notes, range));
    }
    void absent(std::string_view name, const Notes& notes, const std::string& range) {
        const std::string comment = commentary_(path(name), notes, range);
        if (comment.empty() || notes.absent.empty() || first_of_item_) return;  // an item begins with a value
        const std::string example = notes.example.empty() ? std::string() : fmt::format(" {}", notes.example);
        write(fmt::format("{}# {}:{}", indent(name), name, example),
              fmt::format("not given: {}{}{}", notes.absent, comment == default_word ? "" : "; ",
                          comment == default_word ? "" : comment));
    }
    void heading(std::string_view name, const Notes&) { write(fmt::format("{}{}:", indent(name), name), ""); }
    void write(std::string text, const std::string& comment) {
        if (!comment.empty()) {
            text.resize(std::max(text.size() + 2, comment_column), ' ');
            text += "# " + comment;
        }
        text_ += text + "\n";
    }

    Commentary commentary_;
    std::string text_;
    bool first_of_item_ = false;
};

std::string written(const scenarios::Scenario& scenario, const Commentary& commentary) {
    YamlWriter writer(commentary);
    scenarios::Scenario copy = scenario;
    scenarios::describe(writer, copy);
    return writer.text();
}

scenarios::Traction template_traction(scenarios::TractionMode mode) {
    scenarios::Traction t;
    t.mode = mode;
    t.hold.force = 300.0_N;
    t.rest.force = 100.0_N;
    t.angle = 18.0_deg;
    t.duration = 15.0_min;
    t.wave.mean = 200.0_N;
    t.wave.amplitude = 100.0_N;
    t.measured.points = {{0.0, 20.0, 60.0, 75.0}, {0.0, 300.0, 300.0, 0.0}};
    return t;
}

scenarios::Scenario template_scenario(std::string_view kind) {
    scenarios::Scenario scenario;
    scenario.patient.contraindications = {scenarios::Contraindication::none};
    if (kind == laboratory_kind) {
        scenario.name = "My test in the laboratory";
        scenario.laboratory.emplace();
        scenario.laboratory->steps.resize(2);
        scenario.laboratory->steps[0].flexion = 7.5_Nm;
        scenario.laboratory->steps[1].flexion = 0.0_Nm;
        return scenario;
    }
    const auto& kinds = scenarios::traction_mode_words;
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    FORAMEN_EXPECTS(found != kinds.end(), kind);
    const auto mode = static_cast<scenarios::TractionMode>(found - kinds.begin());
    scenario.name = fmt::format("My {} traction", kind);
    scenario.session = {{.kind = scenarios::ActivityKind::rest, .time = 5.0_min, .traction = {}},
                        {.kind = scenarios::ActivityKind::traction, .time = 0.0, .traction = template_traction(mode)},
                        {.kind = scenarios::ActivityKind::rest, .time = 10.0_min, .traction = {}}};
    return scenario;
}
}  // namespace

std::string scenario_text(const scenarios::Scenario& scenario) {
    return written(scenario, [](const std::string&, const Notes&, const std::string&) { return std::string(); });
}

std::string resolved_text(const LoadedScenario& loaded) {
    return written(loaded.scenario, [&](const std::string& path, const Notes& notes, const std::string&) {
        const auto origin = loaded.origins.find(path);
        if (origin == loaded.origins.end())
            return notes.source.empty() ? default_word : fmt::format("{}; {}", default_word, notes.source);
        std::string text = origin->second.text;
        std::replace_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
        if (text.size() > 40)
            return fmt::format("given at {}:{}", std::filesystem::path(origin->second.file).filename().string(),
                               origin->second.line);
        return fmt::format("given: {} at {}:{}", text, std::filesystem::path(origin->second.file).filename().string(),
                           origin->second.line);
    });
}

std::vector<std::string> template_kinds() {
    std::vector<std::string> kinds{scenarios::traction_mode_words.begin(), scenarios::traction_mode_words.end()};
    kinds.push_back(laboratory_kind);
    return kinds;
}

std::string template_text(std::string_view kind) {
    const std::string fields = written(template_scenario(kind), [](const std::string&, const Notes& notes, const std::string& range) {
        return range.empty() ? std::string(notes.help) : fmt::format("{} ({})", notes.help, range);
    });
    return "# yaml-language-server: $schema=scenario.schema.json\n"
           "# A Foramen scenario. Every quantity carries its unit; whatever is left out has the value that stands here.\n"
           "# For completion and red lines in an editor: foramen schema > scenario.schema.json\n" +
           fields;
}

}  // namespace foramen::io
