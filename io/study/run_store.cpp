#include "io/study/run_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libdeflate.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <random>

#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t checksum_digits = 8;

std::string checksum(std::string_view text) { return fmt::format("{:08x}", libdeflate_crc32(0, text.data(), text.size())); }

/// The word up to the next blank, which is taken off.
std::string_view next_word(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

std::optional<double> number(std::string_view word) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) return {};
    return value;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

std::string record_line(const RunRecord& record) {
    std::string body = fmt::format("{} {} {} [", run_state_words[static_cast<std::size_t>(record.state)], record.key, record.seconds);
    for (std::size_t i = 0; i < record.values.size(); ++i) body += fmt::format("{}{}", i == 0 ? "" : " ", record.values[i]);
    body += "] | " + record.text;
    std::replace(body.begin(), body.end(), '\n', ' ');
    return checksum(body) + " " + body + "\n";
}

std::optional<RunRecord> parse_record(std::string_view line) {
    if (line.size() < checksum_digits + 1 || line.substr(0, checksum_digits) != checksum(line.substr(checksum_digits + 1))) return {};
    line.remove_prefix(checksum_digits + 1);
    RunRecord record;
    const std::string_view state = next_word(line);
    const auto found = std::find(std::begin(run_state_words), std::end(run_state_words), state);
    if (found == std::end(run_state_words)) return {};
    record.state = static_cast<RunState>(found - std::begin(run_state_words));
    record.key = next_word(line);
    record.seconds = number(next_word(line)).value_or(0.0);
    const std::size_t open = line.find('['), close = line.find("] | ");
    if (open != 0 || close == std::string_view::npos) return {};
    std::string_view values = line.substr(1, close - 1);
    while (!values.empty()) {
        const auto value = number(next_word(values));
        if (!value) return {};
        record.values.push_back(*value);
    }
    record.text = line.substr(close + 4);
    return record;
}

RunStore::RunStore(fs::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw FileError(fmt::format("{}: cannot be made: {}", folder_.string(), error.message()));
    std::vector<fs::path> logs;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".log") logs.push_back(entry->path());
    if (error) throw FileError(fmt::format("{}: cannot be listed: {}", folder_.string(), error.message()));
    std::sort(logs.begin(), logs.end());
    for (const fs::path& log : logs) load(log);
}

RunStore::~RunStore() {
    if (file_ >= 0) close(file_);
}

void RunStore::load(const fs::path& log) {
    const auto text = file_text(log);
    if (!text) throw FileError(fmt::format("{}: cannot be read", log.string()));
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const auto record = end == std::string_view::npos ? std::nullopt : parse_record(rest.substr(0, end));
        record ? keep(*record) : static_cast<void>(++damaged_);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
}

void RunStore::keep(RunRecord record) {
    const auto [old, fresh] = runs_.try_emplace(record.key, record);
    if (fresh) return;
    const bool both_done = old->second.state == RunState::done && record.state == RunState::done;
    if (both_done && !same_bits(old->second.values, record.values)) conflicts_.push_back(record.key);
    if (old->second.state != RunState::done && record.state == RunState::done) old->second = std::move(record);
}

const RunRecord* RunStore::find(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(key);
    return found == runs_.end() ? nullptr : &found->second;
}

void RunStore::forget(RunState state) {
    std::erase_if(runs_, [state](const auto& run) { return run.second.state == state; });
}

void RunStore::open_own_log() {
    std::array<char, 256> host{};
    gethostname(host.data(), host.size() - 1);
    std::random_device random;
    while (file_ < 0) {  // the number of a process comes again; the name of a log never does
        const fs::path log = folder_ / fmt::format("{}-{}-{:08x}.log", host.data(), getpid(), random());
        file_ = open(log.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
        if (file_ < 0 && errno != EEXIST) throw FileError(fmt::format("{}: cannot be made: {}", log.string(), std::strerror(errno)));
    }
}

int RunStore::descriptor() {
    const std::lock_guard lock(mutex_);
    if (file_ < 0) open_own_log();
    return file_;
}

void RunStore::append(const RunRecord& record) {
    const std::string line = record_line(record);
    const std::lock_guard lock(mutex_);
    if (file_ < 0) open_own_log();
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t written = write(file_, line.data() + done, line.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw FileError(fmt::format("{}: cannot write a result: {}", folder_.string(), std::strerror(errno)));
        done += static_cast<std::size_t>(written);
    }
    if (fdatasync(file_) != 0) throw FileError(fmt::format("{}: cannot write a result: {}", folder_.string(), std::strerror(errno)));
    keep(record);
}

}  // namespace foramen::io
