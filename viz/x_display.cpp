#include "viz/x_display.hpp"

#include <X11/Xlib.h>
#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace foramen::viz {
namespace {

constexpr int start_timeout = 20000;  // [ms]

/// Becomes Xvfb, which writes the number of the display that it found to `write_end`; ends with the parent. Returns only on failure.
void become_server(int write_end, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) return;
    const int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    const std::string number = std::to_string(write_end);
    execlp("Xvfb", "Xvfb", "-displayfd", number.c_str(), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset",
           static_cast<char*>(nullptr));
}

/// The line that Xvfb writes when it is ready; empty if it ended or did not answer in time.
std::string read_line(int read_end) {
    std::string line;
    for (char c = 0; c != '\n';) {
        pollfd ready{read_end, POLLIN, 0};
        const int count = poll(&ready, 1, start_timeout);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || read(read_end, &c, 1) != 1) return {};
        if (c != '\n') line += c;
    }
    return line;
}

void stop(pid_t server) {
    kill(server, SIGTERM);
    while (waitpid(server, nullptr, 0) < 0 && errno == EINTR) {}
}

}  // namespace

bool XDisplay::given() {
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr) return false;
    XCloseDisplay(display);
    return true;
}

XDisplay::XDisplay() {
    if (given()) return;
    int ends[2];
    if (pipe(ends) != 0) throw SystemError(fmt::format("no pipe to Xvfb: {}", std::strerror(errno)));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    const pid_t parent = getpid();
    server_ = fork();
    if (server_ == 0) {
        become_server(ends[1], parent);
        _exit(127);
    }
    close(ends[1]);
    const std::string number = server_ > 0 ? read_line(ends[0]) : std::string{};
    close(ends[0]);
    if (!number.empty()) setenv("DISPLAY", fmt::format(":{}", number).c_str(), 1);
    if (number.empty() || !given()) {
        if (server_ > 0) stop(server_);
        server_ = -1;
        throw SystemError("there is no X display to draw on and Xvfb does not start: install the package xvfb (apt install xvfb)");
    }
}

XDisplay::~XDisplay() {
    if (server_ > 0) stop(server_);
}

}  // namespace foramen::viz
