#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace foramen::io {

/// A curve to compare with: one column of a CSV file over its first column, ascending.
struct ReferenceCurve {
    std::vector<double> x, y;
    /// Linear between its points; x must lie within them.
    [[nodiscard]] double at(double x) const;
    [[nodiscard]] double range() const;  ///< of y
};

/// Reads a CSV file: # starts a comment line, the first other line is the header with cells `name` or `name [unit]`.
/// @throws FileError naming file, line and reason
[[nodiscard]] ReferenceCurve read_reference_curve(const std::filesystem::path& file, const std::string& column);

}  // namespace foramen::io
