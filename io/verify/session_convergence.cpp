#include "io/verify/session_convergence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/scenario_reader.hpp"
#include "models/benchmarks/grid_convergence.hpp"
#include "models/benchmarks/recording.hpp"
#include "models/disc_state.hpp"
#include "models/observables.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

using engine::Dimension;

void describe(engine::FieldVisitor& v, SessionConvergence& c) {
    v.text("scenario", c.scenario, {.help = "of the library"});
    v.whole("cycles", c.cycles, 1, 100, {.help = "of a shortened pull", .absent = "the whole session"});
    v.quantity("rest", c.rest, Dimension::time, {1.0, 3600.0}, {.help = "before and after a shortened pull"});
    v.word("refined", c.refined, refined_words, {.help = "what is made finer"});
    v.quantity("time_tolerance", c.time_tolerance, Dimension::length, {1e-5, 1.0}, {.help = "largest of a refinement in time"});
    v.whole("runs", c.runs, 2, 5, "", {.help = "of a refinement in time, each with a quarter of the tolerance before"});
}

namespace {

constexpr int level = 3;  // L4-L5

struct Quantity {
    std::string name, unit;
    double value;
};

/// What one session came to.
struct Outcome {
    double element_size;  ///< of the L4-L5 disc [mm]
    std::vector<Quantity> quantities;
};

/// Reads what is compared at every step.
class SessionReader : public engine::Observer {
public:
    SessionReader(const models::SpineModel& model, const scenarios::LoadProgram& program)
        : model_(model), program_(program), observer_(model) {
        start_ = heights();
    }
    void on_step(const engine::StepView& view) override {
        const std::vector<double> all = observer_.read(model_, view.newton);
        const double idp = all[observer_.offset("idp") + level];
        area_ = all[observer_.offset("foramen_area") + 2 * level];
        if (view.step == 0.0) first_area_ = area_;
        if (!pulled_ && program_.force(view.time) <= 0.0) before_ = idp;
        lowest_ = std::min(lowest_, idp);
        if (program_.force(view.time) < (1.0 - 1e-9) * program_.peak()) return;
        pulled_ = true;
        quantities_ = {{"idp_end", "MPa", idp}, {"idp_end_fall", "MPa", before_ - idp}, {"foramen_area", "mm2", area_}, {"foramen_opening", "mm2", area_ - first_area_}};
        const auto now = heights();
        for (std::size_t d = 0; d < models::disc_count; ++d)
            quantities_.push_back({"height " + std::string(models::disc_names[d]), "mm", now[d] - start_[d]});
    }
    [[nodiscard]] std::vector<Quantity> quantities() const {
        std::vector<Quantity> all{{"idp_before", "MPa", before_}, {"idp_lowest", "MPa", lowest_}, {"idp_fall", "MPa", before_ - lowest_}};
        all.insert(all.end(), quantities_.begin(), quantities_.end());
        return all;
    }

private:
    [[nodiscard]] std::array<double, models::disc_count> heights() const {
        std::array<double, models::disc_count> h{};
        for (int d = 0; d < models::disc_count; ++d) h[static_cast<std::size_t>(d)] = models::disc_heights(model_, d)[0];
        return h;
    }
    const models::SpineModel& model_;
    const scenarios::LoadProgram& program_;
    models::SpineObserver observer_;
    std::array<double, models::disc_count> start_{};
    std::vector<Quantity> quantities_;  // at the last step under the full pull
    double before_ = 0.0, lowest_ = 1e300, area_ = 0.0, first_area_ = 0.0;
    bool pulled_ = false;
};

Outcome run_session(const scenarios::Scenario& scenario) {
    const scenarios::LoadProgram program = scenarios::load_program(scenario);
    models::SpineModel model = models::build_spine(read_anatomy_tables(data_folder()), scenarios::spine_spec(scenario));
    if (const models::EquilibriumReport report = models::find_equilibrium(model, {}); !report.converged)
        throw std::runtime_error("no equilibrium before the session: " + report.why);
    if (const std::string why = scenarios::begin_session(model, program); !why.empty()) throw std::runtime_error(why);
    SessionReader reader(model, program);
    models::finish(scenarios::run_session(model, program, scenarios::stepper_options(scenario), {&reader}));
    const engine::HexMesh& mesh = model.disc_meshes[level].mesh;
    return {std::cbrt(engine::mesh_quality(mesh).volume / mesh.element_count()), reader.quantities()};
}

scenarios::Scenario scenario_of(const SessionConvergence& c) {
    const ReadOptions options = default_read_options();
    if (!c.cycles) return read_scenario(c.scenario, options).scenario;
    const std::string text = fmt::format(
        "extends: {0}\nname: shortened\nsession:\n  - rest: {1} s\n"
        "  - traction: {{extends: intermittent-60-20, duration: ~, cycles: {2}}}\n  - rest: {1} s\n",
        c.scenario, c.rest, *c.cycles);
    return read_scenario_text(text, "shortened.yaml", options).scenario;
}

/// The runs of a refinement and what was refined: h of L4-L5, or the tolerance.
struct Runs {
    std::vector<double> x;
    std::vector<Outcome> outcomes;
};

Runs all_runs(const SessionConvergence& c) {
    scenarios::Scenario scenario = scenario_of(c);
    Runs runs;
    if (c.refined == Refined::mesh) {
        for (const auto resolution : {models::Resolution::coarse, models::Resolution::reference, models::Resolution::fine}) {
            scenario.model.resolution = resolution;
            runs.outcomes.push_back(run_session(scenario));
            runs.x.push_back(runs.outcomes.back().element_size);
        }
        return runs;
    }
    scenario.model.time_tolerance = c.time_tolerance;
    for (int i = 0; i < c.runs; ++i, scenario.model.time_tolerance /= 4.0) {
        runs.outcomes.push_back(run_session(scenario));
        runs.x.push_back(scenario.model.time_tolerance);
    }
    return runs;
}

void add_mesh_numbers(const Quantity& q, const models::Trace& values, std::vector<models::Trace>& traces) {
    const auto& [y, x] = std::pair(values.y, values.x);
    const models::GridConvergence g = models::grid_convergence({y[0], y[1], y[2]}, {x[0], x[1], x[2]});
    traces.push_back(models::number(q.name + " limit", g.extrapolated, q.unit));
    traces.push_back(models::number(q.name + " order", g.order));
    traces.push_back(models::number(q.name + " index", g.index));
    traces.push_back(models::number(q.name + " off", std::abs(y[1] - g.extrapolated), q.unit));
    traces.push_back(models::number(q.name + " share", g.error_middle));
    traces.push_back(models::number(q.name + " fine share", g.error_fine));
}

}  // namespace

std::vector<models::Trace> run(const SessionConvergence& c) {
    const Runs runs = all_runs(c);
    std::vector<models::Trace> traces;
    for (std::size_t k = 0; k < runs.outcomes.front().quantities.size(); ++k) {
        const Quantity& q = runs.outcomes.front().quantities[k];
        models::Trace values{q.name, q.unit, {}, "mm", runs.x};
        for (const Outcome& o : runs.outcomes) values.y.push_back(o.quantities.at(k).value);
        double spread = 0.0;
        for (const double y : values.y) spread = std::max(spread, std::abs(y - values.y.back()));
        if (c.refined == Refined::mesh) {
            add_mesh_numbers(q, values, traces);
        } else {
            traces.push_back(models::number(q.name + " spread", spread, q.unit));
        }
        traces.push_back(std::move(values));
    }
    return traces;
}

}  // namespace foramen::io
