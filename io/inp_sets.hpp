#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "io/inp_text.hpp"

namespace foramen::io {

/// Reports problems of one mesh: of each kind the first ten, so that a mesh that is wrong everywhere can still be read about.
class InpProblems {
public:
    explicit InpProblems(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}
    void report(const std::string& kind, const Mark& mark, const std::string& reason, const std::string& hint = "");
    /// Says how many more there are of each kind.
    void close();

private:
    struct Count {
        int all = 0;
        Mark last;
    };
    Diagnostics& diagnostics_;
    std::map<std::string, Count> counts_;
};

/// A whole number of at least 1; 0 and a report for anything else.
[[nodiscard]] int inp_number(const InpWord& word, std::string_view what, InpProblems& problems);

/// A finite number; Fortran's D for the exponent is read as E; 0 and a report for anything else.
[[nodiscard]] double inp_real(const InpWord& word, std::string_view what, InpProblems& problems);

/// Named sets of nodes or of elements while they are read.
class InpSets {
public:
    /// @param what  node, element: for messages
    InpSets(std::string what, InpProblems& problems) : what_(std::move(what)), problems_(problems) {}

    /// A set's numbers first to last, each `step`th.
    struct Range {
        int first, last, step;
        Mark mark;
    };
    void add(const InpWord& set, const Range& range);
    /// The lines below *NSET or *ELSET.
    void add_lines(const InpWord& set, const InpBlock& block, bool generate);

    /// Members as indices, ascending, each once. @param index  of a number; -1 unknown, -2 known but not of the mesh
    [[nodiscard]] std::map<std::string, std::vector<int>> resolved(const std::function<int(int number)>& index);

private:
    struct Set {
        InpWord word;
        std::vector<Range> ranges;
        std::vector<InpWord> sets;  ///< whose members are its own
        std::vector<int> members;
        bool open = false, done = false, holds_any = false;
    };
    Set& named(const InpWord& word);
    void add_range_line(const InpWord& set, const std::vector<InpWord>& line);
    void resolve(Set& set, const std::function<int(int)>& index);
    void add_members(Set& set, const Range& range, const std::function<int(int)>& index);
    [[nodiscard]] std::vector<std::string> names() const;

    std::string what_;
    InpProblems& problems_;
    std::map<std::string, Set> sets_;
};

}  // namespace foramen::io
