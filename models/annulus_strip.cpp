#include "models/annulus_strip.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <stdexcept>

#include "engine/materials/fibre_family.hpp"
#include "engine/materials/osmotic.hpp"

namespace foramen::models {

namespace {

/// Cauchy stress along radius, circumference and axis for the logarithms of the stretches along them [MPa].
Eigen::Vector3d stress(const AnnulusStrip& strip, const Eigen::Vector3d& log_stretch) {
    engine::Tensor3<double> F{};
    for (int i = 0; i < 3; ++i) F[static_cast<std::size_t>(4 * i)] = std::exp(log_stretch[i]);
    const double ln_J = log_stretch.sum(), J = std::exp(ln_J);
    const engine::Sym3<double> b = engine::left_cauchy_green(F);
    engine::SpatialStress<double> s;
    strip.ground.add_to(s, b, ln_J, false);
    for (const double angle : {strip.fibre.angle, -strip.fibre.angle}) {
        const engine::FibreFamily<double> family{
            strip.fibre.k1, strip.fibre.k2, strip.dispersion, {0.0, std::cos(angle), std::sin(angle)}};
        family.add_to(s, F, b, false);
    }
    const double swelling = strip.osmotic_pressure.at(J).value;
    return Eigen::Vector3d(s.tau[0], s.tau[1], s.tau[2]) / J - Eigen::Vector3d::Constant(swelling);
}

/// Stretches for which no stress acts along the free directions; the held one stays as given. Newton's method, slopes by
/// differences.
Eigen::Vector3d freed(const AnnulusStrip& strip, Eigen::Vector3d log_stretch, const std::array<bool, 3>& free) {
    constexpr int most_iterations = 100;
    constexpr double step = 1e-7, longest_move = 0.05, small = 1e-12;  // -, -, MPa
    for (int i = 0; i < most_iterations; ++i) {
        Eigen::Vector3d residual = stress(strip, log_stretch);
        Eigen::Matrix3d slope = Eigen::Matrix3d::Identity();
        for (int k = 0; k < 3; ++k) {
            const Eigen::Vector3d move = step * Eigen::Vector3d::Unit(k);
            if (free[static_cast<std::size_t>(k)])
                slope.col(k) = (stress(strip, log_stretch + move) - stress(strip, log_stretch - move)) / (2.0 * step);
        }
        for (int k = 0; k < 3; ++k) {
            if (free[static_cast<std::size_t>(k)]) continue;
            residual[k] = 0.0;
            slope.row(k) = Eigen::Vector3d::Unit(k).transpose();
        }
        if (residual.cwiseAbs().maxCoeff() < small) return log_stretch;
        const Eigen::Vector3d move = -slope.partialPivLu().solve(residual);
        log_stretch += move * std::min(1.0, longest_move / move.cwiseAbs().maxCoeff());
    }
    throw std::runtime_error("no equilibrium of the strip was found");
}

}  // namespace

AnnulusStrip annulus_strip(const AnatomyTables& tables, int grade, double depth, double circumference) {
    const DiscTissueRow& row = tables.grades.at(static_cast<std::size_t>(grade - 1)).annulus;
    return {ground_substance(row, depth), annulus_fibre(tables.fibres, depth, circumference), tables.fibres.kappa,
            engine::osmotic_curve(swelling_law(row, engine::CollagenKind::annulus))};
}

double strip_stress(const AnnulusStrip& strip, StripDirection direction, double strain) {
    const auto pulled = static_cast<std::size_t>(direction);
    std::array<bool, 3> across{true, true, true};
    const Eigen::Vector3d swollen = freed(strip, Eigen::Vector3d::Zero(), across);
    across[pulled] = false;
    Eigen::Vector3d start = swollen;
    start[static_cast<Eigen::Index>(pulled)] += std::log1p(strain);
    const Eigen::Vector3d end = freed(strip, start, across);
    const Eigen::Vector3d since = end - swollen;
    const double area = std::exp(since.sum() - since[static_cast<Eigen::Index>(pulled)]);
    return stress(strip, end)[static_cast<Eigen::Index>(pulled)] * area;
}

}  // namespace foramen::models
