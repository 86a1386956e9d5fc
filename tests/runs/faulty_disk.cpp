// HDF5 writes through pwrite and ftruncate, io/ through posix_fallocate; these definitions stand before the C library's, so that
// a test can make any one call of them the last.

#include "tests/runs/faulty_disk.hpp"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace foramen::testing {
namespace {

long calls = 0;
long faulty_call = 0;
DiskFault fault = DiskFault::none;

/// True when this call is to fail with ENOSPC; does not return when it is to kill.
bool refuse(int file, off_t end) {
    ++calls;
    if (fault == DiskFault::kill && calls == faulty_call) {
        raise(SIGKILL);
    }
    struct stat status {};
    if (fault == DiskFault::disk_full && calls >= faulty_call && fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
        end > status.st_size) {
        errno = ENOSPC;
        return true;
    }
    return false;
}

ssize_t faulty_write(int file, const void* bytes, size_t count, off_t offset) {
    if (refuse(file, offset + static_cast<off_t>(count))) {
        return -1;
    }
    if (fault == DiskFault::tear && calls == faulty_call) {
        constexpr off_t page = 4096;
        const off_t end = offset + static_cast<off_t>(count);
        const off_t first = (offset / page + 1) * page;
        const off_t last = (end - 1) / page * page;
        const off_t boundary = calls % 2 == 0 ? first : last;
        if (boundary > offset && boundary < end) {
            syscall(SYS_pwrite64, file, bytes, boundary - offset, offset);
        }
        raise(SIGKILL);
    }
    return syscall(SYS_pwrite64, file, bytes, count, offset);
}

int faulty_truncate(int file, off_t length) {
    if (refuse(file, length)) {
        return -1;
    }
    if (fault == DiskFault::tear && calls == faulty_call) {
        raise(SIGKILL);
    }
    return static_cast<int>(syscall(SYS_ftruncate, file, length));
}

int faulty_allocate(int file, off_t offset, off_t length) {
    if (refuse(file, offset + length)) {
        return ENOSPC;
    }
    if (fault == DiskFault::tear && calls == faulty_call) {
        raise(SIGKILL);
    }
    return syscall(SYS_fallocate, file, 0, offset, length) == 0 ? 0 : errno;
}

}  // namespace

void break_disk_at(long call, DiskFault kind) {
    calls = 0;
    faulty_call = call;
    fault = kind;
}

long disk_call_count() { return calls; }

}  // namespace foramen::testing

// HDF5 calls the one name or the other, as it was built.
extern "C" ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
    return foramen::testing::faulty_write(file, bytes, count, offset);
}
extern "C" ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t offset) {
    return foramen::testing::faulty_write(file, bytes, count, offset);
}
extern "C" int ftruncate(int file, off_t length) { return foramen::testing::faulty_truncate(file, length); }
extern "C" int posix_fallocate(int file, off_t offset, off_t length) {
    return foramen::testing::faulty_allocate(file, offset, length);
}
extern "C" int ftruncate64(int file, off64_t length) { return foramen::testing::faulty_truncate(file, length); }
