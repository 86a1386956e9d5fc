#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// foramen ceiling STUDY.yaml: finds every patient's highest force and writes the report. The verdict is no exit code: a FAIL is a finding.
[[nodiscard]] int ceiling_command(const Arguments& arguments);

}  // namespace foramen::io
