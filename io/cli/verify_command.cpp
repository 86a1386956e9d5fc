#include "io/cli/verify_command.hpp"

#include <fmt/format.h>
#include <fnmatch.h>
#include <omp.h>

#include <cstdio>

#include "io/data_folder.hpp"
#include "io/replace_file.hpp"
#include "io/spelling.hpp"
#include "io/verify/verification_report.hpp"

namespace foramen::io {

namespace {

/// The names in "a,b*,c".
std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t comma = std::min(list.find(',', start), list.size());
        if (comma > start) parts.push_back(list.substr(start, comma - start));
        start = comma + 1;
    }
    return parts;
}

bool matches(const std::string& name, const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns)
        if (fnmatch(pattern.c_str(), name.c_str(), 0) == 0) return true;
    return false;
}

/// The cases in the folder, or with --only those whose names match: the others are not even read.
std::vector<VerificationCase> read(const std::filesystem::path& folder, const Arguments& arguments) {
    if (!arguments.has("only")) return read_cases(folder);
    const std::vector<std::string> only = split(arguments.value("only"));
    return read_cases(folder, [&only](const std::string& name) { return matches(name, only); });
}

/// What is asked for: with --only whatever matches, long or not; else what is short, or with --full everything.
std::vector<const VerificationCase*> chosen(const std::vector<VerificationCase>& cases, const Arguments& arguments) {
    std::vector<const VerificationCase*> some;
    for (const VerificationCase& c : cases)
        if (arguments.has("only") || !c.full || arguments.has("full")) some.push_back(&c);
    return some;
}

void list(const std::vector<const VerificationCase*>& cases) {
    for (const VerificationCase* c : cases) fmt::print("{:<32} {}{}\n", c->name, c->title, c->full ? "  (--full)" : "");
}

void write_if_asked(const Arguments& arguments, const char* option, const std::string& text) {
    if (!arguments.has(option)) return;
    replace_file(arguments.value(option), text);
    fmt::print("{}\n", arguments.value(option));
}

}  // namespace

int verify_command(const Arguments& arguments) {
    const std::filesystem::path folder = data_folder() / "verification";
    const std::vector<VerificationCase> cases = read(folder, arguments);
    const std::vector<const VerificationCase*> some = chosen(cases, arguments);
    if (some.empty()) {
        std::vector<std::string> names;
        for (const VerificationCase& c : read_cases(folder)) names.push_back(c.name);
        fmt::print(stderr, "foramen: no case is called {}; {}\n", arguments.value("only"), suggest(arguments.value("only"), names));
        return exit_usage;
    }
    if (arguments.has("list")) {
        list(some);
        return exit_done;
    }
    fmt::print("{}", table_header());
    const Verification all = run_cases(some, omp_get_max_threads(), [](const CaseResult& c) {
        fmt::print("{}", table_rows(c));
        std::fflush(stdout);
    });
    fmt::print("{}", closing_line(all));
    write_if_asked(arguments, "json", verification_json(all));
    write_if_asked(arguments, "csv", verification_csv(all));
    write_if_asked(arguments, "page", verification_page(all));
    return all.count(Verdict::fail) == 0 ? exit_done : exit_not_verified;
}

}  // namespace foramen::io
