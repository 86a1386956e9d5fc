#include "io/cli/scenario_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "engine/core/units.hpp"
#include "io/field_docs.hpp"
#include "io/result_file.hpp"
#include "io/scenario_reader.hpp"
#include "io/scenario_writer.hpp"
#include "io/spelling.hpp"
#include "io/study/study_templates.hpp"
#include "scenarios/laboratory_program.hpp"
#include "scenarios/load_program.hpp"

namespace foramen::io {

namespace {
constexpr double newton_metre = 1e3;  // N mm

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// How long it takes and what is the most that it loads.
std::string course_text(const scenarios::Scenario& scenario) {
    if (!scenario.laboratory) {
        const scenarios::LoadProgram program = scenarios::load_program(scenario);
        return fmt::format("{:.6g} min, peak {:.6g} N", program.duration() / 60.0, program.peak());
    }
    const scenarios::LaboratoryProgram program(*scenario.laboratory);
    const models::LaboratoryLoads most = program.largest();
    return fmt::format("{:.6g} min, peak {:.6g} Nm, {:.6g} N, {:.6g} mm", program.duration() / 60.0,
                       std::max({most.flexion, most.left_bending, most.left_rotation}) / newton_metre, std::max(most.follower, most.axial_force),
                       most.displacement);
}

void print_test(const scenarios::Laboratory& laboratory) {
    const scenarios::LaboratoryProgram program(laboratory);
    fmt::print("time [s],flexion [Nm],left bending [Nm],left rotation [Nm],follower [N],axial force [N],displacement [mm]\n");
    for (const double t : program.corners()) {
        const models::LaboratoryLoads l = program.loads(t);
        fmt::print("{},{},{},{},{},{},{}\n", t, l.flexion / newton_metre, l.left_bending / newton_metre, l.left_rotation / newton_metre, l.follower,
                   l.axial_force, l.displacement);
    }
}

int check_one(const std::string& file, const ReadOptions& options) {
    try {
        const LoadedScenario loaded = read_scenario(file, options);
        for (const Diagnostic& warning : loaded.warnings) fmt::print(stderr, "{}", to_text(warning));
        fmt::print("{}: ok: {}, {}, {}\n", file, course_text(loaded.scenario), counted(loaded.warnings.size(), "warning"), counted(loaded.assumptions.size(), "assumption"));
        return exit_done;
    } catch (const ScenarioError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return exit_invalid_input;
    } catch (const FileError& e) {
        fmt::print(stderr, "foramen: {}\n", e.what());
        return exit_system;
    }
}

void print_program(const scenarios::Scenario& scenario) {
    const scenarios::LoadProgram program = scenarios::load_program(scenario);
    const auto& curve = program.curve();
    fmt::print("time [s],force [N],angle [deg],phase,cycle\n");
    for (std::size_t i = 0; i < curve.x().size(); ++i) {
        const double t = curve.x()[i];
        const scenarios::Phase& phase = program.phase(t);
        fmt::print("{},{},{:.6g},{},{}\n", t, curve.y()[i], program.angle(t) / degree,
                   scenarios::phase_words[static_cast<std::size_t>(phase.kind)], phase.cycle);
    }
}
}  // namespace

int check_command(const Arguments& arguments) {
    const ReadOptions options = default_read_options();
    int worst = exit_done;
    for (const std::string& file : arguments.words) worst = std::max(worst, check_one(file, options));
    return worst;
}

int describe_command(const Arguments& arguments) {
    const LoadedScenario loaded = read_scenario(arguments.words.front(), default_read_options());
    for (const Diagnostic& warning : loaded.warnings) fmt::print(stderr, "{}", to_text(warning));
    if (arguments.has("program")) {
        loaded.scenario.laboratory ? print_test(*loaded.scenario.laboratory) : print_program(loaded.scenario);
        return exit_done;
    }
    fmt::print("# Resolved from {}. Research software. Not a medical device; no clinical advice.\n", loaded.file);
    for (std::size_t i = 1; i < loaded.sources.size(); ++i) fmt::print("# with {}\n", loaded.sources[i].name);
    fmt::print("{}", loaded.resolved);
    if (!loaded.assumptions.empty()) fmt::print("\n# Assumptions that a result of this scenario rests on:\n");
    for (const std::string& assumption : loaded.assumptions) fmt::print("# - {}\n", assumption);
    return exit_done;
}

int new_command(const Arguments& arguments) {
    const std::string& kind = arguments.words.front();
    auto kinds = template_kinds();
    const auto studies = study_template_kinds();
    if (std::find(studies.begin(), studies.end(), kind) != studies.end()) {
        fmt::print("{}", study_template(kind));
        return exit_done;
    }
    kinds.insert(kinds.end(), studies.begin(), studies.end());
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        fmt::print(stderr, "foramen new: there is no template \"{}\"\n  hint: {}\n", kind, suggest(kind, kinds));
        return exit_usage;
    }
    fmt::print("{}", template_text(kind));
    return exit_done;
}

int schema_command(const Arguments&) {
    fmt::print("{}", scenario_schema());
    return exit_done;
}

int reference_command(const Arguments& arguments) {
    const std::string section = arguments.words.empty() ? "" : arguments.words.front();
    const std::string text = scenario_reference(section);
    if (text.empty()) {
        fmt::print(stderr,
                   "foramen reference: there is no section \"{}\"\n  hint: for example patient.muscles, session[i].traction\n",
                   section);
        return exit_usage;
    }
    fmt::print("{}", text);
    return exit_done;
}

}  // namespace foramen::io
