#include "models/benchmarks/manufactured_fields.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::models {

using Eigen::Matrix3d;
using Eigen::Vector3d;

namespace {

constexpr double step = 2e-3;  // of the differences [mm]: error step^4/30 f^(5), about 1e-11 of f

/// df/dx from four values around x, fourth order.
template <class Function>
auto derivative(const Function& f, double h) {
    return ((8.0 * (f(h) - f(-h)) - (f(2.0 * h) - f(-2.0 * h))) / (12.0 * h)).eval();
}

/// W'(E) of a fibre family, W = k1/(2 k2) (exp(k2 E^2) - 1).
double fibre_force(const engine::FibreFamily<double>& f, double E) { return E > 0.0 ? f.k1 * E * std::exp(f.k2 * E * E) : 0.0; }

double strain_of(const engine::FibreFamily<double>& f, const Matrix3d& F) {
    const Vector3d a(f.a[0], f.a[1], f.a[2]);
    return f.kappa * ((F.transpose() * F).trace() - 3.0) + (1.0 - 3.0 * f.kappa) * ((F * a).squaredNorm() - 1.0);
}

}  // namespace

double ManufacturedFields::growth(double t) const { return std::sin(t / time_scale); }

Vector3d ManufacturedFields::displacement(const Vector3d& X, double t) const {
    const Vector3d wave(std::sin(2.0 * X[0] + X[1]) * std::cos(X[2]), std::cos(X[0] - X[2]) * std::sin(2.0 * X[1]),
                        std::sin(X[0] + 2.0 * X[2] - X[1]));
    return growth(t) * (stretch * X + amplitude * wave);
}

Matrix3d ManufacturedFields::displacement_gradient(const Vector3d& X, double t) const {
    const double x = X[0], y = X[1], z = X[2], along = std::cos(x + 2.0 * z - y);
    Matrix3d wave;
    wave << 2.0 * std::cos(2.0 * x + y) * std::cos(z), std::cos(2.0 * x + y) * std::cos(z), -std::sin(2.0 * x + y) * std::sin(z),
        -std::sin(x - z) * std::sin(2.0 * y), 2.0 * std::cos(x - z) * std::cos(2.0 * y), std::sin(x - z) * std::sin(2.0 * y),  //
        along, -along, 2.0 * along;
    return growth(t) * (stretch + amplitude * wave);
}

double ManufacturedFields::pressure(const Vector3d& X, double t) const {
    return pressure_amplitude * growth(t) * std::sin(2.0 * X[0] + 0.4) * std::cos(X[1]) * (1.0 + X[2] * X[2]);
}

Vector3d ManufacturedFields::pressure_gradient(const Vector3d& X, double t) const {
    const double s = std::sin(2.0 * X[0] + 0.4), c = std::cos(2.0 * X[0] + 0.4), z = 1.0 + X[2] * X[2];
    return pressure_amplitude * growth(t) *
           Vector3d(2.0 * c * std::cos(X[1]) * z, -s * std::sin(X[1]) * z, 2.0 * s * std::cos(X[1]) * X[2]);
}

Matrix3d ManufacturedFields::deformation_gradient(const Vector3d& X, double t) const {
    return Matrix3d::Identity() + displacement_gradient(X, t);
}

Matrix3d ManufacturedFields::first_piola(const Vector3d& X, double t) const {
    const Matrix3d F = deformation_gradient(X, t), F_inv_T = F.inverse().transpose(), C = F.transpose() * F;
    const double J = F.determinant();
    Matrix3d P = 2.0 * ground.c10 * F + 2.0 * ground.c01 * (C.trace() * F - F * C) +
                 (ground.lambda * std::log(J) - 2.0 * ground.c10 - 4.0 * ground.c01 - pressure(X, t) * J) * F_inv_T;
    for (const auto& f : fibres) {
        const Vector3d a(f.a[0], f.a[1], f.a[2]);
        P += 2.0 * fibre_force(f, strain_of(f, F)) * (f.kappa * F + (1.0 - 3.0 * f.kappa) * (F * a) * a.transpose());
    }
    return P;
}

double ManufacturedFields::fibre_strain(const Vector3d& X, double t) const {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& f : fibres) least = std::min(least, strain_of(f, deformation_gradient(X, t)));
    return least;
}

Vector3d ManufacturedFields::body_force(const Vector3d& X, double t) const {
    Vector3d divergence = Vector3d::Zero();
    for (int j = 0; j < 3; ++j)
        divergence += derivative([&](double h) { return Vector3d(first_piola(X + h * Vector3d::Unit(j), t).col(j)); }, step);
    return -divergence;
}

Vector3d ManufacturedFields::flux(const Vector3d& X, double t) const {
    const Matrix3d F = deformation_gradient(X, t);
    return -permeability * F.determinant() * (F.transpose() * F).inverse() * pressure_gradient(X, t);
}

double ManufacturedFields::fluid_source(const Vector3d& X, double t) const {
    using Number = Eigen::Matrix<double, 1, 1>;
    double q = derivative([&](double h) { return Number(deformation_gradient(X, t + h).determinant()); }, 1e-3 * time_scale)[0];
    for (int j = 0; j < 3; ++j) q += derivative([&](double h) { return Number(flux(X + h * Vector3d::Unit(j), t)[j]); }, step)[0];
    return q;
}

}  // namespace foramen::models
