#include "io/cli/verify_command.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <cstdio>

#include "io/cli/case_options.hpp"
#include "io/cli/validation_command.hpp"
#include "io/data_folder.hpp"
#include "io/verify/verification_report.hpp"

namespace foramen::io {

namespace {

/// The cases in the folder, or with --only those whose names match: the others are not even read.
std::vector<VerificationCase> read(const std::filesystem::path& folder, const Arguments& arguments) {
    if (!arguments.has("only")) return read_cases(folder);
    const std::vector<std::string> only = names_in_list(arguments.value("only"));
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

/// An option of validation without --validation; empty: none.
std::string astray(const Arguments& arguments) {
    for (const char* const option : {"anatomy", "plot", "strict"})
        if (arguments.has(option)) return option;
    return "";
}

}  // namespace

int verify_command(const Arguments& arguments) {
    if (arguments.has("validation")) return validation_command(arguments);
    if (const std::string option = astray(arguments); !option.empty()) {
        fmt::print(stderr, "foramen: --{} belongs to --validation\n", option);
        return exit_usage;
    }
    const std::filesystem::path folder = data_folder() / "verification";
    const std::vector<VerificationCase> cases = read(folder, arguments);
    const std::vector<const VerificationCase*> some = chosen(cases, arguments);
    if (some.empty()) {
        std::vector<std::string> names;
        for (const VerificationCase& c : read_cases(folder)) names.push_back(c.name);
        return nothing_is_called(arguments, "case", names);
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
