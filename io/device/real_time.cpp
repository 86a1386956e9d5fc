#include "io/device/real_time.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace foramen::io {

namespace {
constexpr std::int64_t second_ns = 1'000'000'000;

std::string first_line(const char* path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}
}  // namespace

std::int64_t monotonic_ns() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::int64_t>(t.tv_sec) * second_ns + t.tv_nsec;
}

void sleep_until_ns(std::int64_t time_ns) {
    const timespec t{static_cast<time_t>(time_ns / second_ns), static_cast<long>(time_ns % second_ns)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr) == EINTR) {
    }
}

bool claim_priority(const char* name, int priority) {
    pthread_setname_np(pthread_self(), name);
    prctl(PR_SET_TIMERSLACK, 1);
    sched_param parameter{};
    parameter.sched_priority = priority;
    return pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter) == 0;
}

bool pin_to_core(int from_last) {
    cpu_set_t allowed, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return false;
    for (int core = CPU_SETSIZE - 1; core >= 0; --core)
        if (CPU_ISSET(core, &allowed) && from_last-- == 0) {
            CPU_SET(core, &one);
            return pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0;
        }
    return false;
}

void let_teams_sleep() {
    constexpr const char* policy = "OMP_WAIT_POLICY";
    if (std::getenv(policy) != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr) return;
    std::ifstream file("/proc/self/cmdline");
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::error_code unknown;
    const std::string program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    if (words.empty() || unknown) return;
    setenv(policy, "passive", 1);
    execv(program.c_str(), argv.data());
}

RealTimeGrant claim_real_time() {
    RealTimeGrant grant;
    sched_param none{}, some{};
    some.sched_priority = 1;
    grant.fifo = sched_setscheduler(0, SCHED_FIFO, &some) == 0;
    sched_setscheduler(0, SCHED_OTHER, &none);  // only asked; each thread claims its own
    grant.lines.push_back(grant.fifo ? "scheduling: real-time (SCHED_FIFO)"
                                     : "scheduling: ordinary, deadlines will be missed under load; setcap cap_sys_nice,cap_ipc_lock+ep on the program, or rtprio in limits.d");
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) grant.cores = CPU_COUNT(&allowed);
    grant.locked = mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
    grant.lines.push_back(grant.locked ? "memory: locked in RAM" : fmt::format("memory: not locked ({}); raise memlock in limits.d", std::strerror(errno)));
    utsname system{};
    uname(&system);
    grant.lines.push_back(fmt::format("kernel: {} {}; clock source {}", system.sysname, system.release, first_line("/sys/devices/system/clocksource/clocksource0/current_clocksource")));
    std::array<double, 3> load{};
    if (getloadavg(load.data(), 3) == 3) grant.lines.push_back(fmt::format("load average: {:.2f} {:.2f} {:.2f}", load[0], load[1], load[2]));
    return grant;
}

}  // namespace foramen::io
