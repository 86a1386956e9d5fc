#include "io/cli/measure_command.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "io/import/anatomy_files.hpp"
#include "io/measure.hpp"
#include "io/quantity.hpp"
#include "io/replace_file.hpp"
#include "io/result_file.hpp"
#include "scenarios/patient.hpp"

namespace foramen::io {

int measure_command(const Arguments& arguments) {
    const std::string sex = arguments.value("sex", "female");
    if (sex != "female" && sex != "male") {
        fmt::print(stderr, "foramen: --sex {}: expected female or male\n", sex);
        return exit_usage;
    }
    std::optional<double> stature;
    if (arguments.has("stature")) {
        const ParsedQuantity parsed = parse_quantity(arguments.value("stature"), engine::Dimension::length);
        if (!parsed.value || *parsed.value < 1300.0 || *parsed.value > 2200.0) {
            fmt::print(stderr, "foramen: --stature {}: expected a length from 130 cm to 220 cm, such as \"180 cm\"\n",
                       arguments.value("stature"));
            return exit_usage;
        }
        stature = parsed.value;
    }
    const std::string& name = arguments.words.front();
    const auto path = find_anatomy(name, ".");
    if (!path) throw FileError(fmt::format("{}: there is no such file or folder here or in FORAMEN_ANATOMY", name));
    const Comparison comparison = measure_anatomy(*path, sex == "male" ? models::Sex::male : models::Sex::female, stature);
    fmt::print("{}", comparison_table(comparison));
    if (arguments.has("csv")) replace_file(arguments.value("csv"), comparison_csv(comparison));
    if (arguments.has("json")) replace_file(arguments.value("json"), comparison_json(comparison));
    return exit_done;
}

}  // namespace foramen::io
