#pragma once

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::engine {

/// Of an element by its 2 x 2 x 2 points. A node that stands twice (a wedge) is no obstacle as long as the determinant is positive.
struct HexMeasure {
    double volume;                ///< [mm3]
    double smallest_determinant;  ///< of dX/dxi at the points [mm3]; negative where the element is inside out
    double relative_determinant;  ///< the same over the cube of half the diagonal of the element's box [-]; 0.19 for a cube
};
[[nodiscard]] HexMeasure hex_measure(const HexMesh& mesh, int element);

}  // namespace foramen::engine
