#include "io/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace foramen::io {

namespace {
constexpr std::size_t widest_line = 160;

std::string line_of(std::string_view text, int line) {
    std::size_t start = 0;
    for (int i = 0; i < line; ++i) {
        start = text.find('\n', start);
        if (start == std::string_view::npos) return {};
        ++start;
    }
    const std::size_t end = text.find('\n', start);
    std::string found(text.substr(start, end == std::string_view::npos ? end : end - start));
    if (found.ends_with('\r')) found.pop_back();
    return found;
}

int characters(std::string_view bytes) {
    return static_cast<int>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// As wide as the first characters of a line: tabs stay, all else turns to spaces.
std::string blank_like(std::string_view line, int count) {
    std::string blank;
    for (std::size_t i = 0; i < line.size() && count > 0; ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0) == 0x80) continue;
        blank += line[i] == '\t' ? '\t' : ' ';
        --count;
    }
    return blank;
}

std::string closing_line(const std::string& file, const std::vector<Diagnostic>& all) {
    const auto errors = std::count_if(all.begin(), all.end(), [](const Diagnostic& d) { return !d.warning; });
    return fmt::format("{}: {} {}; nothing was run", file, errors, errors == 1 ? "error" : "errors");
}

std::string full_text(const std::string& file, const std::vector<Diagnostic>& all) {
    std::string text;
    for (const Diagnostic& d : all) text += to_text(d);
    return text + closing_line(file, all);
}
}  // namespace

std::string to_text(const Diagnostic& d) {
    std::string text = d.file;
    if (d.line > 0) text += fmt::format(":{}:{}", d.line, d.column);
    text += d.warning ? ": warning: " : ": error: ";
    if (!d.field.empty()) text += d.field + ": ";
    text += d.reason + "\n";
    if (d.line > 0 && d.source_line.size() <= widest_line) {
        const std::string number = fmt::format("{:>3} | ", d.line);
        const int width = characters(d.source_line);
        const int before = std::min(d.column - 1, width);
        const int carets = std::clamp(d.length, 1, std::max(1, width - before));
        std::string gutter(number.size(), ' ');
        gutter[gutter.size() - 2] = '|';
        text += number + d.source_line + "\n" + gutter + blank_like(d.source_line, before) +
                std::string(static_cast<std::size_t>(carets), '^') + "\n";
    }
    if (!d.hint.empty()) text += "  hint: " + d.hint + "\n";
    return text;
}

ScenarioError::ScenarioError(const std::string& file, std::vector<Diagnostic> diagnostics)
    : std::runtime_error(full_text(file, diagnostics)), diagnostics_(std::move(diagnostics)) {}

int Diagnostics::add_source(std::string name, std::string text) {
    sources_.push_back({std::move(name), std::move(text)});
    return static_cast<int>(sources_.size()) - 1;
}

void Diagnostics::error(const Mark& mark, const std::string& field, const std::string& reason, const std::string& hint) {
    add(false, mark, field, reason, hint);
}

void Diagnostics::warning(const Mark& mark, const std::string& field, const std::string& reason, const std::string& hint) {
    add(true, mark, field, reason, hint);
}

void Diagnostics::add(bool warning, const Mark& mark, const std::string& field, const std::string& reason,
                      const std::string& hint) {
    Diagnostic d;
    d.warning = warning;
    d.field = field;
    d.reason = reason;
    d.hint = hint;
    if (mark.file >= 0) {
        const SourceText& text = source(mark.file);
        d.file = text.name;
        d.source_line = line_of(text.text, mark.line);
        d.line = mark.line + 1;
        const std::string_view line = d.source_line;
        d.column = characters(line.substr(0, std::min<std::size_t>(static_cast<std::size_t>(mark.column), line.size()))) + 1;
        d.length = characters(line.substr(std::min<std::size_t>(static_cast<std::size_t>(mark.column), line.size()),
                                          static_cast<std::size_t>(std::max(1, mark.length))));
    } else if (!sources_.empty()) {
        d.file = sources_.front().name;
    }
    entries_.push_back({mark, std::move(d)});
}

bool Diagnostics::has_errors() const {
    return std::any_of(entries_.begin(), entries_.end(), [](const Entry& e) { return !e.diagnostic.warning; });
}

bool Diagnostics::touches(const std::string& field) const {
    const auto inside = [](const std::string& outer, const std::string& inner) {
        return inner.starts_with(outer) &&
               (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
    };
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) {
        const std::string& with = e.diagnostic.field;
        return !e.diagnostic.warning && !with.empty() && (inside(with, field) || inside(field, with));
    });
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    std::vector<Entry> entries = entries_;
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.mark.file, a.mark.line, a.mark.column) < std::tie(b.mark.file, b.mark.line, b.mark.column);
    });
    std::vector<Diagnostic> all;
    for (Entry& e : entries) all.push_back(std::move(e.diagnostic));
    return all;
}

}  // namespace foramen::io
