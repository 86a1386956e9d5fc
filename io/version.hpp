#pragma once

#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::io {

/// "0.1.0 (1a2b3c4d5e6f)": version and git commit at the time of configuration; "-dirty" after the commit when the tree
/// had changes, "unknown" for a tree without git.
[[nodiscard]] std::string version_text();

/// What built this program: version, commit, compiler, flags, build type, libraries; for /provenance.
[[nodiscard]] std::vector<ProvenanceEntry> build_provenance();

}  // namespace foramen::io
