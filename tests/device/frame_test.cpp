// The native protocol: whatever a line does to its bytes, no wrong reading comes out and every fault is counted.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "io/device/frame.hpp"
#include "io/device/native_protocol.hpp"

namespace {

using namespace foramen::io;

std::vector<std::uint8_t> stream_of(int count) {
    std::vector<std::uint8_t> bytes;
    for (int i = 1; i <= count; ++i) {
        const FrameBytes one = encode(Frame{frame_of_sample, static_cast<std::uint32_t>(i), flag_switch_closed, 1000u * static_cast<unsigned>(i), 0.1 * i, 0});
        bytes.insert(bytes.end(), one.begin(), one.end());
    }
    return bytes;
}

}  // namespace

TEST_SUITE("device/frame") {
    TEST_CASE("a frame has the bytes that another program wrote") {
        // struct.pack("<4sBBHIIQdI", b"FORA", 1, 1, 40, 7, 1, 123456, 250.5, 0) and zlib.crc32 of it, in Python
        const std::vector<std::uint8_t> expected{0x46, 0x4f, 0x52, 0x41, 0x01, 0x01, 0x28, 0x00, 0x07, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x40, 0xe2, 0x01, 0x00,
                                                 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x50, 0x6f, 0x40, 0x00, 0x00, 0x00, 0x00, 0xe3, 0x17, 0xeb, 0xde};
        const FrameBytes ours = encode(Frame{frame_of_sample, 7, flag_switch_closed, 123456, 250.5, 0});
        CHECK(std::equal(ours.begin(), ours.end(), expected.begin(), expected.end()));
    }

    TEST_CASE("cut at every byte, the same frames come out") {
        const std::vector<std::uint8_t> bytes = stream_of(3);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            FrameParser parser;
            FrameParser::Found first = parser.feed(std::span(bytes).first(cut));
            const FrameParser::Found second = parser.feed(std::span(bytes).subspan(cut));
            first.frames.insert(first.frames.end(), second.frames.begin(), second.frames.end());
            CAPTURE(cut);
            REQUIRE(first.frames.size() == 3);
            for (std::uint32_t i = 0; i < 3; ++i) CHECK(first.frames[i].sequence == i + 1);
            CHECK(first.faults + second.faults == 0);
        }
    }

    TEST_CASE("any flipped bit costs that frame alone, and is counted") {
        const std::vector<std::uint8_t> good = stream_of(3);
        for (std::size_t bit = 8 * frame_size; bit < 16 * frame_size; ++bit) {
            std::vector<std::uint8_t> bytes = good;
            bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
            FrameParser parser;
            const FrameParser::Found found = parser.feed(bytes);
            CAPTURE(bit);
            REQUIRE(found.frames.size() == 2);
            CHECK(found.frames[0].sequence == 1);
            CHECK(found.frames[1].sequence == 3);
            CHECK(found.faults >= 1);
        }
    }

    TEST_CASE("garbage between frames, also with pieces of the magic, is one fault a stretch") {
        std::vector<std::uint8_t> bytes = stream_of(1);
        const std::string garbage = "FOFORFOxFORB";
        bytes.insert(bytes.end(), garbage.begin(), garbage.end());
        const std::vector<std::uint8_t> more = stream_of(2);
        bytes.insert(bytes.end(), more.begin(), more.end());
        FrameParser parser;
        const FrameParser::Found found = parser.feed(bytes);
        CHECK(found.frames.size() == 3);
        CHECK(found.faults == 1);
    }

    TEST_CASE("a million random bytes give no frame and no crash") {
        std::mt19937_64 random(3);
        FrameParser parser;
        std::size_t frames = 0;
        std::vector<std::uint8_t> bytes(1000);
        for (int k = 0; k < 1000; ++k) {
            for (auto& b : bytes) b = static_cast<std::uint8_t>(random());
            frames += parser.feed(bytes).frames.size();
        }
        CHECK(frames == 0);
    }

    TEST_CASE("a truncated datagram does not reach into the next") {
        const std::unique_ptr<Protocol> protocol = native_protocol(true, 10'000'000);
        const std::vector<std::uint8_t> bytes = stream_of(1);
        std::vector<DeviceEvent> events;
        protocol->decode(std::span(bytes).first(20), 1, events);
        protocol->decode(bytes, 2, events);
        REQUIRE(events.size() == 2);
        CHECK(events[0].kind == EventKind::unreadable);
        CHECK(events[1].kind == EventKind::sample);
        CHECK(events[1].sample.received_ns == 2);
    }
}
