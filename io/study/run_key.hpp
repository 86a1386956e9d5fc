#pragma once

#include <string>
#include <string_view>

#include "io/import/anatomy_files.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

/// Names a run by what its numbers depend on, and by nothing else: SHA-256 of
///   - the resolved scenario with every default, without name, description and output choices,
///   - what is added to it here: the outputs that are kept, a program other than the scenario's,
///   - the tables and the files of an imported anatomy,
///   - version, commit, compiler, flags and kernels of the program (and its bytes, where the tree had changes or no commit).
class RunKeys {
public:
    /// @throws FileError
    explicit RunKeys(const LoadedAnatomy& anatomy);
    [[nodiscard]] std::string key(const scenarios::Scenario& scenario, std::string_view added) const;

private:
    std::string same_for_all_;
};

}  // namespace foramen::io
