#pragma once

#include "io/import/file_rows.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::io {

/// A YAML file that maps the sets of Abaqus or CalculiX meshes to tissues and end-plates, a mesh a disc; bones may follow:
///
///     anatomy: 1
///     discs:
///       L4-L5: {mesh: l45.inp, unit: mm, nucleus: NP, annulus: [R1, R2], cartilage: CEP, lower: EP_LOW, upper: EP_UP}
///     bones:
///       L4: {surface: l4.obj, body: l4_body.obj, unit: m}
///
/// Every element belongs to one tissue; `cartilage` and `bones` may be missing. Reports unknown keys and sets, elements of no tissue or
/// of two, and what the meshes themselves have wrong.
[[nodiscard]] models::ImportedAnatomy read_mapped_meshes(ImportFiles& files, const std::string& name);

}  // namespace foramen::io
