#pragma once

#include "io/import/file_rows.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::io {

/// The ligaments of one level in the files of the data set of Remus et al. (2021): PREFIX_Ligs_AS.lig (straight strands) and
/// PREFIX_Ligs_MP.lig (over via points), metres, each with its PREFIX_..._UWMat.lig: reference strain, transition strain, stiffness
/// [N per unit strain], largest force [N]. Names are compared without the level that precedes them; _L and _R are one ligament.
/// Nothing where neither file is there.
[[nodiscard]] std::vector<models::ImportedLigament> read_ligament_files(ImportFiles& files, const std::string& prefix, int disc);

}  // namespace foramen::io
