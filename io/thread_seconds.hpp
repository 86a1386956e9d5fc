#pragma once

namespace foramen::io {

/// Processor time that the calling thread has used [s].
[[nodiscard]] double thread_seconds();

}  // namespace foramen::io
