#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// foramen batch STUDY.yaml: computes what is missing of a study and writes its table.
[[nodiscard]] int batch_command(const Arguments& arguments);

/// foramen study merge|report STUDY.yaml: from what is there.
[[nodiscard]] int study_command(const Arguments& arguments);

}  // namespace foramen::io
