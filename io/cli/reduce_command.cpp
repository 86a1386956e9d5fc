#include "io/cli/reduce_command.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "io/cli/checked_options.hpp"
#include "io/progress.hpp"
#include "io/reduced/reduced_spine.hpp"
#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"

namespace foramen::io {

namespace {

namespace fs = std::filesystem;

int reduce_command(const Arguments& arguments) {
    ReduceSettings settings;
    double elements = settings.options.sampling.most_elements;
    bool good = take_number(arguments, "rate", 10.0, 5000.0, "1000", settings.rate);
    good = take_number(arguments, "tolerance", 1e-5, 0.1, "4e-4", settings.options.sampling.tolerance) && good;
    good = take_number(arguments, "elements", 20.0, 5000.0, "600", elements) && good;
    if (!good) return exit_usage;
    settings.options.sampling.most_elements = static_cast<int>(elements);
    settings.check = !arguments.has("no-check");
    const LoadedScenario loaded = read_scenario(arguments.words.front(), default_read_options());
    for (const Diagnostic& warning : loaded.warnings) fmt::print(stderr, "{}", to_text(warning));
    if (loaded.scenario.laboratory || scenarios::load_program(loaded.scenario).stands()) {
        fmt::print(stderr, "foramen: {}: a reduced model is of a session of a patient who lies\n", loaded.scenario.name);
        return exit_invalid_input;
    }
    const std::string output = arguments.value("output", fs::path(arguments.words.front()).stem().string() + "-reduced.h5");
    if (const int code = check_new_file(output, ".h5", "a reduced model", arguments.has("force")); code != exit_done) return code;
    const scenarios::LoadProgram own = scenarios::load_program(loaded.scenario);
    if (arguments.has("dry-run")) {
        fmt::print("{}\nrate: {:g} ticks a second\nlearns from:\n", loaded.scenario.name, settings.rate);
        for (const Waveform& w : training_waveforms(own)) fmt::print("  {:<8} {}\n", w.name, w.words);
        fmt::print("is checked on:\n");
        for (const Waveform& w : unseen_waveforms(own)) fmt::print("  {:<8} {}\n", w.name, w.words);
        fmt::print("would write: {}\n", output);
        return exit_done;
    }
    const Progress progress(loaded.scenario.name, 1.0, arguments.has("quiet"));
    settings.say = [&progress](const std::string& text) { progress.say(text); };
    try {
        const ReducedSpine spine = reduce_spine(loaded, settings);
        write_reduced(output, spine);
        fmt::print("{}{} coordinates, {} elements\nreduced model: {}\n", spine.errors.empty() ? "" : error_table(spine.errors) + "\n", spine.model.basis.size(),
                   spine.model.sample.count(), output);
    } catch (const FileError&) {
        throw;
    } catch (const std::runtime_error& e) {
        fmt::print(stderr, "foramen: {}: {}; nothing was written\n", loaded.scenario.name, e.what());
        return exit_no_convergence;
    }
    return exit_done;
}

}  // namespace

Command reduce_row() {
    return {"reduce",
            "learn a reduced model of a scenario's spine for fast loops of hil, and measure its error and time on courses it has not seen",
            "foramen reduce quick -o quick-reduced.h5",
            "SCENARIO",
            1,
            1,
            {{"-o,--output", "FILE", "reduced model; else the scenario's name with -reduced.h5"},
             {"--rate", "HZ", "ticks a second that it is made for; else 1000"},
             {"--tolerance", "SHARE", "of the training forces that the chosen elements may miss; else 4e-4"},
             {"--elements", "N", "at most; else 600"},
             {"--no-check", "", "do not run the courses that it has not seen"},
             {"--force", "", "replace a file that exists"},
             {"--dry-run", "", "check everything, say what would happen, run nothing"},
             {"--quiet", "", "no progress"}},
            reduce_command};
}

}  // namespace foramen::io
