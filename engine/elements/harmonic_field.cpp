#include "engine/elements/harmonic_field.hpp"

#include <Eigen/Sparse>

#include "engine/core/contract.hpp"
#include "engine/elements/hex8_reference.hpp"

namespace foramen::engine {

namespace {

const Hex8Reference& reference() {
    static const Hex8Reference shape;
    return shape;
}

using Corners = Eigen::Matrix<double, 3, 8>;
using Gradients = Eigen::Matrix<double, 8, 3>;

Corners corners_of(const HexMesh& mesh, int element) {
    Corners x;
    for (int a = 0; a < 8; ++a) x.col(a) = mesh.nodes.col(mesh.elements[element][a]);
    return x;
}

Gradients parent_gradients(int point) {
    Gradients dN;
    for (int a = 0; a < 8; ++a)
        for (int i = 0; i < 3; ++i) dN(a, i) = reference().dN[point][a][i];
    return dN;
}

/// int dN_a . dN_b dV
Eigen::Matrix<double, 8, 8> laplacian(const HexMesh& mesh, int element) {
    const Corners x = corners_of(mesh, element);
    Eigen::Matrix<double, 8, 8> k = Eigen::Matrix<double, 8, 8>::Zero();
    for (int q = 0; q < 8; ++q) {
        const Gradients dN = parent_gradients(q);
        const Eigen::Matrix3d jacobian = x * dN;
        const Gradients g = dN * jacobian.inverse();
        k += jacobian.determinant() * g * g.transpose();
    }
    return k;
}

}  // namespace

Eigen::VectorXd harmonic_field(const HexMesh& mesh, const std::vector<int>& elements, const std::vector<std::pair<int, double>>& prescribed) {
    constexpr int outside = -2, given = -1;
    std::vector<int> unknown(static_cast<std::size_t>(mesh.node_count()), outside);
    for (const int e : elements)
        for (const int n : mesh.elements[e]) unknown[n] = 0;
    Eigen::VectorXd field = Eigen::VectorXd::Zero(mesh.node_count());
    int fixed = 0;
    for (const auto& [node, value] : prescribed) {
        if (unknown[node] == outside) continue;
        unknown[node] = given;
        field[node] = value;
        ++fixed;
    }
    FORAMEN_EXPECTS(fixed > 0, prescribed.size());
    int count = 0;
    for (int& u : unknown)
        if (u >= 0) u = count++;
    std::vector<Eigen::Triplet<double>> entries;
    Eigen::VectorXd right = Eigen::VectorXd::Zero(count);
    for (const int e : elements) {
        const Eigen::Matrix<double, 8, 8> k = laplacian(mesh, e);
        for (int a = 0; a < 8; ++a) {
            const int row = unknown[mesh.elements[e][a]];
            if (row < 0) continue;
            for (int b = 0; b < 8; ++b) {
                const int node = mesh.elements[e][b];
                if (unknown[node] >= 0) entries.emplace_back(row, unknown[node], k(a, b));
                else right[row] -= k(a, b) * field[node];
            }
        }
    }
    Eigen::SparseMatrix<double> matrix(count, count);
    matrix.setFromTriplets(entries.begin(), entries.end());
    const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor(matrix);
    FORAMEN_EXPECTS(count == 0 || factor.info() == Eigen::Success, count);
    const Eigen::VectorXd solution = count > 0 ? Eigen::VectorXd(factor.solve(right)) : Eigen::VectorXd();
    for (int n = 0; n < mesh.node_count(); ++n)
        if (unknown[n] >= 0) field[n] = solution[unknown[n]];
    return field;
}

Eigen::Vector3d gradient_at_middle(const HexMesh& mesh, int element, const Eigen::VectorXd& field) {
    const Corners x = corners_of(mesh, element);
    Gradients dN;
    Eigen::Matrix<double, 8, 1> values;
    for (int a = 0; a < 8; ++a) {
        for (int i = 0; i < 3; ++i) dN(a, i) = 0.125 * hex8_corner[a][i];
        values[a] = field[mesh.elements[element][a]];
    }
    return ((x * dN).inverse().transpose()) * (dN.transpose() * values);
}

}  // namespace foramen::engine
