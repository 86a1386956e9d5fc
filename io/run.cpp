#include "io/run.hpp"

#include <fmt/core.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <ctime>
#include <fstream>
#include <functional>

#include "engine/core/units.hpp"
#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/progress.hpp"
#include "io/recorder.hpp"
#include "io/version.hpp"
#include "models/pressure_layer.hpp"
#include "models/specimen_stiffness.hpp"
#include "scenarios/laboratory_program.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace {

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

std::string processor_name() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
    return "unknown";
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "- " : "\n- ") + line;
    return text;
}

/// Shortest time between two corners in which the device's force changes [s]; infinity without any.
double shortest_ramp(const scenarios::LoadProgram& program) {
    double shortest = std::numeric_limits<double>::infinity();
    const auto& curve = program.curve();
    for (std::size_t i = 0; i + 1 < curve.x().size(); ++i)
        if (curve.y()[i] != curve.y()[i + 1]) shortest = std::min(shortest, curve.x()[i + 1] - curve.x()[i]);
    return shortest;
}

/// What is run on the model after its equilibrium: a session of therapy, or a test in the laboratory.
struct Course {
    double duration = 0.0;
    double shortest_ramp = 0.0;  ///< shortest change of the load; infinity without any [s]
    std::function<std::string(models::SpineModel&)> begin;  ///< empty, or why it cannot be run
    std::function<engine::RunReport(models::SpineModel&, const scenarios::SessionStepping&, const std::vector<engine::Observer*>&)> run;
};

Course session_course(const scenarios::Scenario& scenario) {
    const scenarios::LoadProgram program = scenarios::load_program(scenario);
    return {program.duration(), shortest_ramp(program), [program](models::SpineModel& model) { return scenarios::begin_session(model, program); },
            [program](models::SpineModel& model, const scenarios::SessionStepping& stepping, const std::vector<engine::Observer*>& observers) {
                return scenarios::run_session(model, program, stepping, observers);
            }};
}

Course laboratory_course(const scenarios::Laboratory& laboratory) {
    const scenarios::LaboratoryProgram program(laboratory);
    return {program.duration(), program.shortest_ramp(), [](models::SpineModel&) { return std::string(); },
            [program](models::SpineModel& model, const scenarios::SessionStepping& stepping, const std::vector<engine::Observer*>& observers) {
                return scenarios::run_laboratory(model, program, stepping, observers);
            }};
}

/// Before the search for equilibrium: a patient who would slide off.
std::string cannot_hold(const scenarios::Scenario& scenario, const models::SpineModel& model) {
    if (scenario.laboratory) return "";
    const scenarios::LoadProgram program = scenarios::load_program(scenario);
    return models::cannot_hold(model, program.peak(), program.angle(program.duration()));
}

std::string lordosis_text(const models::SpineModel& model) {
    if (model.laboratory) return "";
    std::array<engine::Pose, models::body_count> reached;
    std::copy_n(model.system.poses.begin(), models::body_count, reached.begin());
    return fmt::format("neutral {:.2f} deg, imposed by the posture {:.2f} deg, in equilibrium {:.2f} deg",
                       models::lordosis(model.geometry, model.geometry.neutral) / degree,
                       models::lordosis(model.geometry, models::posed(model.geometry, model.spec.lordosis_change)) / degree,
                       models::lordosis(model.geometry, reached) / degree);
}

/// Of a person: what lying alone does to L4-L5, before the session and its first tone.
std::string rest_text(const models::SpineModel& model, const models::EquilibriumReport& equilibrium) {
    if (model.laboratory) return "";
    const std::string added = equilibrium.resting_tension > 0.0 ? fmt::format("a follower load of {:.1f} N added", equilibrium.resting_tension) : "no load added";
    return fmt::format("L4-L5 carries {:.1f} N at {:.3f} MPa, {}", equilibrium.compression, equilibrium.pressure, added);
}

std::string pressure_layer_text(const models::SpineModel& model, double ramp) {
    if (!std::isfinite(ramp)) return "";
    std::string text;
    for (const int d : model.spec.present_discs()) {
        const models::PressureLayer l = models::pressure_layer(model, d, ramp);
        text += fmt::format("{}: a load change of {:.3g} s leaves a pressure layer of {:.3f} mm at the drained surfaces; first element {:.2f} mm: {}\n",
                            models::disc_names[d], ramp, l.thickness, l.first_element,
                            l.resolved() ? "resolved" : "not resolved, pressures nearer to the surface are means over it (no oscillation: projected)");
    }
    return text;
}

std::vector<ProvenanceEntry> provenance_at_start(const LoadedScenario& loaded, const Course& course, const std::filesystem::path& data, const models::SpineModel& model,
                                                 const models::EquilibriumReport& equilibrium, double equilibrium_seconds) {
    std::string hashes;
    for (const FileHash& h : data_file_hashes(data)) hashes += h.sha256 + "  " + h.file + "\n";
    for (const std::filesystem::path& file : loaded.anatomy.files) hashes += file_sha256(file) + "  " + file.lexically_relative(loaded.anatomy.path.parent_path()).string() + "\n";
    std::string warnings, quality;
    for (const Diagnostic& w : loaded.warnings) warnings += to_text(w);
    for (const int d : model.spec.present_discs()) {
        const engine::MeshQuality q = engine::mesh_quality(model.disc_mesh(d).mesh);
        quality += fmt::format("{}: {} hexahedra, smallest scaled Jacobian {:.3f}, largest aspect {:.0f}, volume {:.0f} mm3, stress-free height {:.3f} mm\n",
                               models::disc_names[d], model.disc_mesh(d).mesh.element_count(), q.min_scaled_jacobian, q.max_aspect, q.volume,
                               model.free_discs[d].height);
    }
    std::vector<ProvenanceEntry> p = build_provenance();
    const auto add = [&p](const char* name, std::string value, const char* long_name) { p.push_back({name, std::move(value), long_name}); };
    add("title", loaded.scenario.name, "name of the scenario");
    add("scenario", loaded.given, "scenario text as given");
    add("scenario_resolved", loaded.resolved, "scenario with every value; `foramen run` of this file repeats it");
    add("data_hashes", hashes, "SHA-256 of the tables that were read");
    std::vector<std::string> assumed = loaded.assumptions;
    for (std::string& text : models::assumptions(model, equilibrium.resting_tension)) assumed.push_back(std::move(text));
    add("assumptions", joined(assumed), "what the result rests on without a measurement");
    add("lordosis", lordosis_text(model), "lordosis L1-S1");
    add("warnings", warnings, "warnings of the scenario's check");
    add("mesh_quality", quality, "meshes of the discs");
    add("pressure_layer", pressure_layer_text(model, course.shortest_ramp), "resolution of the pressure layer at the drained surfaces (Vermeer & Verruijt 1981)");
    add("threads", std::to_string(omp_get_max_threads()), "OpenMP threads");
    add("processor", processor_name(), "processor of the host");
    add("started", utc_now(), "start of the run, UTC");
    add("equilibrium", fmt::format("{} passes, {} Newton iterations, {} factorisations of all discs; largest error of a disc height {:.4f} mm; "
                                   "follower load {:.2f} N for {:.2f} N on L4-L5",
                                   equilibrium.passes, equilibrium.iterations, equilibrium.refreshes, equilibrium.worst_height,
                                   equilibrium.resting_tension, equilibrium.compression),
        "search for the unloaded geometry");
    add("rest", rest_text(model, equilibrium), "lying in equilibrium with relaxed muscles, before the session");
    add("wall_time_equilibrium", fmt::format("{:.3f}", equilibrium_seconds), "wall time of the search for equilibrium [s]");
    return p;
}

/// Diagonal of a specimen's stiffness at the end of its test, in the words of the summary.
std::string stiffness_text(models::SpineModel& model) {
    if (!model.laboratory) return "";
    constexpr double quick = 10.0;  // s
    const engine::Matrix6 k = models::specimen_stiffness(model, quick);
    const double per_degree = degree / 1e3;  // N mm/rad to Nm/deg
    return fmt::format("for a load of {:.0f} s, one move at a time: forwards {:.1f}, sideways {:.1f}, axial {:.1f} N/mm; flexion {:.3f}, bending {:.3f}, "
                       "rotation {:.3f} Nm/deg",
                       quick, k(0, 0), k(1, 1), k(2, 2), k(4, 4) * per_degree, k(3, 3) * per_degree, k(5, 5) * per_degree);
}

/// Rows "phase, seconds of processor, share of all", for people and programs.
std::string profile_table(const models::EquilibriumReport& equilibrium, const engine::RunReport& run, const Recorder& recorder) {
    std::vector<std::pair<std::string, double>> rows;
    for (int i = 0; i < engine::phase_count; ++i)
        rows.emplace_back(engine::phase_words[static_cast<std::size_t>(i)], run.profile.seconds[static_cast<std::size_t>(i)]);
    rows.emplace_back("measures and fields", recorder.measuring_seconds());
    if (recorder.nutrition()) rows.emplace_back("solutes in the discs", recorder.nutrition_seconds());
    rows.emplace_back("compression and file", recorder.writing_seconds());
    rows.emplace_back("all of the search for equilibrium", equilibrium.profile.total());
    double total = 0.0;
    for (const auto& [name, seconds] : rows) total += seconds;
    std::string text;
    for (const auto& [name, seconds] : rows) text += fmt::format("{:<36} {:>9.2f} s {:>6.1f} %\n", name, seconds, 100.0 * seconds / total);
    return text + fmt::format("{:<36} {:>9.2f} s\n", "together, added over threads", total);
}

std::vector<ProvenanceEntry> provenance_at_end(const engine::RunReport& run, const std::string& profile, double session_seconds, double total_seconds, const std::string& why, const std::string& stiffness,
                                               const std::string& nutrition) {
    return {{"ended", utc_now(), "end of the run, UTC"},
            {"wall_time", fmt::format("{:.3f}", total_seconds), "wall time of the whole run [s]"},
            {"wall_time_session", fmt::format("{:.3f}", session_seconds), "wall time of the session [s]"},
            {"profile", profile, "where the time went, added over threads"},
            {"steps", std::to_string(run.steps), "accepted time steps"},
            {"rejected", std::to_string(run.rejected), "steps rejected for their error"},
            {"cutbacks", std::to_string(run.cutbacks), "steps cut because Newton's method did not converge"},
            {"newton_iterations", std::to_string(run.iterations), "Newton iterations"},
            {"factorisations", std::to_string(run.refreshes), "factorisations of all discs"},
            {"wrong_inertia", std::to_string(run.wrong_inertia), "factorisations with an unexpected number of negative pivots"},
            {"nutrition", nutrition, "how well the balance of the solutes was solved; empty where it was not asked for"},
            {"stopped_because", why, "why the run ended early; empty: it did not"},
            {"stiffness", stiffness, "stiffness of the upper vertebra of a specimen at the end of its test; empty in a session"}};
}

}  // namespace

RunOutcome run_scenario(const LoadedScenario& loaded, const RunSettings& settings) {
    const auto start = Clock::now();
    if (settings.threads > 0) omp_set_num_threads(settings.threads);
    const std::filesystem::path data = data_folder();
    const scenarios::Scenario& scenario = loaded.scenario;
    const Course course = scenario.laboratory ? laboratory_course(*scenario.laboratory) : session_course(scenario);
    Progress progress(scenario.name, course.duration, settings.quiet);
    progress.say("building the spine and finding its equilibrium");
    models::SpineSpec spec = scenarios::spine_spec(scenario);
    spec.anatomy = loaded.anatomy.anatomy;
    models::SpineModel model = models::build_spine(read_anatomy_tables(data), spec);
    RunOutcome outcome;
    outcome.why = cannot_hold(scenario, model);
    if (!outcome.why.empty()) return outcome;
    const models::EquilibriumReport equilibrium = models::find_equilibrium(model, {});
    if (!equilibrium.converged) {
        outcome.why = "no equilibrium before the session: " + equilibrium.why;
        return outcome;
    }
    outcome.why = course.begin(model);
    if (!outcome.why.empty()) return outcome;
    const double equilibrium_seconds = seconds_since(start);
    progress.say(fmt::format("in equilibrium after {}; {} to compute", duration_text(equilibrium_seconds), duration_text(course.duration)));

    ResultOptions options;
    options.title = scenario.name;
    options.command = settings.command;
    options.planned_field_outputs = static_cast<int>(std::ceil(course.duration / scenario.output.fields)) + 2;
    options.mantissa_bits = scenario.output.precision;
    options.flush_seconds = settings.flush_seconds;
    Recorder recorder(settings.output, model, scenario.output.fields,
                      provenance_at_start(loaded, course, data, model, equilibrium, equilibrium_seconds), options);
    const auto session = Clock::now();
    const engine::RunReport run = course.run(model, scenarios::stepper_options(scenario), {&recorder, &progress});
    progress.finish();
    outcome.written = true;
    outcome.finished = run.reason == engine::StopReason::finished;
    outcome.interrupted = run.reason == engine::StopReason::asked;
    if (outcome.interrupted) outcome.why = fmt::format("interrupted at {:.2f} s of the session", run.time);
    if (run.reason == engine::StopReason::step_too_small) outcome.why = run.why;
    recorder.finish(outcome.finished ? RunStatus::complete : RunStatus::stopped,
                    provenance_at_end(run, profile_table(equilibrium, run, recorder), seconds_since(session), seconds_since(start), outcome.why,
                                      outcome.finished ? stiffness_text(model) : "", recorder.nutrition() ? recorder.nutrition()->report() : ""));
    return outcome;
}

}  // namespace foramen::io
