#pragma once

#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

/// The range that holds 99 % of a field's values (of points or cells) over all blocks of a group and (up to 64, evenly spread) output times;
/// {0, 0} if there is none.
struct FieldRange {
    double lowest, highest;
};
[[nodiscard]] FieldRange usual_range(const ResultFile& result, const std::string& group, const std::string& field);

}  // namespace foramen::io
