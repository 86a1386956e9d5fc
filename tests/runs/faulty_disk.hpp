#pragma once

namespace foramen::testing {

enum class DiskFault {
    none,
    kill,       ///< SIGKILL in place of the call
    tear,       ///< SIGKILL in the middle of the call, between two pages, as the kernel allows it
    disk_full,  ///< ENOSPC from this call on, for everything that would make the file longer
};

/// Makes the n-th (from 1) pwrite or ftruncate of this process go wrong. For child processes: it cannot be undone.
void break_disk_at(long call, DiskFault fault);

/// Calls so far.
[[nodiscard]] long disk_call_count();

}  // namespace foramen::testing
