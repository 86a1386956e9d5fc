// UDP and TCP frames with a peer in Python, and Modbus TCP and RTU against pymodbus's server and mbpoll.

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <string>

#include "io/scenario_sources.hpp"
#include "io/device/plausibility.hpp"
#include "tests/device/peers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace foramen::io;
using namespace foramen::testing;

/// A port that nobody has now.
int free_port() {
    static int next = 20000 + static_cast<int>(getpid() % 20000);
    return ++next;
}

const std::string peers = std::string(FORAMEN_SOURCE_DIR) + "/tests/device/peers/";

/// The manual's twenty-line client, as a file.
std::string manual_client(const TemporaryFolder& folder) {
    const std::string page = *file_text(std::string(FORAMEN_SOURCE_DIR) + "/docs/device-in-the-loop.md");
    const std::size_t begin = page.find("```python\n") + 10, end = page.find("```", begin);
    const std::string path = folder.file("client.py");
    std::ofstream(path) << page.substr(begin, end - begin);
    return path;
}

/// Reads registers with mbpoll: a program that knows nothing of us.
std::string polled(const std::string& arguments) {
    std::string text;
    FILE* const pipe = popen(("mbpoll -0 -1 -q " + arguments + " 2>&1").c_str(), "r");
    for (int c; (c = std::fgetc(pipe)) != EOF;) text += static_cast<char>(c);
    pclose(pipe);
    return text;
}

void check_modbus(ForceSource& source) {
    const std::vector<DeviceEvent> events = events_of(source, 3);
    REQUIRE(events.size() == 3);
    CHECK(events[0].kind == EventKind::sample);
    CHECK(events[0].sample.force == doctest::Approx(-123.45));  // int32, high word first, 0.01 N
    CHECK((events[0].sample.flags & (flag_data_bad | flag_overload)) == 0);
    const auto write = [&](const DeviceCommand& command) { return source.link->send(source.protocol->encode(command)); };
    CHECK(write({CommandKind::set_point, 250.5, 250, 1}));
    CHECK(write({CommandKind::ceiling, 300.0, 0, 2}));
    CHECK(source.link->send_urgently(source.protocol->encode({CommandKind::stop, 0.0, 0, 3})));
}

}  // namespace

TEST_SUITE("device/network") {
    TEST_CASE("the manual's client in Python speaks to us by UDP, and hears our set-points") {
        const TemporaryFolder folder;
        const int port = free_port();
        ForceSource source = open_source("udp:127.0.0.1:" + std::to_string(port));
        const PeerProgram client({"/usr/bin/python3", manual_client(folder), std::to_string(port)});
        const std::vector<DeviceEvent> events = events_of(source, 5);
        REQUIRE(events.size() == 5);
        for (const DeviceEvent& e : events) {
            CHECK(e.kind == EventKind::sample);
            CHECK((e.sample.flags & flag_switch_closed) != 0);
        }
        CHECK(source.link->send(source.protocol->encode({CommandKind::set_point, 42.0, 250, 1})));
        bool followed = false;  // it answers with the force that it was asked for
        for (int i = 0; i < 200 && !followed; ++i)
            for (const DeviceEvent& e : events_of(source, 1)) followed = followed || std::abs(e.sample.force - 42.0) < 1e-9;
        CHECK(followed);
    }

    TEST_CASE("UDP that loses, doubles, swaps and damages frames: what is believed is right, and the counts are those of the sender") {
        const int port = free_port();
        ForceSource source = open_source("udp:127.0.0.1:" + std::to_string(port));
        FILE* const sender = popen(("/usr/bin/python3 " + peers + "udp_faults.py " + std::to_string(port)).c_str(), "r");
        Plausibility judge(HilChecks{}, 300.0, 100.0, source.protocol->period_ns(), true, true);
        std::uint32_t last = 0, believed = 0, wrong = 0, gaps = 0;
        std::int64_t now = 0;
        for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60); last < 420 && std::chrono::steady_clock::now() < end;)
            for (DeviceEvent& e : events_of(source, 1)) {
                e.sample.received_ns = now += 10'000'000;
                static_cast<void>(judge.take(e));
                if (!judge.has_sample() || judge.last().received_ns != now) continue;
                ++believed;
                wrong += judge.last().force != judge.last().sequence / 4.0;
                gaps += judge.last().sequence - last - 1;
                last = judge.last().sequence;
            }
        std::uint32_t dropped = 0, twice = 0, overtaken = 0, damaged = 0;
        REQUIRE(std::fscanf(sender, "%u %u %u %u", &dropped, &twice, &overtaken, &damaged) == 4);
        pclose(sender);
        const auto counted = [&](Fault fault) { return judge.counts()[static_cast<std::size_t>(fault)]; };
        CHECK(last == 420);
        CHECK(wrong == 0);
        CHECK(counted(Fault::unreadable) == damaged);
        CHECK(counted(Fault::duplicate) == twice + overtaken);
        CHECK(gaps == dropped + overtaken + damaged);
        CHECK(believed == 420 - gaps);
        CHECK(counted(Fault::lost_readings) == gaps / 11);
        CHECK(std::min({dropped, twice, overtaken, damaged}) > 10);
    }

    TEST_CASE("by TCP, cut into pieces of one to seven bytes, nothing is lost; the peer gone is a lost device") {
        const int port = free_port();
        PeerProgram server({"/usr/bin/python3", peers + "tcp_device.py", std::to_string(port)});
        ForceSource source = open_when_ready("tcp:127.0.0.1:" + std::to_string(port));
        const std::vector<DeviceEvent> events = events_of(source, 21);  // twenty frames, then it ends
        REQUIRE(events.size() == 21);
        for (std::size_t i = 0; i < 20; ++i) {
            CHECK(events[i].kind == EventKind::sample);
            CHECK(events[i].sample.sequence == i + 1);
            CHECK(events[i].sample.force == doctest::Approx(10.0 * static_cast<double>(i + 1)));
        }
        CHECK(events[20].kind == EventKind::lost);
    }

    TEST_CASE("Modbus TCP against pymodbus's server, looked at by mbpoll") {
        if (!python_has("pymodbus.server")) {
            MESSAGE("python3-pymodbus or what it needs is not installed: not tried");
            return;
        }
        const std::string port = std::to_string(free_port());
        PeerProgram server({"/usr/bin/python3", peers + "modbus_server.py", "tcp", port});
        ForceSource source = open_when_ready("modbus-tcp:127.0.0.1:" + port + "?map=bench-rig");
        check_modbus(source);
        if (is_installed("mbpoll")) {
            CHECK(polled("-m tcp -p " + port + " -t 4:int -B -r 10 127.0.0.1").find("25050") != std::string::npos);
            CHECK(polled("-m tcp -p " + port + " -t 4:int -B -r 12 127.0.0.1").find("30000") != std::string::npos);
            CHECK(polled("-m tcp -p " + port + " -t 4 -r 14 127.0.0.1").find("1") != std::string::npos);
        }
        server.end();
        const std::vector<DeviceEvent> after = events_of(source, 1);
        REQUIRE(after.size() == 1);
        CHECK(after[0].kind == EventKind::lost);
    }

    TEST_CASE("Modbus RTU against pymodbus's server over socat's pseudo-terminals") {
        if (!python_has("pymodbus.server, serial") || !is_installed("socat")) {
            MESSAGE("python3-pymodbus, python3-serial or socat is not installed: not tried");
            return;
        }
        const TemporaryFolder folder;
        const std::string a = folder.file("a"), b = folder.file("b");
        const PeerProgram socat({"socat", "pty,raw,echo=0,link=" + a, "pty,raw,echo=0,link=" + b});
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (access(b.c_str(), F_OK) != 0 && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        const PeerProgram server({"/usr/bin/python3", peers + "modbus_server.py", "rtu", b});
        // a serial line can be opened before anybody is at its other end
        const auto ready_by = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        for (bool answered = false; !answered && std::chrono::steady_clock::now() < ready_by;) {
            ForceSource tried = open_source("modbus-rtu:" + a + "?map=bench-rig&baud=115200");
            answered = events_of(tried, 1).front().kind == EventKind::sample;
        }
        ForceSource source = open_source("modbus-rtu:" + a + "?map=bench-rig&baud=115200");
        check_modbus(source);
    }
}
