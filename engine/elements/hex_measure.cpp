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
        Eigen::Matrix3d jacobian = Eigen::Matrix3d::Zero();
        for (int a = 0; a < 8; ++a) jacobian += corners.col(a) * Eigen::RowVector3d(dN[a][0], dN[a][1], dN[a][2]);
        m.volume += jacobian.determinant();
        m.smallest_determinant = std::min(m.smallest_determinant, jacobian.determinant());
    }
    const double half_diagonal = 0.5 * (corners.rowwise().maxCoeff() - corners.rowwise().minCoeff()).norm();
    m.relative_determinant = m.smallest_determinant / (half_diagonal * half_diagonal * half_diagonal);
    return m;
}

}  // namespace foramen::engine
