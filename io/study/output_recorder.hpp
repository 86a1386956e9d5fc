#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/time/time_stepper.hpp"
#include "models/dose.hpp"
#include "models/nutrition.hpp"
#include "scenarios/load_program.hpp"
#include "scenarios/study/study.hpp"

namespace foramen::io {

/// Keeps, of every accepted step, the columns that a study's outputs need, and nothing else; stops when the program is asked to.
class OutputRecorder : public engine::Observer {
public:
    /// The model's present state is the start of the session.
    OutputRecorder(const models::SpineModel& model, const std::vector<scenarios::Output>& outputs);

    void on_step(const engine::StepView& view) override;
    bool wants_stop() override;

    /// One value an output. @param program  of the session, for `during`; null for a test in the laboratory
    [[nodiscard]] std::vector<double> values(const scenarios::LoadProgram* program) const;
    [[nodiscard]] std::size_t step_count() const { return times_.size(); }
    /// Of all labels of an output, the one at which its reduced value is reached; empty for a series without labels.
    [[nodiscard]] std::string governing_label(std::size_t output, const scenarios::LoadProgram* program) const;

private:
    struct Columns {
        std::vector<std::size_t> places;  ///< in a row
        std::vector<std::string> labels;
        std::vector<std::vector<double>> history;  ///< by column
    };
    const models::SpineModel& model_;
    models::SpineObserver observer_;
    models::Dose dose_;
    std::unique_ptr<models::SpineNutrition> nutrition_;
    const std::vector<scenarios::Output>& outputs_;
    std::vector<Columns> columns_;  ///< an entry an output
    std::vector<double> times_;
};

/// Whether an output's label means one of a series' labels: the same, none, or with a * at its end the same beginning.
[[nodiscard]] bool means(const std::string& wanted, const std::string& label);

/// One history reduced over time. Sums are straight between the steps; a stretch between two steps counts where its middle lies.
/// @param program  null: the whole history is meant
/// @return NaN where `during` holds no step
[[nodiscard]] double reduced(const std::vector<double>& times, const std::vector<double>& values, const scenarios::Output& output,
                             const scenarios::LoadProgram* program);

}  // namespace foramen::io
