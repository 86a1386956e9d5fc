#include "io/device/native_protocol.hpp"

namespace foramen::io {

namespace {

class NativeProtocol : public Protocol {
public:
    NativeProtocol(bool datagrams, std::int64_t period_ns) : datagrams_(datagrams), period_ns_(period_ns) {}

    void decode(std::span<const std::uint8_t> bytes, std::int64_t received_ns, std::vector<DeviceEvent>& out) override {
        FrameParser::Found found = parser_.feed(bytes);
        if (datagrams_) found.faults += parser_.end_of_datagram();
        for (const Frame& f : found.frames)
            if (f.kind == frame_of_sample) out.push_back({EventKind::sample, {f.force, f.device_us, f.sequence, f.flags, received_ns}});
        for (int i = 0; i < found.faults; ++i) out.push_back({EventKind::unreadable, {.received_ns = received_ns}});
    }
    std::vector<std::uint8_t> encode(const DeviceCommand& command) override {
        const FrameBytes bytes = io::encode(frame_of(command));
        return {bytes.begin(), bytes.end()};
    }
    std::int64_t period_ns() const override { return period_ns_; }
    bool has_switch() const override { return true; }
    bool has_sequence() const override { return true; }
    bool takes_commands() const override { return true; }

private:
    FrameParser parser_;
    bool datagrams_;
    std::int64_t period_ns_;
};

}  // namespace

std::unique_ptr<Protocol> native_protocol(bool datagrams, std::int64_t period_ns) { return std::make_unique<NativeProtocol>(datagrams, period_ns); }

}  // namespace foramen::io
