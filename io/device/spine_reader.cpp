#include "io/device/spine_reader.hpp"

#include <algorithm>

#include "engine/reduced/reduced_basis.hpp"
#include "io/recorder.hpp"
#include "models/spine_twin.hpp"

namespace foramen::io {

namespace {

constexpr auto discs = static_cast<std::size_t>(models::disc_count);

double largest(const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); }

}  // namespace

SpineReader::SpineReader(const models::SpineModel& model, const HilLimits& limits, SpineReaderOptions options)
    : limits_(limits), options_(std::move(options)), twin_(models::twin_of(model)), observer_(twin_), dose_(observer_),
      blocks_(twin_, observer_.foramina(), nullptr), newton_(twin_.system, models::newton_options(twin_, options_.peak)), stage_{{}, 0.0},
      task_([this] { read(); }, options_.enter) {
    for (const engine::BiphasicDomain& d : twin_.system.domains) stage_.target.push_back(Eigen::VectorXd::Zero(d.node_count()));
    if (options_.estimate_step > 0.0) static_cast<void>(newton_.factor_now(options_.estimate_step));
}

std::vector<SeriesSpec> SpineReader::series() const {
    std::vector<SeriesSpec> series = series_of(recorded(twin_, observer_, dose_));
    if (options_.estimate_step <= 0.0) return series;
    const char* const how = "how far one correction with all elements moves the reading; the water stays where it is";
    series.push_back({"reduced_pressure_error", "MPa", "estimated error of the reduced model: largest of all intradiscal pressures", how, "", {}});
    series.push_back({"reduced_foramen_error", "mm2", "estimated error of the reduced model: largest of all foraminal areas", how, "", {}});
    return series;
}

void SpineReader::begin(const models::SpineModel& model, std::int64_t tick, double time, double force) {
    models::copy_state(model, twin_);
    place_discs_ = {};
    start(tick, time, force);
}

void SpineReader::begin_bodies(const models::SpineModel& model, std::int64_t tick, double time, double force,
                               std::function<void(models::SpineModel& twin)> place_discs) {
    models::copy_bodies(model, twin_);
    place_discs_ = std::move(place_discs);
    start(tick, time, force);
}

void SpineReader::start(std::int64_t tick, double time, double force) {
    read_.observed_tick = tick;
    read_.observed_force = force;
    row_ = SolverRow{tick, time, {}, {}};
    task_.begin();
}

SolverRow SpineReader::collect(Solution& to) {
    task_.finish();
    to.observed_tick = read_.observed_tick;
    to.observed_force = read_.observed_force;
    to.pressure = read_.pressure;
    to.height = read_.height;
    to.foramen = read_.foramen;
    to.share = read_.share;
    return std::move(row_);
}

std::vector<double> SpineReader::column(const std::vector<double>& row, const char* name, std::size_t count) const {
    const auto first = row.begin() + static_cast<std::ptrdiff_t>(observer_.offset(name));
    return {first, first + static_cast<std::ptrdiff_t>(count)};
}

std::array<double, limit_count> SpineReader::shares(const std::vector<double>& row) const {
    const std::vector<double> rest_pressure = column(rest_, "idp", discs), rest_height = column(rest_, "disc_height_mid", discs);
    std::vector<double> fallen, gained, ligaments{0.0};
    for (std::size_t d = 0; d < discs; ++d) {
        fallen.push_back((rest_pressure[d] - read_.pressure[d]) / (rest_pressure[d] - limits_.lowest_pressure));
        gained.push_back((read_.height[d] - rest_height[d]) / limits_.height_gain);
    }
    for (const models::Observable& o : observer_.observables())
        if (o.name == "ligament_failure_fraction") ligaments = column(row, "ligament_failure_fraction", o.size());
    return {largest(fallen), largest(gained), largest(column(row, "peak_fibre_strain", discs)) / limits_.fibre_strain, largest(ligaments) / limits_.ligament_share};
}

void SpineReader::estimate_error(const std::vector<double>& row) {
    engine::balance_forces(twin_.system, newton_);
    newton_.evaluate(stage_);
    const std::vector<double> balanced = observer_.read(twin_, newton_);
    const auto furthest = [&](const char* name, std::size_t count) {
        const std::vector<double> before = column(row, name, count), after = column(balanced, name, count);
        double most = 0.0;
        for (std::size_t i = 0; i < count; ++i) most = std::max(most, std::abs(after[i] - before[i]));
        return most;
    };
    row_.values.push_back(furthest("idp", discs));
    row_.values.push_back(furthest("foramen_area", 2 * discs));
}

void SpineReader::read() {
    if (place_discs_) place_discs_(twin_);
    newton_.evaluate(stage_);
    std::vector<double> row = observer_.read(twin_, newton_);
    if (rest_.empty()) rest_ = row;
    std::ranges::copy(column(row, "idp", discs), read_.pressure.begin());
    std::ranges::copy(column(row, "disc_height_mid", discs), read_.height.begin());
    std::ranges::copy(column(row, "foramen_area", 2 * discs), read_.foramen.begin());
    read_.share = shares(row);
    std::ranges::copy(dose_.add(row_.time, row), std::back_inserter(row));
    row_.values = row;
    if (row_.time >= next_fields_) {
        row_.fields = blocks_.read(twin_);
        next_fields_ = next_multiple(row_.time, options_.field_interval);
    }
    if (options_.estimate_step > 0.0) estimate_error(row);
}

}  // namespace foramen::io
