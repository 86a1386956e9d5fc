#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "io/device/live_session.hpp"
#include "io/spine_blocks.hpp"

namespace foramen::io {

/// Writes the recording.
class RecordingSink : public SessionSink {
public:
    RecordingSink(const std::string& path, const RecordingHeader& header) : writer_(path, header) {}
    void chunk(const RecordedChunk& c) override { writer_.chunk(c.received_ns, c.bytes); }
    void tick(const TickRecord& t) override { writer_.tick(t); }
    void step(const StepRecord& s) override { writer_.step(s); }
    void idle() override { writer_.flush(); }
    void finish(std::uint64_t digest) { writer_.finish(digest); }

private:
    RecordingWriter writer_;
};

/// Writes the result: the spine's series and those of the loop at the tick whose force they belong to. The file can be opened while it
/// grows.
class ResultSink : public SessionSink {
public:
    /// @param series  of the spine  @param model  that is in the loop
    ResultSink(const std::string& path, const SpineBlocks& blocks, std::vector<SeriesSpec> series, ModelUsed model, std::vector<ProvenanceEntry> provenance, const ResultOptions& options);
    void tick(const TickRecord& t) override;
    void row(SolverRow&& row) override;
    void idle() override { writer_.commit_if_due(); }
    void finish(RunStatus status, std::vector<ProvenanceEntry> provenance) { writer_.finish(status, std::move(provenance)); }

private:
    void write_ready();

    ResultWriter writer_;
    ModelUsed model_;
    std::deque<TickRecord> ticks_;
    std::deque<SolverRow> rows_;  // whose tick has not come yet
    std::int64_t missed_ = 0, skipped_ = 0;
    struct Counted {
        std::int64_t missed, skipped;
    };
    std::deque<Counted> counted_;
};

/// The series of the loop, behind those of the spine.
[[nodiscard]] std::vector<SeriesSpec> loop_series();

/// A line a second on standard error.
class ScreenSink : public SessionSink {
public:
    ScreenSink(const SessionView& view, double rate) : view_(view), rate_(rate) {}
    void idle() override;
    void finish();

private:
    const SessionView& view_;
    double rate_;
    std::int64_t last_ns_ = 0;
    bool drawn_ = false;
};

/// The table at the end: how the session ended, accounting, latencies, faults with their counts, shares of the limits.
[[nodiscard]] std::string session_text(const SessionReport& report, const Solution& solution, double rate);

}  // namespace foramen::io
