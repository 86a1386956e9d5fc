#include "io/result_opening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "io/result_file.hpp"

namespace foramen::io {

Hdf5File open_result(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        const bool begun = std::filesystem::exists(path + ".part", ignored);
        throw FileError(fmt::format("cannot open {}: {}", path,
                                    begun ? "the run that writes it has not committed anything yet" : "there is no such file"));
    }
    if (std::filesystem::is_directory(path, ignored)) {
        throw FileError(fmt::format("cannot open {}: it is a folder", path));
    }
    try {
        return Hdf5File::open(path);
    } catch (const FileError& error) {
        throw FileError(fmt::format("{} is not a result of Foramen: it is not a readable HDF5 file ({})", path, error.what()));
    }
}

CommittedCounts read_committed_counts(const std::string& path) {
    const Hdf5File file = open_result(path);
    const Hdf5Group root = file.root();
    CommittedCounts counts;
    if (root.has("VTKHDF")) {
        counts.steps = std::numeric_limits<std::uint64_t>::max();
        const Hdf5Group vtkhdf = root.open_group("VTKHDF");
        for (const std::string& name : vtkhdf.names()) {
            if (name != "Assembly") {
                counts.steps =
                    std::min(counts.steps, static_cast<std::uint64_t>(vtkhdf.open_group(name + "/Steps").integer("NSteps")));
            }
        }
    }
    if (root.has("history")) {
        counts.rows = static_cast<std::uint64_t>(root.open_group("history").integer("committed_rows"));
    }
    return counts;
}

}  // namespace foramen::io
