#pragma once

#include <string>

#include "io/study/study_folder.hpp"

namespace foramen::io {

/// What a study's array on Slurm needs.
struct SlurmSettings {
    int shards = 1;            ///< tasks of the array
    std::string time, memory;  ///< of a task: "01:00:00", "1G"
    std::string extra;         ///< further words for sbatch
};

/// Tasks so that each has about fifty runs, at most a thousand (Slurm's default limit of an array).
[[nodiscard]] int shard_count(std::size_t runs);

/// The script of one array task: a share of the study, requeued when its node is lost. Nothing is named by a job number, which Slurm may
/// give twice.
[[nodiscard]] std::string array_script(const LoadedStudy& loaded, const StudyFolder& folder, const SlurmSettings& settings);

/// The script that merges when every task has ended, however it ended.
[[nodiscard]] std::string merge_script(const LoadedStudy& loaded, const StudyFolder& folder);

/// Writes both scripts into the folder and submits them. @return the two job numbers. @throws FileError
[[nodiscard]] std::string submit_study(const LoadedStudy& loaded, const StudyFolder& folder, const SlurmSettings& settings);

}  // namespace foramen::io
