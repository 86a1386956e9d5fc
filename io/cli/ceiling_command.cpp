#include "io/cli/ceiling_command.hpp"

#include <fmt/core.h>

#include <cstdio>

#include "io/cli/study_options.hpp"
#include "io/data_folder.hpp"
#include "io/progress.hpp"
#include "io/replace_file.hpp"
#include "io/study/ceiling_report.hpp"
#include "io/study/limit_files.hpp"
#include "io/study/study_folder.hpp"

namespace foramen::io {

namespace {

void print_plan(const LoadedStudy& loaded) {
    const scenarios::CeilingSpec& c = *loaded.study.ceiling;
    const double high = c.high.value_or(loaded.study.base_scenario.device.max_force);
    fmt::print("{}: {:.0f} patients, forces from {:.1f} to {:.1f} N to {:.1f} N, then a release within {:.3g} s\n", loaded.study.name, scenarios::expected_runs(loaded.study), c.low, high, c.tolerance, c.release);
    for (const scenarios::Limit& limit : chosen_limits(loaded, read_limits(data_folder())))
        fmt::print("{:<26} {} ({})\n", limit.name, limit.title, scenarios::limit_status_words[static_cast<std::size_t>(limit.status)]);
    const double patients = scenarios::expected_runs(loaded.study);
    const int least = scenarios::least_sample(c.percentile, c.confidence);
    if (patients < least) fmt::print(stderr, "foramen: warning: {:.0f} patients give the percentile no lower end; that needs {}\n", patients, least);
}

int say(const CeilingResult& r, const StudyFolder& folder) {
    if (r.percentile) fmt::print("percentile {:.1f} N, ceiling {:.1f} N, at the lower end of the interval {}\n", r.percentile->estimate, r.at_estimate.ceiling, r.percentile->low ? fmt::format("{:.1f} N", r.at_low.ceiling) : "not shown");
    fmt::print("{}: {}\n", r.verdict == CeilingVerdict::pass ? "PASS" : "FAIL", r.why);
    for (const char* const name : {"ceiling.html", "ceiling.pdf", "ceiling.json", "ceiling.csv"}) fmt::print("{}\n", folder.file(name).string());
    return r.complete ? exit_done : exit_system;
}

}  // namespace

int ceiling_command(const Arguments& arguments) {
    const auto loaded = load_study(arguments, arguments.words.front());
    if (!loaded) return exit_usage;
    if (!loaded->study.ceiling) {
        fmt::print(stderr, "foramen: {}: the study has no section ceiling; foramen new ceiling prints one\n", loaded->file);
        return exit_usage;
    }
    const auto settings = runner_settings(arguments);
    if (!settings) return exit_usage;
    if (arguments.has("dry-run")) {
        print_plan(*loaded);
        return exit_done;
    }
    stop_on_signals();
    const StudyFolder folder = study_folder(loaded->file, arguments.value("output"));
    RunStore store(folder.logs());
    const CeilingResult result = run_ceiling(*loaded, store, *settings);
    const Document report = ceiling_report(*loaded, result);
    replace_file(folder.file("ceiling.html").string(), html_text(report));
    replace_file(folder.file("ceiling.pdf").string(), pdf_text(report));
    replace_file(folder.file("ceiling.json").string(), ceiling_json(*loaded, result));
    replace_file(folder.file("ceiling.csv").string(), ceiling_csv(*loaded, result));
    return say(result, folder);
}

}  // namespace foramen::io
