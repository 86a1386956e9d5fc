#pragma once

#include <string>
#include <vector>

#include "io/study/run_store.hpp"
#include "io/study/study_plan.hpp"

namespace foramen::io {

enum class RowState { done, failed, crashed, missing };
inline constexpr std::string_view row_state_words[] = {"done", "failed", "crashed", "missing"};

/// One row of the study's table.
struct StudyRow {
    RowState state = RowState::missing;
    std::vector<double> outputs;  ///< NaN where there is none
    std::string reason;           ///< of what failed
    bool responds = false;        ///< meets every criterion
};

/// The results of a study in the order of its design, whoever computed them and when.
struct StudyTable {
    std::vector<StudyRow> rows;
    std::vector<std::string> units;  ///< of the outputs
    double seconds = 0.0;            ///< of processor time, over distinct runs; no part of any file
    std::size_t distinct = 0;        ///< runs with a record
    [[nodiscard]] std::size_t count(RowState state) const;
};

[[nodiscard]] StudyTable study_table(const LoadedStudy& loaded, const StudyPlan& plan, const RunStore& store);

/// row, block, inputs, status, outputs, responds, reason, run. The same bytes however the runs came about.
[[nodiscard]] std::string study_csv(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table);

/// Writes the same as HDF5: /inputs, /unit (points of the unit cube), /outputs, /status, /reason, /block, /run, and the study's text.
/// @throws FileError
void write_study_h5(const std::string& path, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table);

}  // namespace foramen::io
