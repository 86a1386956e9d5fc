#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::io {

enum class RunState { done, failed, crashed };
inline constexpr std::string_view run_state_words[] = {"done", "failed", "crashed"};

/// What is kept of one run.
struct RunRecord {
    std::string key;  ///< hash of what was computed
    RunState state = RunState::done;
    double seconds = 0.0;        ///< of processor time; no part of any result
    std::vector<double> values;  ///< of a run that was done
    std::string text;            ///< reason of a run that failed; of a ceiling's run the labels that govern
};

/// One line "checksum state key seconds [values] | text", with its line feed; numbers read back to the same bits.
[[nodiscard]] std::string record_line(const RunRecord& record);
/// Empty for a line that is torn or damaged.
[[nodiscard]] std::optional<RunRecord> parse_record(std::string_view line);

/// The finished runs of a study: a folder with one log for each process that ever wrote. Nobody writes another's log, renames one or
/// takes a lock; a line that a kill tore is left out and its run is done again.
class RunStore {
public:
    /// Loads every log of the folder; makes the folder where there is none. @throws FileError
    explicit RunStore(std::filesystem::path folder);
    ~RunStore();
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;

    /// The record of a run, null if it has none. Of several the first done one; they are equal, or listed in conflicts().
    [[nodiscard]] const RunRecord* find(const std::string& key) const;
    /// Appends a line to this process's own log and waits until the disk has it; any thread may. @throws FileError
    void append(const RunRecord& record);
    /// Forgets the runs that ended in a state, in this process: they are done again.
    void forget(RunState state);

    /// Descriptor of this process's log, opened with the first need of it: for what a signal handler has to say.
    int descriptor();
    /// Runs that are there, of this study and program or of others.
    [[nodiscard]] std::size_t size() const { return runs_.size(); }
    [[nodiscard]] int damaged() const { return damaged_; }  ///< lines that were left out
    [[nodiscard]] const std::vector<std::string>& conflicts() const { return conflicts_; }  ///< keys with two different results

private:
    void load(const std::filesystem::path& log);
    void keep(RunRecord record);
    void open_own_log();

    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::map<std::string, RunRecord> runs_;
    std::vector<std::string> conflicts_;
    int damaged_ = 0;
    int file_ = -1;
};

}  // namespace foramen::io
