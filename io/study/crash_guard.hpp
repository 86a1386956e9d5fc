#pragma once

#include <string>

namespace foramen::io {

/// While it lives, a crash of this thread (a bad memory access, an abort) writes a line to a descriptor before the program ends: the run
/// that did it is then known and not tried for ever. A kill from outside writes nothing: that run is only missing.
class CrashGuard {
public:
    CrashGuard(int descriptor, std::string line);
    ~CrashGuard();
    CrashGuard(const CrashGuard&) = delete;
    CrashGuard& operator=(const CrashGuard&) = delete;

private:
    std::string line_;
};

}  // namespace foramen::io
