#include "io/validation/validation_page.hpp"

#include <fmt/format.h>

#include "io/result_file.hpp"
#include "io/validation/validation_report.hpp"

namespace foramen::io {

namespace {

/// A miss is seen without reading.
std::string verdict_text(Met met) {
    const std::string word(met_words[static_cast<std::size_t>(met)]);
    return met == Met::missed ? fmt::format("**{}**", word) : word;
}

std::string section(const Validation& all, const TestResult& r) {
    const PublishedTest& test = *r.test;
    const std::string source = test.address.empty() ? test.source : fmt::format("[{}]({})", test.source, test.address);
    std::string text =
        fmt::format("\n### {}\n\n{}\n\n`{}`: {}, {}, {}.\n\n| quantity | unit | published |", test.title, test.about, test.name,
                    use_words[static_cast<std::size_t>(test.use)], status_words[static_cast<std::size_t>(test.status)], source);
    std::string rule = "\n|---|---|---|", notes;
    for (const std::string& anatomy : all.anatomies) {
        text += fmt::format(" {} |  |", ours_heading(anatomy));
        rule += "---|---|";
    }
    text += rule + "\n";
    for (const TargetResult& t : r.targets) {
        text += fmt::format("| {} | {} | {} |", t.target->what, unit_text(*t.target), published_text(*t.target));
        for (const Ours& o : t.ours) {
            text += fmt::format(" {} | {} |", ours_text(o), verdict_text(o.met));
            if (!o.note.empty()) notes += fmt::format("\nNot computed, {}: {}.\n", t.target->what, o.note);
        }
        text += "\n";
    }
    return text + notes;
}

}  // namespace

std::string validation_sections(const Validation& all) {
    std::string text = validation_closing_line(all);
    text.back() = '.';
    text += "\n";
    for (const TestResult& r : all.tests) text += section(all, r);
    return text;
}

std::string with_sections(const std::string& page, const std::string& sections, const std::string& name) {
    const std::size_t begin = page.find(page_begin), end = page.find(page_end);
    if (begin == std::string::npos || end == std::string::npos || end < begin)
        throw FileError(fmt::format("{}: needs a line {} and after it a line {}; the tables are written between them", name,
                                    page_begin, page_end));
    const std::size_t after = begin + std::string_view(page_begin).size();
    return page.substr(0, after) + "\n" + sections + page.substr(end);
}

}  // namespace foramen::io
