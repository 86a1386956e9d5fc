#include "io/cli/validation_command.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <cstdio>

#include "io/cli/case_options.hpp"
#include "io/data_folder.hpp"
#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"
#include "io/validation/validation_page.hpp"
#include "io/validation/validation_plot.hpp"
#include "io/validation/validation_report.hpp"

namespace foramen::io {

namespace {

std::vector<const PublishedTest*> chosen(const std::vector<PublishedTest>& tests, const Arguments& arguments) {
    const std::vector<std::string> only = names_in_list(arguments.value("only"));
    std::vector<const PublishedTest*> some;
    for (const PublishedTest& test : tests)
        if (!arguments.has("only") || matches(test.name, only)) some.push_back(&test);
    return some;
}

void list(const std::vector<const PublishedTest*>& tests) {
    for (const PublishedTest* test : tests)
        fmt::print("{:<24} {:<11} {:>2} targets  {}\n", test->name, use_words[static_cast<std::size_t>(test->use)],
                   test->targets.size(), test->title);
}

void say_finished(const BatteryRun& run) {
    const std::string name = run.anatomy.empty() ? run.scenario : run.scenario + " on " + run.anatomy;
    fmt::print(stderr, "{:<32} {:>8.1f} s{}\n", name, run.seconds, run.why.empty() ? "" : "  " + run.why);
}

void write_page_if_asked(const Arguments& arguments, const Validation& all) {
    if (!arguments.has("page")) return;
    const std::string name = arguments.value("page");
    const auto page = file_text(name);
    if (!page) throw FileError(fmt::format("{}: cannot be read; the tables are written into a page that is there", name));
    write_if_asked(arguments, "page", with_sections(*page, validation_sections(all), name));
}

}  // namespace

int validation_command(const Arguments& arguments) {
    if (arguments.has("full")) {
        fmt::print(stderr, "foramen: --full belongs to the cases of verification; --validation always runs every test\n");
        return exit_usage;
    }
    const ReadOptions options = default_read_options();
    const std::vector<PublishedTest> tests = read_published_tests(data_folder(), battery_folder(options));
    const std::vector<const PublishedTest*> some = chosen(tests, arguments);
    if (some.empty()) {
        std::vector<std::string> names;
        for (const PublishedTest& test : tests) names.push_back(test.name);
        return nothing_is_called(arguments, "published test", names);
    }
    if (arguments.has("list")) {
        list(some);
        return exit_done;
    }
    std::vector<std::string> anatomies = names_in_list(arguments.value("anatomy"));
    if (anatomies.empty()) anatomies.emplace_back();
    const Validation all = run_validation(some, anatomies, options, omp_get_max_threads(), say_finished);
    fmt::print("{}{}", validation_table(all), validation_closing_line(all));
    write_if_asked(arguments, "json", validation_json(all));
    write_if_asked(arguments, "csv", validation_csv(all));
    write_if_asked(arguments, "plot", validation_plot(all));
    write_page_if_asked(arguments, all);
    if (all.count(Met::not_computed) > 0) return exit_no_convergence;
    return arguments.has("strict") && all.count(Met::missed) > 0 ? exit_not_verified : exit_done;
}

}  // namespace foramen::io
