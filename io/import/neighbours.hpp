#pragma once

#include "io/import/file_rows.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::io {

/// Reports discs that do not lie one above the other, and end-plates that lie far from the body of their vertebra where its surface
/// is given: a disc that touches no vertebra.
void check_neighbours(const models::ImportedAnatomy& anatomy, ImportFiles& files);

}  // namespace foramen::io
