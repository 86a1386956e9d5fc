#include "io/study/crash_guard.hpp"

#include <unistd.h>

#include <csignal>
#include <mutex>
#include <utility>

namespace foramen::io {

namespace {

thread_local const char* last_words = nullptr;
thread_local std::size_t last_words_size = 0;
thread_local int last_words_file = -1;

extern "C" void on_crash(int number) {
    if (last_words != nullptr && write(last_words_file, last_words, last_words_size) < 0) last_words = nullptr;
    std::signal(number, SIG_DFL);
    std::raise(number);
}

}  // namespace

CrashGuard::CrashGuard(int descriptor, std::string line) : line_(std::move(line)) {
    static std::once_flag once;
    std::call_once(once, [] {
        for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) std::signal(number, on_crash);
    });
    last_words_size = line_.size();
    last_words_file = descriptor;
    last_words = line_.c_str();
}

CrashGuard::~CrashGuard() { last_words = nullptr; }

}  // namespace foramen::io
