#pragma once

// What writer and reader of a result agree on besides the group names.

#include <cstddef>
#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

inline constexpr const char* schema_name = "foramen-result";
inline constexpr const char* schema_version = "1.0";
inline constexpr int schema_major = 1;
inline constexpr std::size_t status_length = 16;  ///< fixed, so that the attribute is rewritten in place

[[nodiscard]] inline std::string status_text(RunStatus status) {
    switch (status) {
        case RunStatus::running:
            return "running";
        case RunStatus::complete:
            return "complete";
        case RunStatus::stopped:
            return "stopped";
    }
    return "";
}

}  // namespace foramen::io
