#pragma once

#include <cstdint>
#include <string>

#include "io/hdf5_file.hpp"

namespace foramen::io {

/// @throws FileError with a sentence for a missing file, a run without a commit, a folder, a file that is not HDF5
[[nodiscard]] Hdf5File open_result(const std::string& path);

struct CommittedCounts {
    std::uint64_t steps = 0;  ///< of the fields
    std::uint64_t rows = 0;   ///< of the histories
};

/// What a reader may rely on. It is read in an opening of its own: the end of the file that a later opening sees lies
/// behind all the data that these counts speak of, even while the file grows.
[[nodiscard]] CommittedCounts read_committed_counts(const std::string& path);

}  // namespace foramen::io
