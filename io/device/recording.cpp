#include "io/device/recording.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"

namespace foramen::io {

namespace {

constexpr std::string_view magic = "FORAMENHIL2\n";
enum RecordType : std::uint8_t { type_text = 1, type_numbers, type_chunk, type_tick, type_step, type_end };
constexpr int header_texts = 5;
static_assert(sizeof(TickRecord) == 72 && sizeof(StepRecord) == 16, "records are written as they lie in memory: no gaps");

template <class T>
std::span<const std::byte> bytes_of(const T& value) {
    return std::as_bytes(std::span(&value, 1));
}

/// Reads what is whole; a record that was cut off by a kill ends it.
class RecordReader {
public:
    explicit RecordReader(std::string text) : text_(std::move(text)), at_(magic.size()) {}
    [[nodiscard]] bool next() {
        if (at_ + 5 > text_.size()) return false;
        std::uint32_t size = 0;
        std::memcpy(&size, text_.data() + at_ + 1, 4);
        if (at_ + 5 + size > text_.size()) return false;
        type = static_cast<std::uint8_t>(text_[at_]);
        data = std::string_view(text_).substr(at_ + 5, size);
        at_ += 5 + size;
        return true;
    }
    template <class T>
    [[nodiscard]] T value() const {
        T out{};
        std::memcpy(static_cast<void*>(&out), data.data(), std::min(sizeof(T), data.size()));
        return out;
    }
    std::uint8_t type = 0;
    std::string_view data;

private:
    std::string text_;
    std::size_t at_;
};

}  // namespace

RecordingWriter::RecordingWriter(const std::string& path, const RecordingHeader& header) : path_(path), file_(std::fopen(path.c_str(), "wb")) {
    if (!file_) throw FileError(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
    std::fwrite(magic.data(), 1, magic.size(), file_.get());
    for (const std::string* text : {&header.version, &header.scenario, &header.options, &header.uri, &header.dialect})
        write(type_text, std::as_bytes(std::span(*text)));
    const std::array<double, 2> numbers{header.rate, header.seconds};
    write(type_numbers, std::as_bytes(std::span(numbers)));
    flush();
}

void RecordingWriter::write(std::uint8_t type, std::span<const std::byte> head, std::span<const std::byte> tail) {
    const auto size = static_cast<std::uint32_t>(head.size() + tail.size());
    const bool good = std::fwrite(&type, 1, 1, file_.get()) == 1 && std::fwrite(&size, 4, 1, file_.get()) == 1 &&
                      std::fwrite(head.data(), 1, head.size(), file_.get()) == head.size() && std::fwrite(tail.data(), 1, tail.size(), file_.get()) == tail.size();
    if (!good) throw FileError(fmt::format("{}: writing failed: {}", path_, std::strerror(errno)));
}

void RecordingWriter::chunk(std::int64_t received_ns, std::span<const std::uint8_t> bytes) { write(type_chunk, bytes_of(received_ns), std::as_bytes(bytes)); }
void RecordingWriter::tick(const TickRecord& record) { write(type_tick, bytes_of(record)); }
void RecordingWriter::step(const StepRecord& record) { write(type_step, bytes_of(record)); }

void RecordingWriter::finish(std::uint64_t digest) {
    write(type_end, bytes_of(digest));
    flush();
}

void RecordingWriter::flush() {
    if (std::fflush(file_.get()) != 0) throw FileError(fmt::format("{}: writing failed: {}", path_, std::strerror(errno)));
}

Recording read_recording(const std::string& path) {
    auto text = file_text(path);
    if (!text) throw FileError(path + ": cannot be read");
    if (!text->starts_with(magic)) throw FileError(path + ": is no recording of foramen hil");
    RecordReader reader(std::move(*text));
    Recording r;
    const std::array<std::string*, header_texts> texts{&r.header.version, &r.header.scenario, &r.header.options, &r.header.uri, &r.header.dialect};
    std::size_t text_count = 0;
    while (reader.next()) {
        switch (reader.type) {
            case type_text:
                if (text_count < texts.size()) *texts[text_count++] = reader.data;
                break;
            case type_numbers: {
                const auto numbers = reader.value<std::array<double, 2>>();
                r.header.rate = numbers[0];
                r.header.seconds = numbers[1];
                break;
            }
            case type_chunk: {
                RecordedChunk chunk{reader.value<std::int64_t>(), {}};
                if (reader.data.size() > 8) chunk.bytes.assign(reader.data.begin() + 8, reader.data.end());
                r.chunks.push_back(std::move(chunk));
                break;
            }
            case type_tick: r.ticks.push_back(reader.value<TickRecord>()); break;
            case type_step: r.steps.push_back(reader.value<StepRecord>()); break;
            case type_end:
                r.digest = reader.value<std::uint64_t>();
                r.complete = true;
                break;
            default: throw FileError(path + ": holds a record of an unknown kind");
        }
    }
    if (text_count < texts.size() || r.header.rate <= 0.0) throw FileError(path + ": was cut off before its first tick");
    return r;
}

}  // namespace foramen::io
