#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "io/device/loop_core.hpp"

namespace foramen::io {

/// One step of the solver: for which tick, and what it took from the threads beside it (StepChoices).
struct StepRecord {
    std::int64_t tick = 0;
    std::uint32_t step = 0;
    std::uint16_t exchanged = 0, collected = 0;
};

/// What a session was started with; with the records it determines every bit of what came out.
struct RecordingHeader {
    std::string version, scenario, options, uri, dialect;  ///< texts
    double rate = 0.0, seconds = 0.0;
};

/// Bytes as they came, with the monotonic time when they were there [ns].
struct RecordedChunk {
    std::int64_t received_ns = 0;
    std::vector<std::uint8_t> bytes;  ///< none: the line was lost
};

struct Recording {
    RecordingHeader header;
    std::vector<RecordedChunk> chunks;
    std::vector<TickRecord> ticks;
    std::vector<StepRecord> steps;
    std::uint64_t digest = 0;  ///< of a session that ended in order; else 0
    bool complete = false;
};

/// FNV-1a over 64 bits (Fowler, Noll, Vo): tells whether two sessions are the same, no protection against intent.
class Digest {
public:
    void add(std::span<const std::byte> bytes) {
        for (const std::byte b : bytes) value_ = (value_ ^ static_cast<std::uint64_t>(b)) * 0x100000001b3ULL;
    }
    template <class T>
    void add_values(std::span<const T> values) {
        add(std::as_bytes(values));
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

/// Writes a recording piece by piece: "FORAMENHIL2", then records of a type (1 byte), a size (4 bytes) and as many bytes. What was
/// written before a kill can be read. @throws FileError
class RecordingWriter {
public:
    RecordingWriter(const std::string& path, const RecordingHeader& header);
    void chunk(std::int64_t received_ns, std::span<const std::uint8_t> bytes);
    void tick(const TickRecord& record);
    void step(const StepRecord& record);
    void finish(std::uint64_t digest);
    void flush();

private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void write(std::uint8_t type, std::span<const std::byte> head, std::span<const std::byte> tail = {});

    std::string path_;
    std::unique_ptr<std::FILE, Closer> file_;
};

/// @throws FileError for a file that is no recording
[[nodiscard]] Recording read_recording(const std::string& path);

}  // namespace foramen::io
