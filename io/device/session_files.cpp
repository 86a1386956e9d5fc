#include "io/device/session_files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "io/device/real_time.hpp"
#include "io/progress.hpp"

namespace foramen::io {

namespace {

constexpr std::size_t ticks_kept = 16384;

std::vector<SeriesSpec> with_loop(std::vector<SeriesSpec> series) {
    for (SeriesSpec& one : loop_series()) series.push_back(std::move(one));
    return series;
}

template <class Words, class Value>
std::string word(const Words& words, Value value) {
    return std::string(words[static_cast<std::size_t>(value)]);
}

std::string quantiles(const char* what, const LatencyHistogram& h) {
    return fmt::format("{}: half within {:.3f} ms, 90 % {:.3f}, 99 % {:.3f}, 99.9 % {:.3f}, worst {:.3f} ms\n", what, h.quantile_ms(0.5), h.quantile_ms(0.9),
                       h.quantile_ms(0.99), h.quantile_ms(0.999), h.worst_ms());
}

template <class Words>
std::string legend(const Words& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) text += fmt::format("{}{} {}", i == 0 ? "" : ", ", i, words[i]);
    return text;
}

}  // namespace

std::vector<SeriesSpec> loop_series() {
    return {{"loop_force", "N", "measured force that the model was given", "tension positive", "", {}},
            {"loop_force_age", "s", "age of that reading when it was used", "negative: no reading yet", "", {}},
            {"loop_set_point", "N", "force that the device was asked for", "", "", {}},
            {"loop_ceiling", "N", "ceiling that was sent to the device", "", "", {}},
            {"loop_limit_share", "1", "largest share of a limit that the loop knew of", "", "", {}},
            {"loop_state", "1", "state of the session", legend(state_words), "", {}},
            {"loop_reason", "1", "why it left its course", legend(fault_words), "", {}},
            {"loop_model", "1", "model that the loop used", legend(model_used_words), "", {}},
            {"loop_missed", "1", "ticks so far at which the solver had not finished the one before", "", "", {}},
            {"loop_skipped", "1", "ticks so far that the loop left out", "", "", {}}};
}

ResultSink::ResultSink(const std::string& path, const SpineBlocks& blocks, std::vector<SeriesSpec> series, ModelUsed model,
                       std::vector<ProvenanceEntry> provenance, const ResultOptions& options)
    : writer_(path, blocks.specs(), with_loop(std::move(series)), std::move(provenance), options), model_(model) {}

void ResultSink::tick(const TickRecord& t) {
    missed_ += t.missed;
    skipped_ += t.skipped;
    ticks_.push_back(t);
    counted_.push_back({missed_, skipped_});
    if (ticks_.size() > ticks_kept) {
        ticks_.pop_front();
        counted_.pop_front();
    }
    write_ready();
}

void ResultSink::row(SolverRow&& row) {
    rows_.push_back(std::move(row));
    write_ready();
}

void ResultSink::write_ready() {
    while (!rows_.empty()) {
        SolverRow& row = rows_.front();
        TickRecord t;
        t.age = -1.0;
        t.model = model_;
        Counted counted{0, 0};
        if (row.tick >= 0) {
            const auto found = std::lower_bound(ticks_.begin(), ticks_.end(), row.tick, [](const TickRecord& a, std::int64_t tick) { return a.tick < tick; });
            if (found == ticks_.end()) return;
            t = *found;
            counted = counted_[static_cast<std::size_t>(found - ticks_.begin())];
        }
        for (const double value : {t.force, t.age, t.set_point, t.ceiling, t.share, static_cast<double>(t.state), static_cast<double>(t.reason),
                                   static_cast<double>(t.model), static_cast<double>(counted.missed), static_cast<double>(counted.skipped)})
            row.values.push_back(value);
        writer_.append_history(row.time, row.values);
        if (!row.fields.empty()) writer_.append_fields(row.time, row.fields);
        rows_.pop_front();
    }
}

void ScreenSink::idle() {
    const std::int64_t now = monotonic_ns();
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (now - last_ns_ < (terminal ? 1'000'000'000 : 30'000'000'000)) return;
    last_ns_ = now;
    TickRecord t;
    Solution s;
    if (view_.tick.read(t) == 0) return;
    view_.solution.read(s);
    const std::string line = fmt::format("{:>8} {:<12} {:6.1f} N ({:3.0f} ms old) ceiling {:5.1f} N  L4-L5 {:6.3f} MPa {:6.1f} mm2  limit {:3.0f} %",
                                         duration_text(static_cast<double>(t.tick) / rate_), state_words[static_cast<std::size_t>(t.state)], t.force, 1e3 * t.age,
                                         t.ceiling, s.pressure[3], s.foramen[6], 100.0 * t.share);
    terminal ? fmt::print(stderr, "\r{:<110}", line) : fmt::print(stderr, "{}\n", line);
    std::fflush(stderr);
    drawn_ = terminal;
}

void ScreenSink::finish() {
    if (drawn_) fmt::print(stderr, "\r{:<110}\r", "");
    drawn_ = false;
}

std::string session_text(const SessionReport& r, const Solution& s, double rate) {
    const Accounting& a = r.accounting;
    std::string text = fmt::format("{} after {}: {}\n", word(state_words, r.state), duration_text(static_cast<double>(a.grid()) / rate),
                                   r.finished ? "the programme is over" : word(fault_words, r.reason));
    if (!r.finished && r.reason != Fault::none) text += fmt::format("reaction {:.1f} ms after the event that showed it\n", 1e3 * r.reaction_s);
    text += fmt::format("ticks {} = {} with the solver done + {} missed; {} more left out by the loop; longest run of misses {}\n", a.ticks, a.solved, a.missed, a.skipped,
                        a.longest_miss);
    if (r.wake.count() > 0) {
        text += quantiles("loop woke late by", r.wake);
        text += quantiles("from a tick to its solution", r.solve);
        text += fmt::format("solver: {}, {} steps, {:.2f} corrections each, {} {} renewed\n", word(model_used_words, s.model), s.steps,
                            s.steps > 0 ? static_cast<double>(s.corrections) / s.steps : 0.0, s.exchanges,
                            s.model == ModelUsed::reduced ? "tangents" : "factors of a disc");
    }
    for (std::size_t f = 1; f < fault_count; ++f)
        if (r.counts[f] > 0) text += fmt::format("{:<16} {:>8}\n", fault_words[f], r.counts[f]);
    for (std::size_t l = 0; l < limit_count; ++l) text += fmt::format("at the end {:>5.1f} % of the limit of {}\n", 100.0 * s.share[l], limit_words[l]);
    if (r.watchdog_fired) text += "the watchdog stopped the device: the loop stood still\n";
    if (r.lost_records > 0) text += fmt::format("{} records were lost: the recording cannot be replayed\n", r.lost_records);
    return text + fmt::format("digest {:016x}\n", r.digest);
}

}  // namespace foramen::io
