#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/time/time_stepper.hpp"
#include "io/result_file.hpp"
#include "io/spine_blocks.hpp"
#include "models/dose.hpp"
#include "models/nutrition.hpp"

namespace foramen::io {

/// Writes every accepted step's observables, and the fields at the first accepted step of each output interval, into a result.
class Recorder : public engine::Observer {
public:
    /// The model's present state is the start of the session.
    /// @param field_interval  [s]
    Recorder(const std::string& path, const models::SpineModel& model, double field_interval, std::vector<ProvenanceEntry> provenance,
             const ResultOptions& options);

    void on_step(const engine::StepView& view) override;
    /// Writes the fields of the last step if they are not there yet, and closes the file.
    void finish(RunStatus status, std::vector<ProvenanceEntry> provenance);

    [[nodiscard]] double measuring_seconds() const { return measuring_seconds_; }  ///< observables and fields of all steps
    [[nodiscard]] double nutrition_seconds() const { return nutrition_seconds_; }  ///< solutes in the discs
    [[nodiscard]] const models::SpineNutrition* nutrition() const { return nutrition_.get(); }  ///< none where it is not asked for
    [[nodiscard]] double writing_seconds() const { return writing_seconds_; }      ///< compression and file

private:
    const models::SpineModel& model_;
    models::SpineObserver observer_;
    models::Dose dose_;
    std::unique_ptr<models::SpineNutrition> nutrition_;
    SpineBlocks blocks_;
    double interval_;
    double next_fields_ = 0.0;
    double last_time_ = 0.0, last_fields_ = -1.0;
    double measuring_seconds_ = 0.0, nutrition_seconds_ = 0.0, writing_seconds_ = 0.0;
    ResultWriter writer_;
};

/// What a run of `model` is recorded by: its observables, of a person the doses, and what the discs live on where that is asked for.
/// The order of a result's series.
[[nodiscard]] std::vector<models::Observable> recorded(const models::SpineModel& model, const models::SpineObserver& observer, const models::Dose& dose);

/// Observables as series of a result.
[[nodiscard]] std::vector<SeriesSpec> series_of(const std::vector<models::Observable>& observables);

}  // namespace foramen::io
