#include "io/device/fd_link.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include "io/result_file.hpp"

namespace foramen::io {

namespace {

const std::map<int, speed_t>& speeds() {
    static const std::map<int, speed_t> table{{1200, B1200},     {2400, B2400},     {4800, B4800},     {9600, B9600},
                                              {19200, B19200},   {38400, B38400},   {57600, B57600},   {115200, B115200},
                                              {230400, B230400}, {460800, B460800}, {921600, B921600}};
    return table;
}

/// Owner of a file descriptor.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// Whether there is something to read within the timeout.
bool readable(int file, std::chrono::nanoseconds timeout) {
    pollfd entry{file, POLLIN, 0};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    const timespec wait{seconds.count(), (timeout - seconds).count()};
    return ppoll(&entry, 1, &wait, nullptr) > 0;
}

/// A descriptor that is read and written as a stream: terminal or TCP.
class StreamLink : public Link {
public:
    StreamLink(int file, std::vector<std::string> remarks) : file_(file), remarks_(std::move(remarks)) {}

    Reception receive(std::span<std::uint8_t> buffer, std::chrono::nanoseconds timeout) override {
        if (!readable(file_.number(), timeout)) return {};
        const ssize_t size = read(file_.number(), buffer.data(), buffer.size());
        if (size > 0) return {State::bytes, static_cast<std::size_t>(size)};
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) return {};
        return {State::lost, 0};
    }
    bool send(std::span<const std::uint8_t> bytes) override {  // one call: pieces of two threads do not mix
        return write(file_.number(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    }
    std::vector<std::string> remarks() const override { return remarks_; }

private:
    Descriptor file_;
    std::vector<std::string> remarks_;
};

class UdpLink : public Link {
public:
    explicit UdpLink(int file) : file_(file) {}

    Reception receive(std::span<std::uint8_t> buffer, std::chrono::nanoseconds timeout) override {
        if (!readable(file_.number(), timeout)) return {};
        sockaddr_storage from{};
        socklen_t length = sizeof from;
        const ssize_t size = recvfrom(file_.number(), buffer.data(), buffer.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from), &length);
        if (size <= 0) return {};  // an error of an earlier send shows here: the peer is not there, which silence tells
        peer_ = from;
        peer_length_.store(length, std::memory_order_release);
        return {State::bytes, static_cast<std::size_t>(size)};
    }
    bool send(std::span<const std::uint8_t> bytes) override {
        const socklen_t length = peer_length_.load(std::memory_order_acquire);
        if (length == 0) return false;
        const ssize_t sent = sendto(file_.number(), bytes.data(), bytes.size(), MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&peer_), length);
        return sent == static_cast<ssize_t>(bytes.size());
    }

private:
    Descriptor file_;
    sockaddr_storage peer_{};
    std::atomic<socklen_t> peer_length_ = 0;
};

/// A USB converter's driver may hold bytes back for this long; empty where it says nothing.
std::string latency_remark(const std::string& path) {
    std::error_code ignored;
    const std::string name = std::filesystem::canonical(path, ignored).filename().string();
    std::ifstream file("/sys/bus/usb-serial/devices/" + name + "/latency_timer");
    int ms = 0;
    if (!(file >> ms) || ms <= 1) return "";
    return fmt::format("the USB converter holds bytes back for up to {} ms: echo 1 > /sys/bus/usb-serial/devices/{}/latency_timer", ms, name);
}

std::string last_error() { return std::strerror(errno); }

addrinfo* resolved(const std::string& host, int port, int type) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = type;
    addrinfo* found = nullptr;
    const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0) throw FileError(fmt::format("{}:{}: {}", host, port, gai_strerror(error)));
    return found;
}

}  // namespace

bool is_baud_rate(int baud) { return speeds().contains(baud); }

std::unique_ptr<Link> open_serial(const std::string& path, int baud) {
    const int file = open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        const int why = errno;
        throw FileError(fmt::format("{}: cannot be opened: {}{}", path, std::strerror(why), why == EACCES ? "; add yourself to the group dialout" : ""));
    }
    std::vector<std::string> remarks;
    termios line{};
    if (tcgetattr(file, &line) != 0) {
        close(file);
        throw FileError(fmt::format("{}: is not a serial port: {}", path, last_error()));
    }
    cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    line.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
    cfsetspeed(&line, speeds().at(baud));
    if (tcsetattr(file, TCSANOW, &line) != 0) remarks.push_back(fmt::format("{}: {} baud was refused: {}", path, baud, last_error()));
    tcflush(file, TCIFLUSH);
    if (const std::string latency = latency_remark(path); !latency.empty()) remarks.push_back(latency);
    return std::make_unique<StreamLink>(file, std::move(remarks));
}

std::unique_ptr<Link> connect_tcp(const std::string& host, int port) {
    addrinfo* const found = resolved(host, port, SOCK_STREAM);
    int file = -1;
    std::string why = "no address";
    for (const addrinfo* a = found; a != nullptr && file < 0; a = a->ai_next) {
        file = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (file >= 0 && connect(file, a->ai_addr, a->ai_addrlen) == 0) break;
        why = last_error();
        if (file >= 0) close(file);
        file = -1;
    }
    freeaddrinfo(found);
    if (file < 0) throw FileError(fmt::format("{}:{}: cannot be reached: {}", host, port, why));
    const int on = 1;
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK);
    return std::make_unique<StreamLink>(file, std::vector<std::string>{});
}

std::unique_ptr<Link> bind_udp(const std::string& host, int port) {
    addrinfo* const found = resolved(host, port, SOCK_DGRAM);
    const int file = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol);
    const bool bound = file >= 0 && bind(file, found->ai_addr, found->ai_addrlen) == 0;
    const std::string why = last_error();
    freeaddrinfo(found);
    if (!bound) {
        if (file >= 0) close(file);
        throw FileError(fmt::format("{}:{}: cannot be listened at: {}", host, port, why));
    }
    return std::make_unique<UdpLink>(file);
}

}  // namespace foramen::io
