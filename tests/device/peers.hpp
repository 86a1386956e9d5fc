#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "io/device/force_source.hpp"

namespace foramen::testing {

/// The far side of a serial line, in this process.
class PtyPeer {
public:
    PtyPeer() {
        std::array<char, 256> name{};
        int slave = -1;
        termios raw{};
        cfmakeraw(&raw);
        if (openpty(&master_, &slave, name.data(), &raw, nullptr) != 0) throw std::runtime_error("no pseudo-terminal");
        close(slave);
        path_ = name.data();
    }
    ~PtyPeer() { unplug(); }
    PtyPeer(const PtyPeer&) = delete;
    PtyPeer& operator=(const PtyPeer&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }
    void say(const std::string& bytes) const { (void)!write(master_, bytes.data(), bytes.size()); }
    /// What has arrived within some time.
    [[nodiscard]] std::string heard(int milliseconds = 200) const {
        std::array<char, 512> buffer{};
        pollfd entry{master_, POLLIN, 0};
        if (poll(&entry, 1, milliseconds) <= 0) return "";
        const ssize_t size = read(master_, buffer.data(), buffer.size());
        return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }
    void unplug() {
        if (master_ >= 0) close(master_);
        master_ = -1;
    }

private:
    int master_ = -1;
    std::string path_;
};

/// Another program, killed at the end.
class PeerProgram {
public:
    explicit PeerProgram(std::vector<std::string> words) {
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        process_ = fork();
        if (process_ != 0) return;
        const int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    ~PeerProgram() { end(); }
    PeerProgram(const PeerProgram&) = delete;
    PeerProgram& operator=(const PeerProgram&) = delete;
    void end() {
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        process_ = -1;
    }

private:
    pid_t process_ = -1;
};

[[nodiscard]] inline bool is_installed(const std::string& program) { return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0; }
[[nodiscard]] inline bool python_has(const std::string& module) { return std::system(("/usr/bin/python3 -c 'import " + module + "' >/dev/null 2>&1").c_str()) == 0; }

/// Events of a source until there are `count`, the line is lost or the time is over.
[[nodiscard]] inline std::vector<io::DeviceEvent> events_of(io::ForceSource& source, std::size_t count, double seconds = 5.0) {
    std::vector<io::DeviceEvent> events;
    std::array<std::uint8_t, 512> buffer;
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (events.size() < count && std::chrono::steady_clock::now() < end) {
        const io::Link::Reception got = source.link->receive(buffer, std::chrono::milliseconds(20));
        if (got.state == io::Link::State::lost) {
            events.push_back({io::EventKind::lost, {}});
            break;
        }
        if (got.state == io::Link::State::bytes) source.protocol->decode({buffer.data(), got.size}, 1, events);
    }
    return events;
}

/// Opens a source as soon as its peer is there.
[[nodiscard]] inline io::ForceSource open_when_ready(const std::string& uri, double seconds = 10.0) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    for (;;) {
        try {
            return io::open_source(uri);
        } catch (const std::exception&) {
            if (std::chrono::steady_clock::now() > end) throw;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
}

}  // namespace foramen::testing
