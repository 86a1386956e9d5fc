#include <cstring>
#include <map>

#include <fmt/format.h>

#include "io/device/live_session.hpp"

namespace foramen::io {

namespace {

class Replay {
public:
    Replay(const Recording& recording, const LoopSetup& setup, LoopSolver& solver, const std::vector<SessionSink*>& sinks)
        : recording_(recording), solver_(solver), sinks_(sinks), core_(setup), protocol_(recorded_protocol(recording.header.uri, recording.header.dialect)) {}

    SessionReport run() {
        solver_.begin();
        take_row();
        std::vector<DeviceEvent> events;
        for (const TickRecord& recorded : recording_.ticks) {
            while (solver_.solution().version < recorded.solution) advance();
            events.clear();
            while (taken_ < recorded.events) events.push_back(next_event());
            if (recorded.reason == Fault::operator_stop) core_.stop_by_operator();
            const TickOutput out = core_.tick(recorded.tick, recorded.wake_ns, recorded.skipped, events, taken_, solver_.solution());
            if (std::memcmp(&out.record, &recorded, sizeof recorded) != 0)
                throw FileError(fmt::format("tick {} of the recording comes out differently: {} at {:.6f} N then, {} at {:.6f} N now", recorded.tick,
                                            state_words[static_cast<std::size_t>(recorded.state)], recorded.force,
                                            state_words[static_cast<std::size_t>(out.record.state)], out.record.force));
            forces_[out.input.tick] = out.input.force;
            digest_.add_values(std::span<const TickRecord>(&out.record, 1));
            for (SessionSink* s : sinks_) s->tick(out.record);
        }
        while (next_step_ < recording_.steps.size()) advance();
        const Supervisor& s = core_.supervisor();
        const std::uint64_t rows = rows_.value();
        digest_.add_values(std::span(&rows, 1));
        return {core_.accounting(), s.state(), s.reason(), s.finished(), 1e-9 * static_cast<double>(s.reaction_ns()), core_.plausibility().counts(), {}, {},
                0, false, digest_.value()};
    }

private:
    /// The next thing that the solver's thread did.
    void advance() {
        if (next_step_ == recording_.steps.size()) throw FileError("the recording lacks a step of the solver: it was cut off, or its recorder could not keep up");
        const StepRecord& s = recording_.steps[next_step_++];
        const auto force = forces_.find(s.tick);
        if (force == forces_.end()) throw FileError(fmt::format("the recording lacks tick {}", s.tick));
        static_cast<void>(solver_.step({s.tick, force->second}, StepChoices{s.exchanged != 0, s.collected != 0}));
        forces_.erase(forces_.begin(), force);
        take_row();
    }
    void take_row() {
        auto row = solver_.take_row();
        if (!row) return;
        rows_.add_values(std::span<const double>(row->values));
        for (SessionSink* sink : sinks_) sink->row(SolverRow(*row));
    }
    DeviceEvent next_event() {
        while (next_event_ == events_.size()) {
            if (next_chunk_ == recording_.chunks.size()) throw FileError("the recording lacks bytes of the device: it was cut off, or its recorder could not keep up");
            const RecordedChunk& chunk = recording_.chunks[next_chunk_++];
            events_.clear();
            next_event_ = 0;
            if (chunk.bytes.empty()) events_.push_back({EventKind::lost, {.received_ns = chunk.received_ns}});
            else protocol_->decode(chunk.bytes, chunk.received_ns, events_);
        }
        ++taken_;
        return events_[next_event_++];
    }

    const Recording& recording_;
    LoopSolver& solver_;
    const std::vector<SessionSink*>& sinks_;
    LoopCore core_;
    std::unique_ptr<Protocol> protocol_;
    std::map<std::int64_t, double> forces_;
    std::vector<DeviceEvent> events_;
    std::size_t next_event_ = 0, next_chunk_ = 0, next_step_ = 0;
    std::uint32_t taken_ = 0;
    Digest digest_, rows_;
};

}  // namespace

SessionReport run_replay(const Recording& recording, const LoopSetup& setup, LoopSolver& solver, const std::vector<SessionSink*>& sinks) {
    return Replay(recording, setup, solver, sinks).run();
}

}  // namespace foramen::io
