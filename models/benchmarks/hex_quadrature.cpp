#include "models/benchmarks/hex_quadrature.hpp"

#include <vector>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

struct Gauss {
    std::vector<double> x, w;
};

/// Gauss-Legendre on [-1, 1]. Source: Abramowitz & Stegun (1964), table 25.4.
Gauss gauss(int points) {
    FORAMEN_EXPECTS(points >= 2 && points <= 5, points);
    switch (points) {
        case 2:
            return {{-0.577350269189626, 0.577350269189626}, {1.0, 1.0}};
        case 3:
            return {{-0.774596669241483, 0.0, 0.774596669241483}, {5.0 / 9.0, 8.0 / 9.0, 5.0 / 9.0}};
        case 4:
            return {{-0.861136311594053, -0.339981043584856, 0.339981043584856, 0.861136311594053},
                    {0.347854845137454, 0.652145154862546, 0.652145154862546, 0.347854845137454}};
        default:
            return {{-0.906179845938664, -0.538469310105683, 0.0, 0.538469310105683, 0.906179845938664},
                    {0.236926885056189, 0.478628670499366, 0.568888888888889, 0.478628670499366, 0.236926885056189}};
    }
}

constexpr std::array<std::array<int, 3>, 8> corner{
    {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}}};

/// The point (xi) of an element with the given corners, of weight w in the reference cube.
HexPoint point_at(const std::array<int, 8>& nodes, const Eigen::Matrix<double, 3, 8>& corners, const Eigen::Vector3d& xi,
                  double w) {
    HexPoint p;
    p.nodes = &nodes;
    Eigen::Matrix<double, 8, 3> dN;
    for (int a = 0; a < 8; ++a) {
        Eigen::Vector3d f;
        for (int i = 0; i < 3; ++i) f[i] = 1.0 + corner[a][i] * xi[i];
        p.N[a] = 0.125 * f[0] * f[1] * f[2];
        for (int i = 0; i < 3; ++i) dN(a, i) = 0.125 * corner[a][i] * f[(i + 1) % 3] * f[(i + 2) % 3];
    }
    const Eigen::Matrix3d dX = corners * dN;  // dX_i/dxi_j
    p.X = corners * p.N;
    p.dN_dX = dN * dX.inverse();
    p.dV = w * dX.determinant();
    return p;
}

}  // namespace

Eigen::Matrix3d HexPoint::gradient(const Eigen::VectorXd& u) const {
    Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
    for (int a = 0; a < 8; ++a) sum += u.segment<3>(3 * (*nodes)[a]) * dN_dX.row(a);
    return sum;
}

Eigen::Vector3d HexPoint::vector(const Eigen::VectorXd& u) const {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (int a = 0; a < 8; ++a) sum += N[a] * u.segment<3>(3 * (*nodes)[a]);
    return sum;
}

double HexPoint::scalar(const Eigen::VectorXd& p) const {
    double sum = 0.0;
    for (int a = 0; a < 8; ++a) sum += N[a] * p[(*nodes)[a]];
    return sum;
}

void for_each_point(const engine::HexMesh& mesh, int points, const std::function<void(const HexPoint&)>& visit) {
    const Gauss rule = gauss(points);
    for (const auto& nodes : mesh.elements) {
        Eigen::Matrix<double, 3, 8> corners;
        for (int a = 0; a < 8; ++a) corners.col(a) = mesh.nodes.col(nodes[a]);
        for (int i = 0; i < points; ++i)
            for (int j = 0; j < points; ++j)
                for (int k = 0; k < points; ++k)
                    visit(point_at(nodes, corners, {rule.x[i], rule.x[j], rule.x[k]}, rule.w[i] * rule.w[j] * rule.w[k]));
    }
}

}  // namespace foramen::models
