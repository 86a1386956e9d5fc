#pragma once

#include <map>
#include <string>
#include <vector>

namespace foramen::io {

/// What the program tells the shell.
enum ExitCode : int {
    exit_done = 0,            ///< what was asked is done
    exit_not_verified = 1,    ///< a check of verify failed
    exit_usage = 2,           ///< wrong arguments
    exit_invalid_input = 3,   ///< a scenario with errors; nothing was run
    exit_no_convergence = 4,  ///< the solver gave up; what was computed is kept
    exit_system = 5,          ///< a file or the system refused
};

/// The words after a command's name, checked against its description.
struct Arguments {
    std::vector<std::string> words;              ///< positional
    std::map<std::string, std::string> options;  ///< by long name without dashes; a flag has the value ""
    [[nodiscard]] bool has(const std::string& option) const { return options.contains(option); }
    /// The value of an option, or `otherwise` where it is not given.
    [[nodiscard]] std::string value(const std::string& option, const std::string& otherwise = "") const {
        const auto found = options.find(option);
        return found == options.end() ? otherwise : found->second;
    }
};

struct Option {
    std::string flags;  ///< "-o,--output": the long one is its name
    std::string value;  ///< "FILE"; empty for a flag; "=PORT": only behind an equals sign, and may be left out
    std::string help;
};

/// One subcommand: a row of the table in commands.cpp.
struct Command {
    std::string name;
    std::string help;     ///< one line
    std::string example;  ///< a command line
    std::string words;    ///< name of its positional arguments, "FILE"; empty: none
    int least_words;
    int most_words;  ///< -1: any number
    std::vector<Option> options;
    int (*run)(const Arguments& arguments);
};

/// All commands, in the order of the help.
[[nodiscard]] const std::vector<Command>& commands();

}  // namespace foramen::io
