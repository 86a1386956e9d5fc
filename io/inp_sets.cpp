#include "io/inp_sets.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

#include "io/spelling.hpp"

namespace foramen::io {

namespace {
constexpr int shown_of_a_kind = 10;

bool starts_a_name(const std::string& text) {
    return !text.empty() && (std::isalpha(static_cast<unsigned char>(text[0])) != 0 || text[0] == '_' || text[0] == '"');
}
}  // namespace

void InpProblems::report(const std::string& kind, const Mark& mark, const std::string& reason, const std::string& hint) {
    Count& count = counts_[kind];
    count.last = mark;
    if (++count.all <= shown_of_a_kind) diagnostics_.error(mark, "", reason, hint);
}

void InpProblems::close() {
    for (const auto& [kind, count] : counts_) {
        if (count.all > shown_of_a_kind)
            diagnostics_.error(count.last, "",
                               fmt::format("{} more of the kind \"{}\", up to here", count.all - shown_of_a_kind, kind));
    }
}

double inp_real(const InpWord& word, std::string_view what, InpProblems& problems) {
    std::string_view text = word.text;
    std::string with_e;
    if (text.find_first_of("Dd") != std::string_view::npos) {
        with_e = text;
        std::replace_if(
            with_e.begin(), with_e.end(), [](char c) { return c == 'D' || c == 'd'; }, 'e');
        text = with_e;
    }
    double value = 0.0;
    const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error == std::errc() && stop == end && std::isfinite(value)) return value;
    problems.report(std::string(what.substr(what.find(' ') + 1)), word.mark, fmt::format("expected {}, got \"{}\"", what, word.text));
    return 0.0;
}

int inp_number(const InpWord& word, std::string_view what, InpProblems& problems) {
    int value = 0;
    const char* const begin = word.text.data() + (word.text.starts_with('+') ? 1 : 0);
    const char* const end = word.text.data() + word.text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error == std::errc() && stop == end && value > 0) return value;
    problems.report("number", word.mark, fmt::format("expected {} (a whole number of at least 1), got \"{}\"", what, word.text));
    return 0;
}

InpSets::Set& InpSets::named(const InpWord& word) {
    const auto [found, is_new] = sets_.try_emplace(in_capitals(word.text));
    if (is_new) found->second.word = word;
    return found->second;
}

void InpSets::add(const InpWord& set, const Range& range) { named(set).ranges.push_back(range); }

void InpSets::add_lines(const InpWord& set, const InpBlock& block, bool generate) {
    Set& into = named(set);  // exists even without members, to be reported as empty
    const std::string expected = fmt::format("the number of a {0} or the name of a {0} set", what_);
    std::vector<InpWord> line;
    for (const InpLine& given : block.lines) {
        read_words(given, line);
        if (generate) {
            add_range_line(set, line);
            continue;
        }
        for (const InpWord& word : line) {
            if (starts_a_name(word.text)) {
                into.sets.push_back(word);
                std::erase(into.sets.back().text, '"');
            } else if (const int number = inp_number(word, expected, problems_)) {
                into.ranges.push_back({number, number, 1, word.mark});
            }
        }
    }
}

void InpSets::add_range_line(const InpWord& set, const std::vector<InpWord>& line) {
    if (line.size() < 2 || line.size() > 3) {
        problems_.report("range", line.empty() ? set.mark : line.front().mark,
                         "GENERATE: expected first, last and step of a range", "for example 1, 99, 2");
        return;
    }
    const int first = inp_number(line[0], "the first number of a range", problems_);
    const int last = inp_number(line[1], "the last number of a range", problems_);
    const int step = line.size() == 3 ? inp_number(line[2], "the step of a range", problems_) : 1;
    if (first == 0 || last == 0 || step == 0) return;
    if (last < first) {
        problems_.report("range", line[1].mark, fmt::format("the range ends at {}, before it begins at {}", last, first));
        return;
    }
    Mark mark = line[0].mark;
    mark.length = line.back().mark.column + line.back().mark.length - mark.column;
    add(set, {first, last, step, mark});
}

std::map<std::string, std::vector<int>> InpSets::resolved(const std::function<int(int)>& index) {
    std::map<std::string, std::vector<int>> result;
    for (auto& [name, set] : sets_) {
        resolve(set, index);
        if (!set.holds_any) problems_.report("empty set", set.word.mark, fmt::format("the {} set {} is empty", what_, name));
        if (!set.members.empty()) result[name] = set.members;
    }
    return result;
}

void InpSets::resolve(Set& set, const std::function<int(int)>& index) {
    if (set.done) return;
    set.open = true;
    set.holds_any = !set.ranges.empty();
    for (const Range& range : set.ranges) add_members(set, range, index);
    for (const InpWord& word : set.sets) {
        const auto found = sets_.find(in_capitals(word.text));
        set.holds_any = true;  // or there is another complaint about it
        if (found == sets_.end()) {
            problems_.report("unknown set", word.mark, fmt::format("there is no {} set \"{}\"", what_, word.text),
                             suggest(in_capitals(word.text), names()));
        } else if (found->second.open) {
            problems_.report("set in itself", word.mark, fmt::format("the {} set {} contains itself", what_, found->first));
        } else {
            resolve(found->second, index);
            set.members.insert(set.members.end(), found->second.members.begin(), found->second.members.end());
        }
    }
    std::sort(set.members.begin(), set.members.end());
    set.members.erase(std::unique(set.members.begin(), set.members.end()), set.members.end());
    set.open = false;
    set.done = true;
}

void InpSets::add_members(Set& set, const Range& range, const std::function<int(int)>& index) {
    for (long long number = range.first; number <= range.last; number += range.step) {
        const int place = index(static_cast<int>(number));
        if (place >= 0) set.members.push_back(place);
        if (place != -1) continue;
        problems_.report("missing member", range.mark, fmt::format("there is no {} {}", what_, number),
                         range.first == range.last ? "" : "a range may only hold numbers that exist");
        return;
    }
}

std::vector<std::string> InpSets::names() const {
    std::vector<std::string> all;
    for (const auto& [name, set] : sets_) all.push_back(name);
    return all;
}

}  // namespace foramen::io
