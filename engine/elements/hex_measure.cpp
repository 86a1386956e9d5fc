#include "engine/elements/hex_measure.hpp"

#include <algorithm>
#include <limits>

#include "engine/elements/hex8_reference.hpp"

namespace foramen::engine {

HexMeasure hex_measure(const HexMesh& mesh, int element) {
    static const Hex8Reference reference;
    Eigen::Matrix<double, 3, 8> corners;
    for (int a = 0; a < 8; ++a) corners.col(a) = mesh.nodes.col(mesh.elements[element][a]);
    HexMeasure m{0.0, std::numeric_limits<double>::infinity(), 0.0};
    for (const auto& dN : reference.dN) {
        double jacobian[3][3] = {};
        for (int a = 0; a < 8; ++a)
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 3; ++j) jacobian[i][j] += corners(i, a) * dN[a][j];
        const double determinant = Eigen::Map<const Eigen::Matrix3d>(&jacobian[0][0]).transpose().determinant();
        m.volume += determinant;
        m.smallest_determinant = std::min(m.smallest_determinant, determinant);
    }
    const double half_diagonal = 0.5 * (corners.rowwise().maxCoeff() - corners.rowwise().minCoeff()).norm();
    m.relative_determinant = m.smallest_determinant / (half_diagonal * half_diagonal * half_diagonal);
    return m;
}

}  // namespace foramen::engine
