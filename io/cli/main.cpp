#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>

#include "engine/kernels/instruction_set.hpp"
#include "io/cli/command.hpp"
#include "io/diagnostics.hpp"
#include "io/result_file.hpp"
#include "io/version.hpp"
#include "models/geometry_error.hpp"

namespace {
using foramen::io::Arguments;
using foramen::io::Command;
using foramen::io::Option;

constexpr const char* notice = "Research software. Not a medical device; no clinical advice.";

/// One row of the table as a CLI11 subcommand; what is parsed lands in `arguments`.
void add_command(CLI::App& app, const Command& command, Arguments& arguments) {
    CLI::App* const sub = app.add_subcommand(command.name, command.help);
    sub->footer("Example: " + command.example);
    if (!command.words.empty()) {
        CLI::Option* const words = sub->add_option(command.words, arguments.words, "");
        words->option_text(command.most_words < 0 ? "..." : " ");
        if (command.most_words < 0) {
            words->expected(std::max(1, command.least_words), CLI::detail::expected_max_vector_size);
        } else {
            words->expected(command.least_words, command.most_words);
        }
        words->required(command.least_words > 0);
    }
    for (const Option& option : command.options) {
        const std::string name = option.flags.substr(option.flags.find("--") + 2);
        if (option.value.starts_with('=')) {  // CLI11 hands a flag without a value its count
            sub->add_flag_function(
                   option.flags, [&arguments, name](std::int64_t value) { arguments.options[name] = value == 1 ? "" : std::to_string(value); }, option.help)->type_name("[" + option.value + "]");
        } else if (option.value.empty()) {
            sub->add_flag_callback(
                option.flags, [&arguments, name] { arguments.options[name] = ""; }, option.help);
        } else {
            sub->add_option_function<std::string>(
                   option.flags, [&arguments, name](const std::string& value) { arguments.options[name] = value; }, option.help)
                ->type_name(option.value);
        }
    }
}

/// Runs a command; errors become a message and an exit code.
int run(const Command& command, const Arguments& arguments) {
    using namespace foramen::io;
    try {
        return command.run(arguments);
    } catch (const ScenarioError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return exit_invalid_input;
    } catch (const foramen::models::GeometryError& e) {
        fmt::print(stderr, "foramen: {}; nothing was written\n", e.what());
        return exit_invalid_input;
    } catch (const FileError& e) {
        fmt::print(stderr, "foramen: {}\n", e.what());
        return exit_system;
    } catch (const std::exception& e) {
        fmt::print(stderr, "foramen {}: internal error: {}\n", command.name, e.what());
        return exit_system;
    }
}

/// What the environment asks for and this processor or build does not have; empty if nothing.
std::string wrong_instruction_set() {
    using namespace foramen::engine;
    const char* const wanted = std::getenv("FORAMEN_INSTRUCTION_SET");
    if (wanted == nullptr || word(instruction_set()) == wanted) return "";
    std::string words;
    for (const InstructionSet set : available_instruction_sets()) words += (words.empty() ? "" : ", ") + std::string(word(set));
    return fmt::format("FORAMEN_INSTRUCTION_SET is \"{}\"; this build on this processor has {}", wanted, words);
}
}  // namespace

int main(int argc, char** argv) {
    using namespace foramen::io;
    if (const std::string wrong = wrong_instruction_set(); !wrong.empty()) {
        fmt::print(stderr, "foramen: {}\n", wrong);
        return exit_usage;
    }
    CLI::App app(fmt::format("Foramen: finite-element lumbar spine under intermittent traction.\n{}", notice), "foramen");
    app.set_version_flag("--version", fmt::format("foramen {}\nkernels: {}\n{}", version_text(), word(foramen::engine::instruction_set()), notice));
    app.set_help_flag("-h,--help", "print this help");
    app.footer(
        "Exit codes: 0 done, 1 a check of verify failed, 2 usage, 3 invalid input, 4 no convergence, 5 file or system.\n"
        "Example: foramen new intermittent > my.yaml && foramen check my.yaml");
    app.require_subcommand(0, 1);
    Arguments arguments;
    for (const Command& command : commands()) add_command(app, command, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? exit_done : exit_usage;
    }
    for (const Command& command : commands()) {
        if (app.got_subcommand(command.name)) return run(command, arguments);
    }
    fmt::print(stderr, "{}", app.help());
    return exit_usage;
}
