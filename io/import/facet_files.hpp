#pragma once

#include "io/import/file_rows.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::io {

/// One facet joint in the files of the data set of Remus et al. (2021): facet/L45_FACL_L4.node and .elem are a layer of cartilage
/// (wedges: six numbers of nodes) on the inferior process of L4, left; _RB.txt has its nodes on the bone; bone/L5_PDl_a.obj is the
/// superior process that it meets. Nothing where the layer is not there.
[[nodiscard]] models::ImportedFacet read_facet_files(ImportFiles& files, int disc, models::Side side);

}  // namespace foramen::io
