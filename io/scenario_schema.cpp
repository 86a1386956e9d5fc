#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "io/field_docs.hpp"
#include "io/json_text.hpp"
#include "io/quantity.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

namespace {
using engine::Dimension;
using engine::Notes;

bool is_number(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c); });
}

std::string described(const Notes& notes) {
    std::string text(notes.help);
    if (!notes.applies_to.empty()) text += fmt::format(" (only for {})", notes.applies_to);
    if (!notes.absent.empty()) text += fmt::format("; left out: {}", notes.absent);
    return text;
}

/// Builds the schema of the sections from the inside out.
class SchemaVisitor : public engine::FieldVisitor {
public:
    SchemaVisitor() { levels_.emplace_back(); }
    /// Completes the whole: what is required may also come from the scenario that is extended; a test in the laboratory stands for
    /// a session.
    [[nodiscard]] std::string finish(JsonObject head) {
        const Level& root = levels_.back();
        std::vector<std::string> in_laboratory = root.required;
        std::replace(in_laboratory.begin(), in_laboratory.end(), json_string("session"), json_string("laboratory"));
        head.add("anyOf", json_array({JsonObject().add("required", R"(["extends"])").text(),
                                      JsonObject().add("required", json_array(root.required)).text(),
                                      JsonObject().add("required", json_array(in_laboratory)).text()}));
        return object(root, std::move(head)).text() + "\n";
    }

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override {
        JsonObject schema = begin(field.notes);
        add_quantity(schema, field);
        if (value) add_default(schema, prefixed(field.notes, format_quantity(*value, field.dimension)));
        put(field.name, schema, field.notes);
    }
    void on_measure(const engine::MeasureField& field, engine::Measure& value) override {
        JsonObject schema = begin(field.notes);
        std::vector<std::string> kinds;
        for (const auto& one : {field.first, field.second}) {
            kinds.push_back(JsonObject().add_text("type", "string").add_text("pattern", quantity_pattern(one.dimension)).text());
        }
        schema.add("anyOf", json_array(kinds));
        add_default(schema, format_quantity(value.value, value.dimension));
        put(field.name, schema, field.notes);
    }
    void on_whole(const engine::WholeField& field, std::optional<int>& value) override {
        JsonObject schema = begin(field.notes);
        if (field.unit.empty()) {
            schema.add("type", type("integer", field.optional))
                .add("minimum", std::to_string(field.min))
                .add("maximum", std::to_string(field.max));
            if (value) schema.add("default", std::to_string(*value));
        } else {
            schema.add_text("type", "string").add_text("pattern", fmt::format("^[0-9]+ *{}$", field.unit));
            if (value) schema.add_text("default", fmt::format("{} {}", *value, field.unit));
        }
        put(field.name, schema, field.notes);
    }
    void on_text(std::string_view name, std::string& value, const Notes& notes) override {
        JsonObject schema = begin(notes);
        schema.add_text("type", "string");
        if (!value.empty()) schema.add_text("default", value);
        put(name, schema, notes);
    }
    void on_word(const engine::WordField& field, int& index) override {
        JsonObject schema = begin(field.notes);
        schema.add("enum", words(field)).add("default", word(field.words[static_cast<std::size_t>(index)]));
        put(field.name, schema, field.notes);
    }
    void on_words(const engine::WordField& field, std::vector<int>&) override {
        JsonObject schema = begin(field.notes);
        const std::string one = JsonObject().add("enum", words(field)).text();
        schema.add("anyOf",
                   json_array({one, JsonObject().add_text("type", "array").add("items", one).add("minItems", "1").text()}));
        put(field.name, schema, field.notes);
    }
    void on_curve(const engine::CurveField& field, engine::MeasuredCurve&) override {
        const auto text = [](Dimension d) {
            return JsonObject().add_text("type", "string").add_text("pattern", quantity_pattern(d)).text();
        };
        JsonObject point;
        point.add_text("type", "array")
            .add("items", json_array({text(field.x), text(field.y)}))
            .add("minItems", "2")
            .add("maxItems", "2");
        JsonObject schema = begin(field.notes);
        schema.add_text("type", "array").add("items", point.text());
        put(field.name, schema, field.notes);
    }
    void on_section(std::string_view name, const Notes& notes, bool*, const std::function<void()>& body) override {
        levels_.emplace_back();
        if (!notes.library.empty()) {
            levels_.back().properties.add(
                "extends",
                JsonObject()
                    .add_text("description", fmt::format("name of a file of the library's {} to start from", notes.library))
                    .add_text("type", "string")
                    .text());
        }
        body();
        const Level level = std::move(levels_.back());
        levels_.pop_back();
        JsonObject schema = begin(notes);
        if (notes.library.empty()) {
            if (!level.required.empty()) schema.add("required", json_array(level.required));
            put(name, object(level, std::move(schema)), notes);
        } else {
            schema.add("anyOf", json_array({JsonObject().add_text("type", "string").text(), object(level, {}).text()}));
            put(name, schema, notes);
        }
    }
    void on_list(std::string_view name, const Notes& notes, std::size_t, const std::function<void(std::size_t)>& resize,
                 const std::function<void(std::size_t)>& body) override {
        levels_.emplace_back();
        resize(1);
        body(0);
        JsonObject item = object(levels_.back(), {});
        if (levels_.back().one_of) item.add("minProperties", "1").add("maxProperties", "1");
        levels_.pop_back();
        JsonObject schema = begin(notes);
        schema.add_text("type", "array").add("minItems", "1").add("items", item.text());
        put(name, schema, notes);
    }
    void on_one_of(const engine::WordField& field, int&, const std::function<void(int)>& body) override {
        levels_.back().one_of = true;
        for (int i = 0; i < static_cast<int>(field.words.size()); ++i) body(i);
    }

private:
    struct Level {
        JsonObject properties;
        std::vector<std::string> required;
        bool one_of = false;  ///< exactly one of its fields
    };

    static JsonObject begin(const Notes& notes) {
        JsonObject schema;
        schema.add_text("description", described(notes));
        return schema;
    }
    static std::string prefixed(const Notes& notes, const std::string& text) {
        return notes.prefix.empty() ? text : fmt::format("{} {}", notes.prefix, text);
    }
    static std::string word(std::string_view w) { return is_number(w) ? std::string(w) : json_string(w); }
    static std::string words(const engine::WordField& field) {
        std::vector<std::string> all;
        for (const auto list : {field.words, field.aliases}) {
            for (const auto w : list) all.push_back(word(w));
        }
        return json_array(all);
    }
    static void add_default(JsonObject& schema, const std::string& text) { schema.add_text("default", text); }
    /// An optional field may be null: that takes away what a scenario inherits.
    static std::string type(std::string_view name, bool optional) {
        return optional ? json_array({json_string(name), json_string("null")}) : json_string(name);
    }
    static void add_quantity(JsonObject& schema, const engine::QuantityField& field) {
        const Dimension dimension = field.dimension;
        const Notes& notes = field.notes;
        std::string pattern = quantity_pattern(dimension);
        if (!notes.prefix.empty()) pattern = fmt::format("^{} +{}", notes.prefix, pattern.substr(1));
        if (dimension == Dimension::none) {
            schema.add("type", type("number", field.optional));
        } else if (dimension == Dimension::fraction) {
            schema.add("type", R"(["number", "string", "null"])").add_text("pattern", pattern);
        } else {
            schema.add("type", type("string", field.optional)).add_text("pattern", pattern);
        }
        if (!notes.example.empty() && dimension != Dimension::none)
            schema.add("examples", json_array({json_string(notes.example)}));
    }
    static JsonObject object(const Level& level, JsonObject schema) {
        return std::move(schema)
            .add_text("type", "object")
            .add("additionalProperties", "false")
            .add("properties", level.properties.text());
    }
    void put(std::string_view name, const JsonObject& schema, const Notes& notes) {
        levels_.back().properties.add(name, schema.text());
        if (notes.required) levels_.back().required.push_back(json_string(name));
    }

    std::vector<Level> levels_;
};
}  // namespace

std::string scenario_schema() {
    SchemaVisitor visitor;
    scenarios::Scenario scenario;
    visitor.on_text("extends", scenario.description,
                    {.help = "another scenario to start from: a name of the library, or a path"});
    scenarios::describe(visitor, scenario);
    JsonObject head;
    head.add_text("$schema", "http://json-schema.org/draft-07/schema#").add_text("title", "Foramen scenario, format 1");
    return visitor.finish(std::move(head));
}

}  // namespace foramen::io
