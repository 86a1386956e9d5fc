#include "engine/elements/linear_elastic.hpp"

#include <cmath>
#include <numbers>

#include "engine/elements/hex8_reference.hpp"

namespace foramen::engine {

namespace {

const Hex8Reference hex8;

using Gradients = Eigen::Matrix<double, 3, Eigen::Dynamic>;  // one shape function a column
using StrainMatrix = Eigen::Matrix<double, 6, Eigen::Dynamic>;
using Matrix6 = Eigen::Matrix<double, 6, 6>;

/// Engineering strains xx yy zz xy yz zx of displacement shape functions.
StrainMatrix strain_matrix(const Gradients& g) {
    StrainMatrix B = StrainMatrix::Zero(6, 3 * g.cols());
    for (Eigen::Index a = 0; a < g.cols(); ++a) {
        for (int i = 0; i < 3; ++i) {
            const int j = (i + 1) % 3;
            B(i, 3 * a + i) = g(i, a);
            B(3 + i, 3 * a + i) = g(j, a);
            B(3 + i, 3 * a + j) = g(i, a);
        }
    }
    return B;
}

Matrix6 elasticity(const IsotropicElasticity& law) {
    Matrix6 C = Matrix6::Zero();
    C.topLeftCorner<3, 3>().setConstant(law.lame_lambda());
    for (int i = 0; i < 3; ++i) {
        C(i, i) += 2.0 * law.shear_modulus();
        C(3 + i, 3 + i) = law.shear_modulus();
    }
    return C;
}

/// Derivatives of the corners' shape functions along the cube's axes at its centre.
Hex8Nodes centre_slopes() {
    Hex8Nodes d;
    for (int a = 0; a < 8; ++a)
        for (int i = 0; i < 3; ++i) d(i, a) = 0.125 * hex8_corner[a][i];
    return d;
}

/// Shape functions of a quadrilateral along its two axes at (s, t) in [-1, 1]^2.
Eigen::Matrix<double, 2, 4> quad_slopes(double s, double t) {
    Eigen::Matrix<double, 2, 4> d;
    constexpr int corner[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    for (int a = 0; a < 4; ++a) {
        d(0, a) = 0.25 * corner[a][0] * (1.0 + corner[a][1] * t);
        d(1, a) = 0.25 * corner[a][1] * (1.0 + corner[a][0] * s);
    }
    return d;
}

/// A surface's tangent plane at a point of a quadrilateral: two unit vectors in it, the shape functions' gradients along them.
struct SurfacePoint {
    Eigen::Matrix<double, 3, 2> axes;
    Eigen::Matrix<double, 2, 4> gradients;
    double area;  // of the unit square there
};
SurfacePoint surface_point(const Quad4Nodes& X, double s, double t) {
    const Eigen::Matrix<double, 2, 4> d = quad_slopes(s, t);
    const Eigen::Matrix<double, 3, 2> tangents = X * d.transpose();
    const Eigen::Vector3d a = tangents.col(0), b = tangents.col(1), normal = a.cross(b);
    SurfacePoint p;
    p.area = normal.norm();
    p.axes.col(0) = a.normalized();
    p.axes.col(1) = normal.normalized().cross(p.axes.col(0));
    const Eigen::Matrix2d jacobian = tangents.transpose() * p.axes;
    p.gradients = jacobian.inverse() * d;
    return p;
}

Eigen::Matrix3d plane_stress(const IsotropicElasticity& law) {
    const double nu = law.poisson_ratio, scale = law.youngs_modulus / (1.0 - nu * nu);
    Eigen::Matrix3d C;
    C << scale, scale * nu, 0.0, scale * nu, scale, 0.0, 0.0, 0.0, law.shear_modulus();
    return C;
}

/// In-plane engineering strains 11 22 12 of displacements in space.
Eigen::Matrix<double, 3, 12> membrane_strain_matrix(const SurfacePoint& p) {
    Eigen::Matrix<double, 3, 12> B;
    for (int a = 0; a < 4; ++a) {
        const double g1 = p.gradients(0, a), g2 = p.gradients(1, a);
        B.block<1, 3>(0, 3 * a) = g1 * p.axes.col(0).transpose();
        B.block<1, 3>(1, 3 * a) = g2 * p.axes.col(1).transpose();
        B.block<1, 3>(2, 3 * a) = g2 * p.axes.col(0).transpose() + g1 * p.axes.col(1).transpose();
    }
    return B;
}

/// Bending in one plane: places of deflection and rotation among the twelve moves, the sign of the rotation.
void add_bending(Eigen::Matrix<double, 12, 12>& k, double EI, double GA, double L, int deflection, int rotation, double sign) {
    const double shear = 12.0 * EI / (GA * L * L), c = EI / (L * L * L * (1.0 + shear));
    const int at[4] = {deflection, rotation, 6 + deflection, 6 + rotation};
    const double unit[4] = {1.0, sign, 1.0, sign};
    const double L2 = L * L;
    const double m[4][4] = {{12.0, 6.0 * L, -12.0, 6.0 * L},
                            {6.0 * L, (4.0 + shear) * L2, -6.0 * L, (2.0 - shear) * L2},
                            {-12.0, -6.0 * L, 12.0, -6.0 * L},
                            {6.0 * L, (2.0 - shear) * L2, -6.0 * L, (4.0 + shear) * L2}};
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) k(at[i], at[j]) += c * m[i][j] * unit[i] * unit[j];
}

}  // namespace

double von_mises(const Eigen::Matrix3d& stress) {
    const Eigen::Matrix3d deviator = stress - stress.trace() / 3.0 * Eigen::Matrix3d::Identity();
    return std::sqrt(1.5) * deviator.norm();
}

Eigen::Matrix<double, 24, 24> hex8_stiffness(const Hex8Nodes& X, const IsotropicElasticity& law) {
    const Matrix6 C = elasticity(law);
    const Eigen::Matrix3d centre = X * centre_slopes().transpose();  // dX/dxi
    const Eigen::Matrix3d centre_inverse = centre.inverse().transpose();
    const double centre_volume = centre.determinant();
    Eigen::Matrix<double, 33, 33> K = Eigen::Matrix<double, 33, 33>::Zero();
    for (int q = 0; q < 8; ++q) {
        Hex8Nodes d;
        for (int a = 0; a < 8; ++a)
            for (int i = 0; i < 3; ++i) d(i, a) = hex8.dN[q][a][i];
        const Eigen::Matrix3d jacobian = X * d.transpose();
        const double volume = jacobian.determinant();
        Gradients g(3, 11);
        g.leftCols<8>() = jacobian.inverse().transpose() * d;
        // 1 - xi_i^2, slope -2 xi_i, as at the centre: their mean over the element is zero
        for (int i = 0; i < 3; ++i) g.col(8 + i) = centre_volume / volume * centre_inverse.col(i) * (-2.0 * hex8_corner[q][i] / std::sqrt(3.0));
        const StrainMatrix B = strain_matrix(g);
        K += volume * B.transpose() * C * B;
    }
    const Eigen::Matrix<double, 9, 24> side = K.bottomLeftCorner<9, 24>();
    return K.topLeftCorner<24, 24>() - side.transpose() * K.bottomRightCorner<9, 9>().ldlt().solve(side);
}

Eigen::Matrix3d hex8_centre_strain(const Hex8Nodes& X, const Hex8Nodes& u) {
    const Hex8Nodes d = centre_slopes();
    const Eigen::Matrix3d jacobian = X * d.transpose();
    const Eigen::Matrix3d gradient = u * (jacobian.inverse().transpose() * d).transpose();
    return 0.5 * (gradient + gradient.transpose());
}

Eigen::Matrix<double, 12, 12> membrane_stiffness(const Quad4Nodes& X, const IsotropicElasticity& law, double thickness) {
    const double g = 1.0 / std::sqrt(3.0);
    const Eigen::Matrix3d C = thickness * plane_stress(law);
    Eigen::Matrix<double, 12, 12> K = Eigen::Matrix<double, 12, 12>::Zero();
    for (const double s : {-g, g}) {
        for (const double t : {-g, g}) {
            const SurfacePoint p = surface_point(X, s, t);
            const Eigen::Matrix<double, 3, 12> B = membrane_strain_matrix(p);
            K += p.area * B.transpose() * C * B;
        }
    }
    return K;
}

Eigen::Matrix3d membrane_centre_stress(const Quad4Nodes& X, const Quad4Nodes& u, const IsotropicElasticity& law) {
    const SurfacePoint p = surface_point(X, 0.0, 0.0);
    const Eigen::Vector3d s = plane_stress(law) * membrane_strain_matrix(p) * u.reshaped();
    Eigen::Matrix2d in_plane;
    in_plane << s[0], s[2], s[2], s[1];
    return p.axes * in_plane * p.axes.transpose();
}

double quad_area(const Quad4Nodes& X) {
    const double g = 1.0 / std::sqrt(3.0);
    double area = 0.0;
    for (const double s : {-g, g})
        for (const double t : {-g, g}) area += surface_point(X, s, t).area;
    return area;
}

Eigen::Matrix<double, 12, 12> beam_stiffness(const EllipticBeam& beam) {
    constexpr double pi = std::numbers::pi;
    const double a = beam.half_width, b = beam.half_height, E = beam.law.youngs_modulus, G = beam.law.shear_modulus(), nu = beam.law.poisson_ratio;
    const Eigen::Vector3d axis = beam.to - beam.from;
    const double L = axis.norm(), area = pi * a * b;
    const double shear_area = area * 6.0 * (1.0 + nu) / (7.0 + 6.0 * nu);
    Eigen::Matrix3d axes;  // columns: along, across (width), up (height)
    axes.col(0) = axis / L;
    axes.col(1) = beam.up.cross(axes.col(0)).normalized();
    axes.col(2) = axes.col(0).cross(axes.col(1));
    Eigen::Matrix<double, 12, 12> k = Eigen::Matrix<double, 12, 12>::Zero();
    const double axial = E * area / L, torsion = G * pi * a * a * a * b * b * b / ((a * a + b * b) * L);
    for (const auto& [move, stiffness] : {std::pair{0, axial}, {3, torsion}}) {
        k(move, move) = k(6 + move, 6 + move) = stiffness;
        k(move, 6 + move) = k(6 + move, move) = -stiffness;
    }
    add_bending(k, E * 0.25 * pi * a * a * a * b, G * shear_area, L, 1, 5, 1.0);   // deflection across, turn about the height
    add_bending(k, E * 0.25 * pi * a * b * b * b, G * shear_area, L, 2, 4, -1.0);  // deflection along the height
    Eigen::Matrix<double, 12, 12> turn = Eigen::Matrix<double, 12, 12>::Zero();
    for (int block = 0; block < 4; ++block) turn.block<3, 3>(3 * block, 3 * block) = axes;
    return turn * k * turn.transpose();
}

}  // namespace foramen::engine
