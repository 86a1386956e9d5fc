#include "io/study/slurm_study.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "engine/kernels/instruction_set.hpp"
#include "io/data_folder.hpp"
#include "io/replace_file.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// What every task must have alike, so that its bits are those of the machine that submits.
std::string environment() {
    std::string text = fmt::format("export OMP_NUM_THREADS=1\nexport FORAMEN_INSTRUCTION_SET={}\nexport FORAMEN_DATA={}\n",
                                   engine::word(engine::instruction_set()), quoted(data_folder().string()));
    const ReadOptions options = default_read_options();
    if (!options.library.empty()) text += fmt::format("export FORAMEN_LIBRARY={}\n", quoted(fs::absolute(options.library.front()).string()));
    return text;
}

std::string command(const std::string& words, const LoadedStudy& loaded, const StudyFolder& folder) {
    return fmt::format("{} {} {} --output {}", quoted(fs::read_symlink("/proc/self/exe").string()), words, quoted(fs::absolute(loaded.file).string()),
                       quoted(fs::absolute(folder.path).string()));
}

std::string head(const std::string& name, const StudyFolder& folder, const std::string& log) {
    return fmt::format("#!/bin/bash\n#SBATCH --job-name={}\n#SBATCH --output=\"{}\"\n#SBATCH --open-mode=append\n#SBATCH --requeue\n#SBATCH --cpus-per-task=1\n",
                       name, (fs::absolute(folder.path) / "slurm" / log).string());
}

/// Runs sbatch. @return what it prints: the job's number
std::string submitted(const std::string& arguments) {
    FILE* const pipe = popen(("sbatch --parsable " + arguments + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw FileError("sbatch cannot be started");
    std::string text;
    std::array<char, 256> buffer{};
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
    const int status = pclose(pipe);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw FileError("sbatch refused: " + text);
    const std::string last = text.substr(text.rfind('\n') + 1), job = last.substr(0, last.find(';'));  // warnings come first; a cluster's name may follow
    if (job.empty() || job.find_first_not_of("0123456789") != std::string::npos) throw FileError("sbatch gave no job number: " + text);
    return job;
}

}  // namespace

int shard_count(std::size_t runs) {
    constexpr std::size_t runs_a_task = 50, most_tasks = 1000;
    return static_cast<int>(std::clamp((runs + runs_a_task - 1) / runs_a_task, std::size_t{1}, most_tasks));
}

std::string array_script(const LoadedStudy& loaded, const StudyFolder& folder, const SlurmSettings& settings) {
    std::string text = head("foramen-study", folder, "task-%a.log");
    text += fmt::format("#SBATCH --array=0-{}\n#SBATCH --signal=B:TERM@60\n", settings.shards - 1);
    if (!settings.time.empty()) text += fmt::format("#SBATCH --time={}\n", settings.time);
    if (!settings.memory.empty()) text += fmt::format("#SBATCH --mem-per-cpu={}\n", settings.memory);
    return text + environment() + fmt::format("exec {} --shard auto/{} --threads 1\n", command("batch", loaded, folder), settings.shards);
}

std::string merge_script(const LoadedStudy& loaded, const StudyFolder& folder) {
    return head("foramen-merge", folder, "merge.log") + environment() + fmt::format("exec {}\n", command("study merge", loaded, folder));
}

std::string submit_study(const LoadedStudy& loaded, const StudyFolder& folder, const SlurmSettings& settings) {
    std::error_code error;
    fs::create_directories(folder.path / "slurm", error);
    if (error) throw FileError(fmt::format("{}: cannot be made: {}", folder.path.string(), error.message()));
    const std::string array = folder.file("slurm/array.sh").string(), merge = folder.file("slurm/merge.sh").string();
    replace_file(array, array_script(loaded, folder, settings));
    replace_file(merge, merge_script(loaded, folder));
    const std::string job = submitted(fmt::format("{} {}", settings.extra, quoted(array)));
    const std::string after = submitted(fmt::format("--dependency=afterany:{} {} {}", job, settings.extra, quoted(merge)));
    return fmt::format("array {} of {} tasks, merge {}", job, settings.shards, after);
}

}  // namespace foramen::io
