#include "io/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

#include "io/utf8.hpp"

namespace foramen::io {

namespace {
constexpr std::size_t largest_text = 4u << 20;
constexpr const char* syntax_hint = "look at this line and the one before: a missing quote, bracket, colon or indent";
constexpr int deepest = 40;
constexpr int most_nodes = 50000;

std::size_t offset_of(std::string_view text, int line, int column) {
    std::size_t start = 0;
    for (int i = 0; i < line && start != std::string_view::npos; ++i) {
        start = text.find('\n', start);
        if (start != std::string_view::npos) ++start;
    }
    return start == std::string_view::npos ? text.size() : std::min(text.size(), start + static_cast<std::size_t>(column));
}

/// Whether the quote at `open` is closed by one of its kind.
bool closing_quote(std::string_view text, std::size_t open) {
    const char quote = text[open];
    for (std::size_t i = open + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote && quote == '\'' && i + 1 < text.size() && text[i + 1] == quote) {
            ++i;
        } else if (text[i] == quote) {
            return true;
        }
    }
    return false;
}

/// Copies yaml-cpp's graph into a tree, reporting what a scenario may not hold.
class TreeBuilder {
public:
    TreeBuilder(int file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

    [[nodiscard]] bool gave_up() const { return gave_up_; }

    Tree build(const YAML::Node& node, const std::string& path, const Mark& key, int depth) {
        Tree tree;
        tree.mark = mark(node, key);
        if (gave_up_) return tree;
        if (depth > deepest) {
            give_up(tree.mark, path, "is nested too deeply", "flatten it; an alias inside its own anchor does this too");
            return tree;
        }
        if (++nodes_ > most_nodes) {
            give_up(tree.mark, path, "the file unfolds to too many values", "aliases that hold aliases multiply; write less");
            return tree;
        }
        check_tag(node.Tag(), tree.mark, path);
        if (node.IsScalar()) {
            tree.kind = Tree::Kind::scalar;
            tree.text = node.Scalar();
            check_quote(node, tree.mark, path);
        } else if (node.IsSequence()) {
            build_list(node, path, key, depth, tree);
        } else if (node.IsMap()) {
            build_map(node, path, depth, tree);
        }
        return tree;
    }

private:
    void give_up(const Mark& where, const std::string& path, const std::string& reason, const std::string& hint) {
        diagnostics_.error(where, path.substr(0, path.find_first_of(".[")), reason, hint);
        gave_up_ = true;
    }

    void check_tag(const std::string& tag, const Mark& where, const std::string& path) {
        constexpr std::string_view standard = "tag:yaml.org,2002:";
        if (tag.empty() || tag == "?" || tag == "!") return;
        const std::string shown = tag.starts_with(standard) ? "!!" + tag.substr(standard.size()) : tag;
        diagnostics_.error(where, path, fmt::format("the tag {} is not used here", shown), "remove it");
    }

    /// yaml-cpp takes a quote that is never closed for a text up to the end of the file.
    void check_quote(const YAML::Node& node, const Mark& where, const std::string& path) {
        const std::string& text = diagnostics_.source(file_).text;
        const YAML::Mark m = node.Mark();
        if (node.Tag() != "!" || m.is_null() || m.pos < 0 || static_cast<std::size_t>(m.pos) >= text.size()) return;
        const std::size_t open = offset_of(text, m.line, m.column);
        if (open >= text.size() || (text[open] != '\'' && text[open] != '"') || closing_quote(text, open)) return;
        diagnostics_.error({where.file, where.line, where.column, 1}, path, "the quote that opens here is never closed", "");
        gave_up_ = true;
    }

    Mark mark(const YAML::Node& node, const Mark& otherwise) const {
        const YAML::Mark m = node.Mark();
        if (m.is_null() || node.IsNull()) return otherwise;
        int length = 1;
        if (node.IsScalar()) {
            length = static_cast<int>(node.Scalar().size()) + (node.Tag() == "!" ? 2 : 0);
        }
        return {file_, m.line, m.column, std::max(1, length)};
    }

    void build_list(const YAML::Node& node, const std::string& path, const Mark& key, int depth, Tree& tree) {
        tree.kind = Tree::Kind::list;
        int i = 0;
        for (const auto& item : node) tree.items.push_back(build(item, fmt::format("{}[{}]", path, ++i), key, depth + 1));
    }

    void build_map(const YAML::Node& node, const std::string& path, int depth, Tree& tree) {
        tree.kind = Tree::Kind::map;
        for (const auto& entry : node) {
            const Mark where = mark(entry.first, tree.mark);
            if (!entry.first.IsScalar()) {
                diagnostics_.error(where, path, "a key must be a word", "");
                continue;
            }
            const std::string key = entry.first.Scalar();
            const std::string inside = path.empty() ? key : path + "." + key;
            if (key == "<<") {
                diagnostics_.error(where, path, "YAML merge keys (<<) are not used", "use extends: NAME");
            } else if (tree.find(key)) {
                diagnostics_.error(where, inside, "key is given twice", "remove one of them");
            } else {
                tree.entries.push_back({key, where, build(entry.second, inside, where, depth + 1)});
            }
        }
    }

    int file_;
    Diagnostics& diagnostics_;
    int nodes_ = 0;
    bool gave_up_ = false;
};

void report_syntax(int file, const YAML::ParserException& e, Diagnostics& diagnostics) {
    const std::string& text = diagnostics.source(file).text;
    Mark where{file, std::max(0, e.mark.line), std::max(0, e.mark.column), 1};
    const std::size_t start = offset_of(text, where.line, 0);
    const std::size_t first = text.find_first_not_of(' ', start);
    if (first != std::string::npos && text[first] == '\t') {
        where.column = static_cast<int>(first - start);
        diagnostics.error(where, "", "a tab stands where YAML wants spaces", "indent with spaces");
        return;
    }
    if (first == std::string::npos) {  // behind the last line: show where the text ends
        const std::size_t last = text.find_last_not_of(" \r\n");
        const std::size_t line = last == std::string::npos ? 0 : text.rfind('\n', last) + 1;
        where.line = static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(line), '\n'));
        where.column = last == std::string::npos ? 0 : static_cast<int>(last - line);
    }
    diagnostics.error(where, "", "YAML syntax: " + e.msg, syntax_hint);
}

/// Where the documents of a text begin; at most the first two.
///
/// YAML::LoadAll is not used: on a stray `,` or `]` between documents yaml-cpp 0.7 delivers empty documents without end.
class DocumentStarts : public YAML::EventHandler {
public:
    explicit DocumentStarts(const std::string& text) {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        while (starts_.size() < 2 && parser.HandleNextDocument(*this)) {
        }
    }
    [[nodiscard]] const std::vector<YAML::Mark>& starts() const { return starts_; }

    void OnDocumentStart(const YAML::Mark& mark) override { starts_.push_back(mark); }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}

private:
    std::vector<YAML::Mark> starts_;
};

/// Reports a text of more than one document. @return whether it is one
bool one_document(int file, Diagnostics& diagnostics) {
    const std::string& text = diagnostics.source(file).text;
    const DocumentStarts documents(text);
    if (documents.starts().size() < 2) return true;
    const YAML::Mark second = documents.starts()[1];
    const Mark where{file, second.line, second.column, 1};
    if (text.compare(offset_of(text, second.line, 0), 3, "---") == 0) {
        diagnostics.error({file, second.line, 0, 3}, "", "a second YAML document begins here",
                          "one scenario a file: remove the line ---");
    } else {
        diagnostics.error(where, "", "YAML syntax: nothing can begin like this", syntax_hint);
    }
    return false;
}

std::optional<Tree> build_document(int file, const YAML::Node& document, Diagnostics& diagnostics) {
    const Mark start{file, 0, 0, 1};
    if (document.IsNull()) {
        diagnostics.error(start, "", "the file is empty", "foramen new intermittent prints a template");
        return {};
    }
    TreeBuilder builder(file, diagnostics);
    Tree tree = builder.build(document, "", start, 0);
    if (builder.gave_up()) return {};
    if (tree.kind != Tree::Kind::map) {
        diagnostics.error(tree.mark, "", "expected a map of fields, got " + tree.what(), "a field is written name: value");
        return {};
    }
    return tree;
}
}  // namespace

const Tree::Entry* Tree::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

std::string Tree::what() const {
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::list:
            return "a list";
        case Kind::map:
            return "a map";
        default:
            return "\"" + text + "\"";
    }
}

std::optional<Tree> parse_yaml(int file, Diagnostics& diagnostics) {
    const std::string& text = diagnostics.source(file).text;
    if (text.size() > largest_text) {
        diagnostics.error({file, 0, 0, 1}, "", fmt::format("the file has {} MB; a scenario has at most 4", text.size() >> 20),
                          "is it a result file?");
        return {};
    }
    if (const auto bad = first_invalid_utf8(text)) {
        diagnostics.error({file, bad->line, bad->column, 1}, "", "the text is not UTF-8 here", "save the file as UTF-8");
        return {};
    }
    try {
        if (!one_document(file, diagnostics)) return {};
        return build_document(file, YAML::Load(text), diagnostics);
    } catch (const YAML::DeepRecursion& e) {
        diagnostics.error({file, std::max(0, e.mark.line), std::max(0, e.mark.column), 1}, "", "is nested too deeply", "");
    } catch (const YAML::ParserException& e) {
        report_syntax(file, e, diagnostics);
    } catch (const YAML::Exception& e) {
        diagnostics.error({file, 0, 0, 1}, "", std::string("YAML: ") + e.what(), "");
    }
    return {};
}

}  // namespace foramen::io
