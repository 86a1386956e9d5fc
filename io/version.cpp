#include "io/version.hpp"

#include <Eigen/Core>
#include <build_commit.hpp>  // of commit_header.cmake
#include <fmt/format.h>
#include <hdf5.h>
#include <libdeflate.h>

#include "engine/kernels/instruction_set.hpp"

// FORAMEN_BUILD_* come from io/version.cmake, for this file only.

namespace foramen::io {

namespace {

std::string compiler() {
#if defined(__clang__)
    return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#elif defined(__GNUC__)
    return fmt::format("gcc {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#else
    return "unknown";
#endif
}

std::string libraries() {
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("HDF5 {}.{}.{}, libdeflate {}, Eigen {}.{}.{}, fmt {}.{}.{}, yaml-cpp {}", major, minor, release,
                       LIBDEFLATE_VERSION_STRING, EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION,
                       FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100, FORAMEN_BUILD_YAML_CPP);
}

}  // namespace

std::string version_text() { return fmt::format("{} ({})", FORAMEN_BUILD_VERSION, FORAMEN_BUILD_COMMIT); }

std::vector<ProvenanceEntry> build_provenance() {
    return {{"version", FORAMEN_BUILD_VERSION, "version of Foramen"},
            {"commit", FORAMEN_BUILD_COMMIT, "git commit that was built"},
            {"compiler", compiler(), "C++ compiler"},
            {"compiler_flags", FORAMEN_BUILD_FLAGS, "flags of the C++ compiler"},
            {"instruction_set", std::string(word(engine::instruction_set())), "instruction set of the kernels, chosen at the start"},
            {"build_type", FORAMEN_BUILD_TYPE, "CMake build type"},
            {"libraries", libraries(), "libraries and their versions"}};
}

}  // namespace foramen::io
