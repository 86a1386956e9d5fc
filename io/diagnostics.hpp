#pragma once

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

namespace foramen::io {

/// A place in a text that was read: 0-based line and column, length in bytes. file < 0: nowhere.
struct Mark {
    int file = -1;
    int line = 0;
    int column = 0;
    int length = 1;
};

/// One problem of an input, ready to print.
struct Diagnostic {
    bool warning = false;
    std::string file;          ///< as the user wrote it
    int line = 0, column = 0;  ///< 1-based; 0: the file as a whole
    int length = 1;            ///< of the wrong word, in characters
    std::string field;         ///< session[2].traction.hold.force; may be empty
    std::string reason;
    std::string hint;  ///< may be empty
    std::string source_line;
};

/// "bad.yaml:2:10: error: traction.force: expected ...", the line, a caret, the hint; ends with a newline.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);

/// All problems of one input. what() is the whole text with the closing line "bad.yaml: 4 errors; nothing was run".
class ScenarioError : public std::runtime_error {
public:
    ScenarioError(const std::string& file, std::vector<Diagnostic> diagnostics);
    [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

private:
    std::vector<Diagnostic> diagnostics_;
};

/// A text that took part: the scenario, what it extends, library files, measured records.
struct SourceText {
    std::string name;  ///< path as it was opened
    std::string text;
};

/// The texts of one reading and what is wrong with them.
class Diagnostics {
public:
    /// @return the file number for marks
    int add_source(std::string name, std::string text);
    [[nodiscard]] const SourceText& source(int file) const { return sources_.at(static_cast<std::size_t>(file)); }
    [[nodiscard]] const std::deque<SourceText>& sources() const { return sources_; }

    void error(const Mark& mark, const std::string& field, const std::string& reason, const std::string& hint = "");
    void warning(const Mark& mark, const std::string& field, const std::string& reason, const std::string& hint = "");

    [[nodiscard]] bool has_errors() const;
    /// Whether the field, a part of it, or a section that holds it has an error.
    [[nodiscard]] bool touches(const std::string& field) const;
    /// In the order of files, lines, columns.
    [[nodiscard]] std::vector<Diagnostic> sorted() const;

private:
    void add(bool warning, const Mark& mark, const std::string& field, const std::string& reason, const std::string& hint);

    struct Entry {
        Mark mark;
        Diagnostic diagnostic;
    };
    std::deque<SourceText> sources_;  // which do not move when another is added
    std::vector<Entry> entries_;
};

}  // namespace foramen::io
