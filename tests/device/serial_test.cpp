// Gauges on serial lines: their manuals' example lines, whole and cut at every byte; pseudo-terminals, socat, unplugging.

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

#include "io/device/device_uri.hpp"
#include "io/diagnostics.hpp"
#include "io/scenario_sources.hpp"
#include "tests/device/peers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace foramen::io;
using namespace foramen::testing;

constexpr double lbf = 4.4482216152605;  // N, exact by definition

struct Spoken {
    const char* dialect;
    const char* options;  ///< what the instrument leaves open
    std::string bytes;
    double force;  ///< [N]; NaN: unreadable
};
const double unreadable = std::numeric_limits<double>::quiet_NaN();

/// Lines as the manuals show them (docs/device-in-the-loop.md names the pages); force by hand.
const std::vector<Spoken>& manual_lines() {
    static const std::vector<Spoken> lines{
        {"mark10", "", "-18.78 lbF\r\n", 18.78 * lbf},
        {"mark10", "", "2.5 lbF\r\n", -2.5 * lbf},
        {"mark10", "", "-18.78 N\r\n", unreadable},  // another unit than the dialect's is refused, not converted
        {"wagner-fdx", "", "- 23.02 lbf\r\n", 23.02 * lbf},
        {"sauter-fh", "", "1021.15\r\n", 21.15},
        {"sauter-fh", "", "0021.15\r\n", -21.15},
        {"sauter-fs", "&tension=positive", "S S      12.30 N\r\n", 12.30},
        {"dillon-afg", "&tension=positive", "-  4.2 N\r\n", -4.2},
        {"dillon-gs-plus", "&tension=positive", "123.4 N\r\n", 123.4},
        {"torbal-fa", "&tension=negative", "-      12.34 N\r\n", 12.34},
        {"loadstar-iload", "&tension=positive", "12345\r\n", 12.345 * lbf},
        {"hx711", "&unit=1 N&tension=positive", "123.4\n", 123.4},
        {"hx711", "&unit=1 N&tension=positive", "nan\n", unreadable},
    };
    return lines;
}

std::unique_ptr<Protocol> protocol_of(const Spoken& s) {
    return line_protocol(parse_device_uri(std::string("serial:/dev/null?dialect=") + s.dialect + s.options).dialect);
}

std::string problems_of(const std::string& uri) {
    try {
        static_cast<void>(parse_device_uri(uri));
    } catch (const ScenarioError& e) {
        return e.what();
    }
    return "";
}

}  // namespace

TEST_SUITE("device/serial") {
    TEST_CASE("every dialect reads its manual's lines, cut at any byte") {
        for (const Spoken& s : manual_lines()) {
            for (std::size_t cut = 0; cut <= s.bytes.size(); ++cut) {
                const auto protocol = protocol_of(s);
                std::vector<DeviceEvent> events;
                const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(s.bytes.data()), s.bytes.size());
                protocol->decode(bytes.first(cut), 5, events);
                protocol->decode(bytes.subspan(cut), 6, events);
                INFO(s.dialect << " cut at " << cut);
                REQUIRE(events.size() == 1);
                CHECK((events[0].kind == EventKind::sample) == std::isfinite(s.force));
                if (std::isfinite(s.force)) CHECK(events[0].sample.force == doctest::Approx(s.force).epsilon(1e-12));
            }
        }
    }

    TEST_CASE("an error of the gauge is an overload, random lines are never a reading") {
        const auto protocol = protocol_of({"mark10", "", "", 0.0});
        std::vector<DeviceEvent> events;
        const std::string error = "*10\r\n";
        protocol->decode({reinterpret_cast<const std::uint8_t*>(error.data()), error.size()}, 1, events);
        REQUIRE(events.size() == 1);
        CHECK(events[0].sample.flags == flag_overload);
        std::mt19937_64 random(1);
        std::size_t readings = 0;
        for (int i = 0; i < 20000; ++i) {
            std::string line;
            for (std::size_t n = random() % 20; n > 0; --n) line += static_cast<char>(random() % 256);
            line += "\r\n";
            events.clear();
            protocol->decode({reinterpret_cast<const std::uint8_t*>(line.data()), line.size()}, 1, events);
            for (const DeviceEvent& e : events) readings += e.kind == EventKind::sample && (e.sample.flags & flag_overload) == 0 ? 1 : 0;
        }
        CHECK(readings == 0);
    }

    TEST_CASE("unit and sign that an instrument leaves open must be said, with all other problems at once") {
        const std::string text = problems_of("serial:/dev/null?dialect=hx711&speed=3&baud=7");
        for (const char* part : {"one count of this instrument has no unit of its own", "the sign of tension depends on how this instrument is set",
                                 "\"speed\" means nothing to a device of the kind serial", "baud: expected a whole number from 1200 to 921600", "--device: 4 errors"}) {
            INFO(text);
            CHECK(text.find(part) != std::string::npos);
        }
        CHECK(problems_of("gpib:7").find("\"gpib\" is no kind of device") != std::string::npos);
        CHECK(problems_of("udp:70000").find("expected PORT or HOST:PORT") != std::string::npos);
        CHECK(problems_of("emulated:?noise=3").find("noise") != std::string::npos);
        CHECK(problems_of("emulated:?noise=1 N&fault=stuck&at=5 s").empty());
    }

    TEST_CASE("a pseudo-terminal carries request and reading; the far side closed is a lost device") {
        PtyPeer peer;
        ForceSource source = open_source("serial:" + peer.path() + "?dialect=mark10");
        const std::vector<std::uint8_t> request = source.protocol->request();
        CHECK(source.link->send(request));
        CHECK(peer.heard() == "?\r");
        peer.say("-10.00 lb");
        peer.say("F\r\n-11.00 lbF\r\n");
        const std::vector<DeviceEvent> events = events_of(source, 2);
        REQUIRE(events.size() == 2);
        CHECK(events[1].sample.force == doctest::Approx(11.0 * lbf));
        peer.unplug();
        const std::vector<DeviceEvent> after = events_of(source, 1);
        REQUIRE(after.size() == 1);
        CHECK(after[0].kind == EventKind::lost);
    }

    TEST_CASE("a pair of socat's pseudo-terminals carries lines; socat killed is a lost device") {
        if (!is_installed("socat")) {
            MESSAGE("socat is not installed: not tried");
            return;
        }
        const TemporaryFolder folder;
        const std::string a = folder.file("a"), b = folder.file("b");
        PeerProgram socat({"socat", "pty,raw,echo=0,link=" + a, "pty,raw,echo=0,link=" + b});
        ForceSource source = open_when_ready("serial:" + a + "?dialect=hx711&unit=1 N&tension=positive");
        const int far = open(b.c_str(), O_RDWR | O_NOCTTY);
        REQUIRE(far >= 0);
        const std::string lines = "12.5\n13.5\n";
        CHECK(write(far, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()));
        const std::vector<DeviceEvent> events = events_of(source, 2);
        REQUIRE(events.size() == 2);
        CHECK(events[1].sample.force == 13.5);
        socat.end();
        close(far);
        const std::vector<DeviceEvent> after = events_of(source, 1);
        REQUIRE(after.size() == 1);
        CHECK(after[0].kind == EventKind::lost);
    }
}
