#pragma once

#include "io/import/file_rows.hpp"
#include "models/triangle_surface.hpp"

namespace foramen::io {

/// Vertices and faces of a Wavefront OBJ file below the folder; polygons become fans of triangles, all else is passed over.
/// Source of the syntax: Wavefront, Advanced Visualizer, Appendix B1.
/// @param scale  from the file's unit to mm
[[nodiscard]] models::TriangleSurface read_obj(ImportFiles& files, const std::string& name, double scale);

}  // namespace foramen::io
