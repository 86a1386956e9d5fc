#include "io/field_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/quantity.hpp"
#include "io/spelling.hpp"

namespace foramen::io {

namespace {
std::vector<std::string> strings(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

std::string joined(std::span<const std::string_view> words) {
    std::string list;
    for (const auto word : words) list.append(list.empty() ? "" : ", ").append(word);
    return list;
}
}  // namespace

FieldReader::FieldReader(const Tree& root, const scenarios::Patient& patient, ScenarioSources& sources, Diagnostics& diagnostics)
    : patient_(patient), sources_(sources), diagnostics_(diagnostics) {
    sections_.emplace_back(&root, "", Mark{0, 0, 0, 1});
    places_[""] = sections_.back().where();
}

void FieldReader::error(const Mark& mark, std::string_view name, const std::string& reason, const std::string& hint) {
    diagnostics_.error(mark, sections_.back().path(name), reason, hint);
}

Mark FieldReader::place(std::string path) const {
    while (!path.empty()) {
        const auto found = places_.find(path);
        if (found != places_.end()) return found->second;
        const std::size_t cut = path.find_last_of(".[");
        path.resize(cut == std::string::npos ? 0 : cut);
    }
    return places_.at("");
}

const Tree::Entry* FieldReader::take(std::string_view name, const engine::Notes& notes) {
    const Tree::Entry* const entry = sections_.back().take(name);
    if (!entry) {
        if (notes.required && notes.applies) {
            const std::string example = notes.example.empty() ? "" : fmt::format("for example {}: {}", name, notes.example);
            error(sections_.back().where(), name, "is missing", example);
        }
        return nullptr;
    }
    if (!notes.applies) {
        error(entry->key_mark, name, "is not used by this mode", fmt::format("used by: {}", notes.applies_to));
        return nullptr;
    }
    places_[sections_.back().path(name)] = entry->value.kind == Tree::Kind::scalar ? entry->value.mark : entry->key_mark;
    return entry;
}

const Tree* FieldReader::take_scalar(std::string_view name, const engine::Notes& notes, const std::string& expected) {
    const Tree::Entry* const entry = take(name, notes);
    if (!entry) return nullptr;
    if (entry->value.kind != Tree::Kind::scalar) {
        error(entry->value.mark, name, fmt::format("{}, got {}", expected, entry->value.what()));
        return nullptr;
    }
    const Mark& mark = entry->value.mark;
    origins_[sections_.back().path(name)] = {entry->value.text, diagnostics_.source(mark.file).name, mark.line + 1};
    return &entry->value;
}

void FieldReader::on_quantity(const engine::QuantityField& field, std::optional<double>& value) {
    const std::string expected = parse_quantity("", field.dimension).reason;
    const Tree* const scalar = take_scalar(field.name, field.notes, expected.substr(0, expected.rfind(", got")));
    if (!scalar) return;
    std::string_view text = scalar->text;
    const std::string_view prefix = field.notes.prefix;
    if (!prefix.empty()) {
        if (!text.starts_with(prefix)) {
            error(scalar->mark, field.name, fmt::format("expected \"{}\", got \"{}\"", field.notes.example, text),
                  fmt::format("begin with the word {}", prefix));
            return;
        }
        text.remove_prefix(prefix.size());
    }
    const ParsedQuantity parsed = parse_quantity(text, field.dimension, scenarios::body_weight(patient_));
    if (parsed.value) {
        value = parsed.value;
    } else {
        error(scalar->mark, field.name, parsed.reason, parsed.hint);
    }
}

void FieldReader::on_measure(const engine::MeasureField& field, engine::Measure& value) {
    const std::string expected =
        fmt::format("expected a {} or a {} such as \"{}\"", engine::dimension_name(field.first.dimension),
                    engine::dimension_name(field.second.dimension), field.notes.example);
    const Tree* const scalar = take_scalar(field.name, field.notes, expected);
    if (!scalar) return;
    for (const engine::Dimension dimension : {field.first.dimension, field.second.dimension}) {
        if (const auto parsed = parse_quantity(scalar->text, dimension); parsed.value) {
            value = {*parsed.value, dimension};
            return;
        }
    }
    error(
        scalar->mark, field.name, fmt::format("{}, got \"{}\"", expected, scalar->text),
        fmt::format("accepted units: {}, or {}", accepted_units(field.first.dimension), accepted_units(field.second.dimension)));
}

void FieldReader::on_whole(const engine::WholeField& field, std::optional<int>& value) {
    const Tree* const scalar = take_scalar(field.name, field.notes, "expected a whole number");
    if (!scalar) return;
    const ParsedQuantity parsed = parse_whole(scalar->text, field.unit);
    if (parsed.value) {
        value = static_cast<int>(*parsed.value);
    } else {
        error(scalar->mark, field.name, parsed.reason, parsed.hint);
    }
}

void FieldReader::on_text(std::string_view name, std::string& value, const engine::Notes& notes) {
    if (const Tree* const scalar = take_scalar(name, notes, "expected a text")) value = scalar->text;
}

std::optional<int> FieldReader::word_index(const Tree& value, const engine::WordField& field) {
    const std::string expected = "expected one of " + joined(field.words);
    if (value.kind != Tree::Kind::scalar) {
        error(value.mark, field.name, fmt::format("{}, got {}", expected, value.what()));
        return {};
    }
    for (const auto words : {field.words, field.aliases}) {
        const auto found = std::find(words.begin(), words.end(), value.text);
        if (found != words.end()) return static_cast<int>(found - words.begin());
    }
    const std::string hint = suggest(value.text, strings(field.words));
    error(value.mark, field.name, fmt::format("{}, got \"{}\"", expected, value.text), hint.starts_with("known") ? "" : hint);
    return {};
}

void FieldReader::on_word(const engine::WordField& field, int& index) {
    const Tree* const scalar = take_scalar(field.name, field.notes, "expected one of " + joined(field.words));
    if (scalar) index = word_index(*scalar, field).value_or(index);
}

void FieldReader::on_words(const engine::WordField& field, std::vector<int>& indices) {
    const Tree::Entry* const entry = take(field.name, field.notes);
    if (!entry) return;
    const bool list = entry->value.kind == Tree::Kind::list;
    const std::vector<Tree> values = list ? entry->value.items : std::vector<Tree>{entry->value};
    indices.clear();
    std::string text;
    for (const Tree& value : values) {
        const auto index = word_index(value, field);
        if (!index) continue;
        if (std::find(indices.begin(), indices.end(), *index) != indices.end())
            error(value.mark, field.name, fmt::format("\"{}\" is given twice", value.text));
        indices.push_back(*index);
        text.append(text.empty() ? "" : ", ").append(value.text);
    }
    if (list && values.empty()) error(entry->value.mark, field.name, "the list is empty", "write none");
    const Mark& mark = entry->key_mark;
    origins_[sections_.back().path(field.name)] = {text, diagnostics_.source(mark.file).name, mark.line + 1};
}

void FieldReader::on_curve(const engine::CurveField& field, engine::MeasuredCurve& value) {
    const Tree::Entry* const entry = take(field.name, field.notes);
    if (!entry) return;
    if (entry->value.kind != Tree::Kind::list) {
        error(entry->value.mark, field.name, "expected a list of points, got " + entry->value.what(),
              fmt::format("for example {}", field.notes.example));
        return;
    }
    value = {};
    for (const Tree& point : entry->value.items) {
        if (point.kind != Tree::Kind::list || point.items.size() != 2) {
            error(point.mark, field.name, "expected a point of two values, got " + point.what(),
                  fmt::format("for example {}", field.notes.example));
            return;
        }
        const auto x = parse_quantity(point.items[0].text, field.x);
        const auto y = parse_quantity(point.items[1].text, field.y, scenarios::body_weight(patient_));
        if (!x.value) error(point.items[0].mark, field.name, x.reason, x.hint);
        if (!y.value) error(point.items[1].mark, field.name, y.reason, y.hint);
        value.x.push_back(x.value.value_or(0.0));
        value.y.push_back(y.value.value_or(0.0));
    }
    const Mark& mark = entry->key_mark;
    origins_[sections_.back().path(field.name)] = {fmt::format("{} points", value.x.size()), diagnostics_.source(mark.file).name,
                                                   mark.line + 1};
}

void FieldReader::run_section(const Tree* tree, const std::string& path, const Mark& where, const std::function<void()>& body) {
    sections_.emplace_back(tree, path, where);
    body();
    sections_.back().finish(diagnostics_);
    sections_.pop_back();
}

void FieldReader::on_section(std::string_view name, const engine::Notes& notes, bool* present,
                             const std::function<void()>& body) {
    const Tree::Entry* const entry = take(name, notes);
    const std::string path = sections_.back().path(name);
    if (present) *present = entry != nullptr;
    if (!notes.applies || (!entry && (present || notes.required))) return;
    if (!entry) return run_section(nullptr, path, sections_.back().where(), body);
    std::optional<Tree> tree = entry->value;
    const bool named = !notes.library.empty() && (tree->kind == Tree::Kind::scalar || tree->kind == Tree::Kind::map);
    if (named) tree = sources_.part(entry->value, std::string(notes.library), path);
    if (!tree) return;
    if (tree->kind != Tree::Kind::map) {
        error(tree->kind == Tree::Kind::null ? entry->key_mark : tree->mark, name,
              "expected a map of fields, got " + tree->what(),
              tree->kind == Tree::Kind::null ? "fill it, or remove the key" : "");
        return;
    }
    run_section(&*tree, path, entry->key_mark, body);
}

void FieldReader::on_list(std::string_view name, const engine::Notes& notes, std::size_t,
                          const std::function<void(std::size_t)>& resize, const std::function<void(std::size_t)>& body) {
    const Tree::Entry* const entry = take(name, notes);
    if (!entry) return;
    if (entry->value.kind != Tree::Kind::list) {
        error(entry->value.mark, name, "expected a list, got " + entry->value.what(),
              fmt::format("for example {}", notes.example));
        return;
    }
    const std::vector<Tree>& items = entry->value.items;
    resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string path = fmt::format("{}[{}]", sections_.back().path(name), i + 1);
        places_[path] = items[i].mark;
        if (items[i].kind != Tree::Kind::map) {
            diagnostics_.error(items[i].mark, path, "expected a map of fields, got " + items[i].what(),
                               fmt::format("for example {}", notes.example));
            continue;
        }
        run_section(&items[i], path, items[i].mark, [&] { body(i); });
    }
}

void FieldReader::on_one_of(const engine::WordField& field, int& index, const std::function<void(int)>& body) {
    std::vector<int> given;
    for (std::size_t i = 0; i < field.words.size(); ++i) {
        if (sections_.back().take(field.words[i])) given.push_back(static_cast<int>(i));
    }
    const Section& section = sections_.back();
    if (given.size() > 1) {
        const Tree::Entry* const second = section.tree()->find(field.words[static_cast<std::size_t>(given[1])]);
        diagnostics_.error(
            second->key_mark, section.path(),
            fmt::format("{} and {} stand in one entry", field.words[static_cast<std::size_t>(given[0])], second->key),
            "begin each with its own dash");
    } else if (given.empty() && section.tree()->entries.empty()) {
        diagnostics_.error(section.where(), section.path(), "expected one of " + joined(field.words) + ", got nothing");
    }
    if (given.size() != 1) return;
    index = given.front();
    body(index);
}

}  // namespace foramen::io
