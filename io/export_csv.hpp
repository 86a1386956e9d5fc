#pragma once

#include <span>
#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

/// Histories of a result as CSV (RFC 4180, lines end in LF): one row a time, headers `time [s]`, `name [unit]` or
/// `name[label] [unit]`; numbers in the shortest form that reads back to the same bits.
/// @param names  series, in this order; empty: all
/// @throws FileError if the result has no series of that name
[[nodiscard]] std::string history_csv(const ResultFile& result, std::span<const std::string> names = {});

/// Writes history_csv to `path`. @throws FileError
void export_history_csv(const ResultFile& result, const std::string& path, std::span<const std::string> names = {});

}  // namespace foramen::io
