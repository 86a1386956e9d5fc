#include "engine/elements/pore_hex8.hpp"

#include <algorithm>

#include "engine/elements/hex8_reference.hpp"
#include "engine/materials/solutes.hpp"

namespace foramen::engine {

namespace {

using Gradients = Eigen::Matrix<double, 8, 3>;

/// Derivatives of the shape functions at a corner of the cube [-1, 1]^3.
Gradients corner_gradients(int corner) {
    Gradients dN;
    for (int a = 0; a < 8; ++a) {
        double f[3], slope[3];
        for (int i = 0; i < 3; ++i) {
            f[i] = hex8_corner[a][i] == hex8_corner[corner][i] ? 1.0 : 0.0;
            slope[i] = 0.5 * hex8_corner[a][i];
        }
        for (int i = 0; i < 3; ++i) dN(a, i) = slope[i] * f[(i + 1) % 3] * f[(i + 2) % 3];
    }
    return dN;
}

struct Tables {
    Hex8Reference gauss;
    std::array<Gradients, 8> at_gauss, at_corner;
    Tables() {
        for (int q = 0; q < 8; ++q) {
            for (int a = 0; a < 8; ++a)
                for (int i = 0; i < 3; ++i) at_gauss[q](a, i) = gauss.dN[q][a][i];
            at_corner[q] = corner_gradients(q);
        }
    }
};

const Tables& tables() {
    static const Tables t;
    return t;
}

/// sum over points of grad N_a . grad N_b det; false where a point has no positive determinant.
bool add_gradients(const Eigen::Matrix<double, 3, 8>& x, const std::array<Gradients, 8>& dN, double least,
                   Eigen::Matrix<double, 8, 8>& k) {
    k.setZero();
    for (const Gradients& at : dN) {
        const Eigen::Matrix3d jacobian = x * at;
        const double det = jacobian.determinant();
        if (!(det > least)) return false;
        const Gradients g = at * jacobian.inverse();
        k += det * g * g.transpose();
    }
    return true;
}

}  // namespace

PoreElement pore_element(const Eigen::Matrix<double, 3, 8>& X, const Eigen::Matrix<double, 3, 8>& x, double water_fraction) {
    constexpr double degenerate = 0.02;  // of the mean determinant
    const Tables& t = tables();
    PoreElement e{};
    double before = 0.0, now = 0.0;
    for (int q = 0; q < 8; ++q) {
        const double dV = (X * t.at_gauss[q]).determinant(), dv = (x * t.at_gauss[q]).determinant();
        before += dV;
        now += dv;
        for (int a = 0; a < 8; ++a) {
            e.volume[a] += t.gauss.N[q][a] * dV;
            e.water[a] += t.gauss.N[q][a] * (dv - (1.0 - water_fraction) * dV);
        }
    }
    const double phi = std::max(1.0 - (1.0 - water_fraction) * before / now, 0.0);
    if (!add_gradients(x, t.at_corner, degenerate * now / 8.0, e.conductance))
        static_cast<void>(add_gradients(x, t.at_gauss, 0.0, e.conductance));
    e.conductance *= phi * mackie_meares(phi);
    return e;
}

}  // namespace foramen::engine
