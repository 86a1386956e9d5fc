#pragma once

#include <filesystem>
#include <string>

#include "io/study/study_table.hpp"

namespace foramen::io {

/// Where a study keeps what it has: logs, design.csv, problem.json, study.csv, study.h5, runs.
struct StudyFolder {
    std::filesystem::path path;
    [[nodiscard]] std::filesystem::path logs() const { return path / "logs"; }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path / name; }
    /// Whole result of a row.
    [[nodiscard]] std::filesystem::path result(std::size_t row) const;
};

/// The folder beside the study with its name and .study, or the one that was asked for.
[[nodiscard]] StudyFolder study_folder(const std::string& study, const std::string& asked_for);

/// Writes design.csv, problem.json, study.csv and study.h5. @throws FileError
void write_tables(const StudyFolder& folder, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table);

/// Rows whose whole results the study keeps: of a finished table.
[[nodiscard]] std::vector<std::size_t> rows_to_keep(const LoadedStudy& loaded, const StudyTable& table);

/// Runs a row once more into a whole result. @return empty, or a sentence
[[nodiscard]] std::string keep_result(const LoadedStudy& loaded, const StudyPlan& plan, std::size_t row, const std::string& output, bool quiet);

/// "foramen batch STUDY.yaml --row 17 --output row-17.h5"
[[nodiscard]] std::string row_command(const LoadedStudy& loaded, std::size_t row);

}  // namespace foramen::io
