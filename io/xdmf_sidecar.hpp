#pragma once

#include <span>
#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

/// Text of NAME.xdmf2, which shows /VTKHDF of a result to ParaView 5.11 and older (and newer).
///
/// One top-level temporal grid a block keeps the block's name over time; tensors are matrices of M x 1 x 6, the one form
/// that every version reads right.
/// @param h5_name  the result's file name without folder: the two files move together
[[nodiscard]] std::string xdmf_text(const std::string& h5_name, std::span<const BlockSpec> blocks, std::span<const double> times);

/// Writes or rewrites the sidecar of the result at `h5_path`. @throws FileError
void write_xdmf_sidecar(const std::string& h5_path, std::span<const BlockSpec> blocks, std::span<const double> times);

/// NAME.xdmf2 for NAME.h5.
[[nodiscard]] std::string xdmf_path(const std::string& h5_path);

}  // namespace foramen::io
