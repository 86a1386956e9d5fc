#pragma once

#include <string>

#include "io/study/document.hpp"
#include "io/study/study_folder.hpp"

namespace foramen::io {

/// A study on one page: what was run, distributions of the outputs, those who respond against those who do not, sensitivities with their
/// intervals, the runs at the edges with links to their results. The same for the same study and runs.
[[nodiscard]] Document study_report(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table, const StudyFolder& folder);

/// Writes it into the folder. @return path of the page. @throws FileError
[[nodiscard]] std::string write_study_report(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table, const StudyFolder& folder);

}  // namespace foramen::io
