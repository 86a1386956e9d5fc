#include "io/recorder.hpp"

#include <cmath>

namespace foramen::io {

std::vector<SeriesSpec> series_of(const std::vector<models::Observable>& observables) {
    std::vector<SeriesSpec> series;
    for (const models::Observable& o : observables) series.push_back({o.name, o.units, o.long_name, o.comment, o.dimension, o.labels});
    return series;
}

std::vector<models::Observable> recorded(const models::SpineModel& model, const models::SpineObserver& observer, const models::Dose& dose) {
    std::vector<models::Observable> all = observer.observables();
    if (!model.laboratory) all.insert(all.end(), dose.observables().begin(), dose.observables().end());
    if (model.spec.solutes)
        for (models::Observable& o : models::solute_observables(model)) all.push_back(std::move(o));
    return all;
}

Recorder::Recorder(const std::string& path, const models::SpineModel& model, double field_interval, std::vector<ProvenanceEntry> provenance,
                   const ResultOptions& options)
    : model_(model),
      observer_(model),
      dose_(observer_),
      nutrition_(model.spec.solutes ? std::make_unique<models::SpineNutrition>(model) : nullptr),
      blocks_(model, observer_.foramina(), nutrition_.get()),
      interval_(field_interval),
      writer_(path, blocks_.specs(), series_of(recorded(model, observer_, dose_)), std::move(provenance), options) {}

void Recorder::on_step(const engine::StepView& view) {
    engine::Stopwatch watch;
    std::vector<double> row = observer_.read(model_, view.newton);
    if (!model_.laboratory) {
        const std::vector<double> doses = dose_.add(view.time, row);
        row.insert(row.end(), doses.begin(), doses.end());
    }
    measuring_seconds_ += watch.lap();
    if (nutrition_) {
        if (view.step > 0.0) nutrition_->advance(model_, view.step);
        const std::vector<double> supply = nutrition_->read();
        row.insert(row.end(), supply.begin(), supply.end());
        nutrition_seconds_ += watch.lap();
    }
    writer_.append_history(view.time, row);
    last_time_ = view.time;
    if (view.time >= next_fields_) {
        writing_seconds_ += watch.lap();
        const auto fields = blocks_.read(model_);
        measuring_seconds_ += watch.lap();
        writer_.append_fields(view.time, fields);
        last_fields_ = view.time;
        next_fields_ = interval_ * (std::floor(view.time / interval_ * (1.0 + 1e-12)) + 1.0);
    }
    writer_.commit_if_due();
    writing_seconds_ += watch.lap();
}

void Recorder::finish(RunStatus status, std::vector<ProvenanceEntry> provenance) {
    if (last_fields_ < last_time_) writer_.append_fields(last_time_, blocks_.read(model_));
    writer_.finish(status, std::move(provenance));
}

}  // namespace foramen::io
