#pragma once

#include <vector>

#include "models/imported_anatomy.hpp"

namespace foramen::models {

/// An imported disc whose elements beside drained surfaces are split, and which element of the file each one is a part of.
struct LayeredDisc {
    ImportedDisc disc;        ///< without paths of fibres: these belong to whole elements
    std::vector<int> parent;  ///< of each element
};

/// Splits each element that has a face in the set into three along the edges that lead inwards from it: at `first` and at the
/// geometric mean of `first` and the edge's length L, so that the layers are first, sqrt(first L) - first and the rest.
/// New nodes belong to the sets of which both ends of their edge are members. Nothing is split where
/// - the thickest such element is not thicker than three times `first`, or
/// - elements beside those would be left with a node in the middle of an edge (the set's elements are no layer of their own).
/// @param surface  nodes of a surface
/// @param first  [mm] > 0
/// @return the disc as it was when nothing was split
[[nodiscard]] LayeredDisc split_beside(LayeredDisc given, const std::vector<int>& surface, double first);

}  // namespace foramen::models
