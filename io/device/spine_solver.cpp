#include "io/device/spine_solver.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "io/recorder.hpp"

namespace foramen::io {

namespace {

double largest(const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); }

/// First multiple of the interval after a time.
double next_multiple(double time, double interval) { return interval * (std::floor(time / interval * (1.0 + 1e-12)) + 1.0); }

}  // namespace

SpineSolver::SpineSolver(models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options)
    : model_(model), program_(std::move(program)), limits_(limits), options_(options), observer_(model), dose_(observer_),
      blocks_(model, observer_.foramina(), nullptr), newton_(model.system, models::newton_options(model, options.peak)) {}

std::vector<SeriesSpec> SpineSolver::series() const { return series_of(recorded(model_, observer_, dose_)); }

void SpineSolver::begin() {
    omp_set_num_threads(options_.threads);
    model_.apply(0.0, 0.0, program_.angle(0.0));
    model_.remember(0.0);
    stepper_ = std::make_unique<engine::RealTimeStepper>(model_.system, newton_, 1.0 / options_.rate, options_.stepping);
    read(0.0);
}

bool SpineSolver::step(const SolverInput& input, std::optional<bool> exchange) {
    const double h = static_cast<double>(input.tick - last_tick_) / options_.rate, time = static_cast<double>(input.tick + 1) / options_.rate;
    last_tick_ = input.tick;
    const engine::RealTimeStep step = stepper_->step(time, h, [&](double t) { model_.apply(t, input.force, program_.angle(t)); }, exchange);
    ++solution_.version;
    ++solution_.steps;
    solution_.tick = input.tick;
    solution_.force = input.force;
    solution_.merit = step.merit;
    solution_.corrections += static_cast<std::uint32_t>(step.corrections);
    solution_.exchanges += step.exchanged ? 1 : 0;
    solution_.sound = step.made();
    if (!step.made()) {
        ++solution_.failures;
        return step.exchanged;
    }
    model_.remember(time);
    return step.exchanged;
}

bool SpineSolver::observe() {
    const double time = static_cast<double>(last_tick_ + 1) / options_.rate;
    if (!solution_.sound || time * (1.0 + 1e-12) < next_row_) return false;
    ++solution_.version;
    read(time);
    return true;
}

std::vector<double> SpineSolver::column(const std::vector<double>& row, const char* name, std::size_t count) const {
    const auto first = row.begin() + static_cast<std::ptrdiff_t>(observer_.offset(name));
    return {first, first + static_cast<std::ptrdiff_t>(count)};
}

void SpineSolver::read(double time) {
    stepper_->evaluate();
    std::vector<double> row = observer_.read(model_, newton_);
    if (rest_.empty()) rest_ = row;
    const auto discs = static_cast<std::size_t>(models::disc_count);
    const std::vector<double> pressure = column(row, "idp", discs), height = column(row, "disc_height_mid", discs),
                              rest_pressure = column(rest_, "idp", discs), rest_height = column(rest_, "disc_height_mid", discs);
    std::copy(pressure.begin(), pressure.end(), solution_.pressure.begin());
    std::copy(height.begin(), height.end(), solution_.height.begin());
    const std::vector<double> area = column(row, "foramen_area", 2 * discs);
    std::copy(area.begin(), area.end(), solution_.foramen.begin());
    std::vector<double> fallen, gained;
    for (std::size_t d = 0; d < discs; ++d) {
        fallen.push_back((rest_pressure[d] - pressure[d]) / (rest_pressure[d] - limits_.lowest_pressure));
        gained.push_back((height[d] - rest_height[d]) / limits_.height_gain);
    }
    std::vector<double> ligaments{0.0};
    for (const models::Observable& o : observer_.observables())
        if (o.name == "ligament_failure_fraction") ligaments = column(row, "ligament_failure_fraction", o.size());
    solution_.share = {largest(fallen), largest(gained), largest(column(row, "peak_fibre_strain", discs)) / limits_.fibre_strain,
                       largest(ligaments) / limits_.ligament_share};
    solution_.observed_tick = last_tick_;
    solution_.observed_force = solution_.force;
    const std::vector<double> doses = dose_.add(time, row);
    row.insert(row.end(), doses.begin(), doses.end());
    row_ = SolverRow{last_tick_, time, std::move(row), {}};
    next_row_ = next_multiple(time, options_.row_interval);
    if (time < next_fields_) return;
    row_->fields = blocks_.read(model_);
    next_fields_ = next_multiple(time, options_.field_interval);
}

std::optional<SolverRow> SpineSolver::take_row() {
    std::optional<SolverRow> out;
    std::swap(out, row_);
    return out;
}

}  // namespace foramen::io
