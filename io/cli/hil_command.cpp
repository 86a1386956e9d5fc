#include "io/cli/hil_command.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "io/cli/checked_options.hpp"
#include "io/device/dashboard.hpp"
#include "io/device/device_uri.hpp"
#include "io/device/hil_session.hpp"
#include "io/device/real_time.hpp"
#include "io/progress.hpp"
#include "io/quantity.hpp"
#include "io/scenario_sources.hpp"
#include "scenarios/load_program.hpp"

namespace foramen::io {

namespace {

namespace fs = std::filesystem;

int check_files(const HilSettings& settings, bool force) {
    const int result = settings.output.empty() ? exit_done : check_new_file(settings.output, ".h5", "a result", force);
    return result != exit_done || settings.record.empty() ? result : check_new_file(settings.record, "", "", force);
}

std::string command_line(const Arguments& arguments) {
    std::string line = "foramen hil";
    for (const std::string& word : arguments.words) line += " " + word;
    for (const auto& [name, value] : arguments.options) line += " --" + name + (value.empty() ? "" : " " + value);
    return line;
}

void print_plan(const LoadedScenario& loaded, const HilSettings& settings, const HilOptions& options) {
    const double rate = settings.rate > 0.0 ? settings.rate : default_rate(loaded.scenario.model.resolution);
    fmt::print("{}\ndevice: {}\nrate: {:g} ticks a second\nlargest force: {:.1f} N\n", loaded.scenario.name, describe_source(settings.device), rate,
               force_cap(options, loaded.scenario));
    fmt::print("limits: pressure {:g} MPa, height gain {:g} mm, fibre strain {:g} %, ligament {:g} % of failure\n", options.limits.lowest_pressure,
               options.limits.height_gain, 100.0 * options.limits.fibre_strain, 100.0 * options.limits.ligament_share);
    if (!settings.model.empty()) fmt::print("reduced model: {}\n", settings.model);
    if (settings.dashboard) fmt::print("dashboard: port {} of 127.0.0.1\n", *settings.dashboard);
    fmt::print("would write: {}{}{}\n", settings.output.empty() ? "nothing" : settings.output, settings.record.empty() ? "" : ", ", settings.record);
}

}  // namespace

int hil_command(const Arguments& arguments) {
    HilSettings settings;
    settings.device = arguments.value("device");
    settings.record = arguments.value("record");
    settings.model = arguments.value("model");
    settings.quiet = arguments.has("quiet");
    settings.command = command_line(arguments);
    // a step of a reduced model is too short to be shared, and the reader that runs beside it needs a core
    double threads = settings.model.empty() ? std::min(2.0, static_cast<double>(std::max(1u, std::thread::hardware_concurrency()))) : 1.0;
    bool good = take_number(arguments, "rate", 1.0, 1000.0, "100", settings.rate);
    good = take_number(arguments, "seconds", 1.0, 86400.0, "60", settings.seconds) && good;
    good = take_number(arguments, "threads", 1.0, 64.0, "1", threads) && good;
    settings.threads = static_cast<int>(threads);
    double port = dashboard_port;
    if (!arguments.value("dashboard").empty()) good = take_number(arguments, "dashboard", 0.0, 65535.0, "8765", port) && good;
    if (arguments.has("dashboard")) settings.dashboard = static_cast<int>(port);
    if (settings.device.empty()) fmt::print(stderr, "foramen: --device is missing; try --device emulated:\n");
    if (!good || settings.device.empty()) return exit_usage;
    if (settings.threads > 1 && !arguments.has("dry-run")) let_teams_sleep();
    fmt::print(stderr, "{}\n", bench_notice);

    const LoadedScenario loaded = read_scenario(arguments.words.front(), default_read_options());
    for (const Diagnostic& warning : loaded.warnings) fmt::print(stderr, "{}", to_text(warning));
    if (loaded.scenario.laboratory) {
        fmt::print(stderr, "foramen: {} is a test in the laboratory; a device in the loop needs a session\n", loaded.scenario.name);
        return exit_invalid_input;
    }
    if (scenarios::load_program(loaded.scenario).stands()) {
        fmt::print(stderr, "foramen: {} has a patient who stands; a device in the loop needs one who lies\n", loaded.scenario.name);
        return exit_invalid_input;
    }
    settings.output = arguments.value("output", fs::path(arguments.words.front()).stem().string() + "-hil.h5");
    HilOptions options;
    if (arguments.has("limits")) {
        settings.options_name = arguments.value("limits");
        options = read_hil_options(settings.options_name);
        settings.options = *file_text(settings.options_name);
    }
    if (parse_device_uri(settings.device).kind == DeviceKind::replay && settings.dashboard) {
        fmt::print(stderr, "foramen: --dashboard shows a device as it runs; a recording is repeated faster than one can look\n");
        return exit_usage;
    }
    if (const int code = check_files(settings, arguments.has("force")); code != exit_done) return code;
    if (arguments.has("dry-run")) {
        if (const auto reduced = fitting_model(settings, loaded)) settings.rate = 1.0 / reduced->model.step;
        print_plan(loaded, settings, options);
        return exit_done;
    }
    stop_on_signals();
    const HilOutcome outcome = run_hil(loaded, settings);
    if (!outcome.ran) {
        fmt::print(stderr, "foramen: {}: {}; nothing was written\n", loaded.scenario.name, outcome.why);
        return exit_no_convergence;
    }
    fmt::print("{}\nresult: {}\n", session_text(outcome.report, outcome.solution, outcome.rate), settings.output);
    if (!settings.record.empty()) fmt::print("recording: {}\n", settings.record);
    if (outcome.report.finished) return exit_done;
    return outcome.report.reason == Fault::solver_failed ? exit_no_convergence : exit_system;
}

Command hil_row() {
    return {"hil",
            "follow a traction device or its load cell in real time; a bench instrument, no person attached",
            "foramen hil quick --device emulated: --seconds 60",
            "SCENARIO",
            1,
            1,
            {{"--device", "URI", "serial:, modbus-tcp:, modbus-rtu:, udp:, tcp:, replay:, emulated:"},
             {"-o,--output", "FILE", "result; else the scenario's name with -hil.h5"},
             {"--record", "FILE", "raw bytes and stamps, for replay:"},
             {"--limits", "FILE", "YAML with limits, checks and policy; else the defaults"},
             {"--model", "FILE", "reduced model that foramen reduce made of this scenario; else all elements"},
             {"--rate", "HZ", "ticks a second; else 100 coarse, 20 reference, 5 fine, or what the reduced model is made for"},
             {"--seconds", "SECONDS", "of the pull; else the whole programme"},
             {"--threads", "N", "threads of a step; else 2, or 1 with a reduced model or on one core; results do not depend on it"},
             {"--dashboard", "=PORT", "a page in a browser of this machine, at 127.0.0.1:8765 or another port; 0: any that is free"},
             {"--force", "", "replace files that exist"},
             {"--dry-run", "", "check everything, say what would happen, open nothing"},
             {"--quiet", "", "no line a second"}},
            hil_command};
}

}  // namespace foramen::io
