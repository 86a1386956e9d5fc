#include "io/cli/compare_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "io/compare/compare.hpp"
#include "io/compare/pull_table.hpp"
#include "io/replace_file.hpp"
#include "models/anatomy.hpp"

namespace foramen::io {

int compare_command(const Arguments& arguments) {
    const std::string level = arguments.value("level", "L4-L5"), side = arguments.value("side", "left");
    if (std::find(models::disc_names.begin(), models::disc_names.end(), level) == models::disc_names.end()) {
        fmt::print(stderr, "foramen: --level {}: expected one of L1-L2, L2-L3, L3-L4, L4-L5, L5-S1\n", level);
        return exit_usage;
    }
    if (side != "left" && side != "right") {
        fmt::print(stderr, "foramen: --side {}: expected left or right\n", side);
        return exit_usage;
    }
    std::vector<ComparedSession> sessions;
    for (const std::string& file : arguments.words) sessions.push_back(compared_session(file, level, side));
    std::vector<std::vector<PullRow>> pulls;
    if (arguments.has("per-pull") || arguments.has("pulls-csv"))
        for (const std::string& file : arguments.words) pulls.push_back(pull_rows(file, level, side));
    fmt::print("{}", compare_table(sessions, level, side));
    if (arguments.has("per-pull"))
        for (std::size_t i = 0; i < pulls.size(); ++i) fmt::print("{}", pull_table(sessions[i].file, pulls[i]));
    if (arguments.has("csv")) replace_file(arguments.value("csv"), compare_csv(sessions));
    if (arguments.has("pulls-csv")) replace_file(arguments.value("pulls-csv"), pull_csv(arguments.words, pulls));
    if (arguments.has("plot")) replace_file(arguments.value("plot"), compare_plot(sessions, level, side));
    return exit_done;
}

}  // namespace foramen::io
