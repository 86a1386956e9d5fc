#include "io/cli/run_commands.hpp"

#include <fmt/core.h>

#include <cctype>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>

#include "io/export_csv.hpp"
#include "io/output_claim.hpp"
#include "io/progress.hpp"
#include "io/result_file.hpp"
#include "io/run.hpp"
#include "io/summary.hpp"

namespace foramen::io {

namespace {

namespace fs = std::filesystem;

bool is_result(const std::string& name) { return fs::path(name).extension() == ".h5"; }

/// A scenario file, a name of the library, or a result: then the scenario that it was computed from.
LoadedScenario load(const std::string& name, const ReadOptions& options) {
    if (!is_result(name)) return read_scenario(name, options);
    const std::string resolved = ResultFile(name).provenance("scenario_resolved");
    if (resolved.empty()) throw FileError(fmt::format("{}: holds no scenario to repeat", name));
    return read_scenario_text(resolved, name, options);
}

std::string output_path(const std::string& word, const LoadedScenario& loaded) {
    if (!loaded.scenario.output.file.empty()) return loaded.scenario.output.file;
    const std::string stem = fs::path(word).stem().string();
    return (is_result(word) ? stem + "-again" : stem) + ".h5";
}

/// A whole number of at least 1; nothing for anything else.
std::optional<int> count_from(const std::string& text) {
    int n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || n < 1) return std::nullopt;
    return n;
}

struct Job {
    LoadedScenario loaded;
    std::string output;
};

/// Reads every scenario before anything is run. @return exit code
int load_all(const Arguments& arguments, std::vector<Job>& jobs) {
    const ReadOptions options = default_read_options();
    int worst = exit_done;
    for (const std::string& word : arguments.words) {
        try {
            LoadedScenario loaded = load(word, options);
            for (const Diagnostic& warning : loaded.warnings) fmt::print(stderr, "{}", to_text(warning));
            const std::string output = arguments.value("output", output_path(word, loaded));
            jobs.push_back({std::move(loaded), output});
        } catch (const ScenarioError& e) {
            fmt::print(stderr, "{}\n", e.what());
            worst = std::max<int>(worst, exit_invalid_input);
        } catch (const FileError& e) {
            fmt::print(stderr, "foramen: {}\n", e.what());
            worst = std::max<int>(worst, exit_system);
        }
    }
    return worst;
}

int check_outputs(const std::vector<Job>& jobs, const Arguments& arguments) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const std::string& output = jobs[i].output;
        if (!is_result(output)) {
            fmt::print(stderr, "foramen: {}: a result's name ends in .h5; try --output {}.h5\n", output, fs::path(output).replace_extension().string());
            return exit_usage;
        }
        for (std::size_t k = 0; k < i; ++k) {
            if (jobs[k].output != output) continue;
            fmt::print(stderr, "foramen: two scenarios would write {}; run them one by one with --output\n", output);
            return exit_usage;
        }
        if (fs::is_directory(output)) {
            fmt::print(stderr, "foramen: {} is a folder; --output names a file\n", output);
            return exit_usage;
        }
        if (being_written(output)) {
            fmt::print(stderr, "foramen: {}\n", busy_sentence(output));
            return exit_system;
        }
        if (fs::exists(output) && !arguments.has("force")) {
            fmt::print(stderr, "foramen: {} exists; --force replaces it, --output FILE.h5 keeps it\n", output);
            return exit_usage;
        }
        if (const fs::path folder = fs::path(output).parent_path(); !folder.empty() && !fs::is_directory(folder)) {
            fmt::print(stderr, "foramen: the folder {} does not exist; mkdir -p {}\n", folder.string(), folder.string());
            return exit_system;
        }
    }
    return exit_done;
}

int run_one(const Job& job, const RunSettings& settings, bool profile) {
    const RunOutcome outcome = run_scenario(job.loaded, settings);
    if (outcome.written) {
        fmt::print("{}", summarize(ResultFile(settings.output)));
        if (profile) fmt::print("\n{}", ResultFile(settings.output).provenance("profile"));
        fmt::print("\nresult: {}\nParaView: {}\n", settings.output, fs::path(settings.output).replace_extension(".xdmf2").string());
    }
    if (outcome.finished) return exit_done;
    fmt::print(stderr, "foramen: {}: {}{}\n", job.loaded.scenario.name, outcome.why,
               outcome.written ? fmt::format("; every step up to then is in {}", settings.output) : "; nothing was written");
    return outcome.interrupted ? exit_system : exit_no_convergence;
}

std::string command_line(const Arguments& arguments) {
    std::string line = "foramen run";
    for (const std::string& word : arguments.words) line += " " + word;
    for (const auto& [name, value] : arguments.options) line += " --" + name + (value.empty() ? "" : " " + value);
    return line;
}

int with_result(const Arguments& arguments, const auto& action) {
    for (const std::string& word : arguments.words) {
        try {
            action(word, ResultFile(word));
        } catch (const FileError& e) {
            fmt::print(stderr, "foramen: {}\n", e.what());
            return exit_system;
        }
    }
    return exit_done;
}

}  // namespace

int run_command(const Arguments& arguments) {
    RunSettings settings;
    if (arguments.has("threads")) {
        const auto threads = count_from(arguments.value("threads"));
        if (!threads) {
            fmt::print(stderr, "foramen: --threads {}: expected a whole number such as 2\n", arguments.value("threads"));
            return exit_usage;
        }
        settings.threads = *threads;
    }
    if (arguments.has("flush")) {
        const std::string text = arguments.value("flush");
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), settings.flush_seconds);
        if (error != std::errc() || end != text.data() + text.size() || !(settings.flush_seconds >= 0.0)) {
            fmt::print(stderr, "foramen: --flush {}: expected seconds such as 5\n", text);
            return exit_usage;
        }
    }
    if (arguments.has("output") && arguments.words.size() > 1) {
        fmt::print(stderr, "foramen: --output names one file, but {} scenarios are given\n", arguments.words.size());
        return exit_usage;
    }
    std::vector<Job> jobs;
    if (const int code = load_all(arguments, jobs); code != exit_done) return code;
    if (const int code = check_outputs(jobs, arguments); code != exit_done) return code;
    if (arguments.has("dry-run")) {
        for (const Job& job : jobs) fmt::print("{} would write {}\n", job.loaded.scenario.name, job.output);
        return exit_done;
    }
    settings.command = command_line(arguments);
    settings.quiet = arguments.has("quiet");
    stop_on_signals();
    for (const Job& job : jobs) {
        settings.output = job.output;
        try {
            if (const int code = run_one(job, settings, arguments.has("profile")); code != exit_done) return code;
        } catch (const FileError& e) {
            fmt::print(stderr, "foramen: {}\n", e.what());
            return exit_system;
        }
    }
    return exit_done;
}

int summarize_command(const Arguments& arguments) {
    return with_result(arguments, [](const std::string&, const ResultFile& result) { fmt::print("{}", summarize(result)); });
}

int export_command(const Arguments& arguments) {
    return with_result(arguments, [&](const std::string& word, const ResultFile& result) {
        const std::string output = arguments.value("output", fs::path(word).replace_extension(".csv").string());
        export_history_csv(result, output);
        fmt::print("{}\n", output);
    });
}

}  // namespace foramen::io
