#pragma once

#include <string>

namespace foramen::io {

/// A lock on the file that a result is written to, so that two runs never write one result. It lies on the file itself and stays
/// with it when the file gets another name; it ends with the process at the latest, killed or not. File systems without locks
/// give none, and nothing is refused there.
class OutputClaim {
public:
    OutputClaim() = default;
    /// Creates `part` where it is not there. @throws FileError when another writer has `part` or `path`
    OutputClaim(const std::string& path, const std::string& part);
    ~OutputClaim();
    OutputClaim(const OutputClaim&) = delete;
    OutputClaim& operator=(const OutputClaim&) = delete;
    OutputClaim(OutputClaim&& other) noexcept;
    OutputClaim& operator=(OutputClaim&& other) noexcept;

private:
    int file_ = -1;
};

/// What a second run is told.
[[nodiscard]] std::string busy_sentence(const std::string& path);

/// Whether a run writes the result `path` at this moment, under its name or as path.part.
[[nodiscard]] bool being_written(const std::string& path);

}  // namespace foramen::io
