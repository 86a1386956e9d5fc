#include "io/output_claim.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "io/result_file.hpp"

namespace foramen::io {

namespace {

enum class Lock { taken, refused, none };  // none: this file system has no locks

/// Of the whole file, for as long as one description of it is open (an "open file description" lock).
Lock lock(int file) {
    struct flock whole{};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (fcntl(file, F_OFD_SETLK, &whole) == 0) return Lock::taken;
    return errno == EAGAIN || errno == EACCES ? Lock::refused : Lock::none;
}

bool locked_elsewhere(const std::string& path) {
    const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return false;
    const bool refused = lock(file) == Lock::refused;
    close(file);
    return refused;
}

[[noreturn]] void refuse(const std::string& path) { throw FileError(busy_sentence(path)); }

bool is_file_at(int file, const std::string& path) {
    struct stat opened{}, named{};
    return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

std::string busy_sentence(const std::string& path) {
    return fmt::format("another run is writing {}: wait for it, or give this one another name with --output", path);
}

bool being_written(const std::string& path) { return locked_elsewhere(path) || locked_elsewhere(path + ".part"); }

OutputClaim::OutputClaim(const std::string& path, const std::string& part) {
    constexpr int most_tries = 100;  // another run may give `part` its name between two calls here
    for (int i = 0; i < most_tries; ++i) {
        if (locked_elsewhere(path)) refuse(path);
        file_ = open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file_ < 0) return;  // whoever creates the file will say why
        if (lock(file_) == Lock::refused) {
            close(std::exchange(file_, -1));
            refuse(path);
        }
        if (is_file_at(file_, part)) return;
        close(std::exchange(file_, -1));
    }
    refuse(path);
}

OutputClaim::~OutputClaim() {
    if (file_ >= 0) close(file_);
}

OutputClaim::OutputClaim(OutputClaim&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

OutputClaim& OutputClaim::operator=(OutputClaim&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

}  // namespace foramen::io
