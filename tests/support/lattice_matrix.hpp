#pragma once

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "engine/solve/linear_solver.hpp"

namespace foramen::testing {

/// Symmetric matrix: pattern and values of its lower triangle.
struct SymmetricMatrix {
    engine::SymmetricPattern pattern;
    std::vector<double> values;
    int pressure_count = 0;  ///< rows of the negative definite block
};

/// Lower triangle from (row, column) -> value; every diagonal entry must be there.
[[nodiscard]] inline SymmetricMatrix from_entries(int n, std::vector<int> node_of,
                                                  const std::vector<std::map<int, double>>& columns) {
    SymmetricMatrix matrix;
    matrix.pattern = {.n = n, .column_start = {0}, .row = {}, .node_of = std::move(node_of)};
    for (const auto& column : columns) {
        for (const auto& [row, value] : column) {
            matrix.pattern.row.push_back(row);
            matrix.values.push_back(value);
        }
        matrix.pattern.column_start.push_back(matrix.pattern.entry_count());
    }
    return matrix;
}

/// Symmetric 32 x 32 matrix of a unit-cube u-p hexahedron, unknowns (ux uy uz p) node by node:
///     [A -B^T; -B -C],   A linear elasticity E = 1, nu = 0.2;   B_aj = int N_a dN_b/dx_j;   C = c int grad N grad N + M
[[nodiscard]] inline Eigen::Matrix<double, 32, 32> hexahedron_matrix(double compressibility) {
    const double nu = 0.2, lambda = nu / ((1 + nu) * (1 - 2 * nu)), mu = 0.5 / (1 + nu);
    const double gauss = 0.5 / std::sqrt(3.0);
    Eigen::Matrix<double, 32, 32> K = Eigen::Matrix<double, 32, 32>::Zero();
    for (int q = 0; q < 8; ++q) {
        const auto side = [](int index, int axis) { return (index >> axis & 1) != 0; };
        Eigen::Vector3d x;
        for (int i = 0; i < 3; ++i) x[i] = 0.5 + (side(q, i) ? gauss : -gauss);
        std::array<double, 8> N;
        std::array<Eigen::Vector3d, 8> g;
        for (int a = 0; a < 8; ++a) {
            const auto f = [&](int i) { return side(a, i) ? x[i] : 1 - x[i]; };
            const auto d = [&](int i) { return side(a, i) ? 1.0 : -1.0; };
            N[a] = f(0) * f(1) * f(2);
            g[a] = {d(0) * f(1) * f(2), f(0) * d(1) * f(2), f(0) * f(1) * d(2)};
        }
        for (int a = 0; a < 8; ++a)
            for (int b = 0; b < 8; ++b) {
                const Eigen::Matrix3d A = lambda * g[a] * g[b].transpose() + mu * g[b] * g[a].transpose() +
                                          mu * g[a].dot(g[b]) * Eigen::Matrix3d::Identity();
                K.block<3, 3>(4 * a, 4 * b) += A / 8;
                K.block<1, 3>(4 * a + 3, 4 * b) -= N[a] * g[b].transpose() / 8;
                K.block<3, 1>(4 * a, 4 * b + 3) -= g[a] * N[b] / 8;
                K(4 * a + 3, 4 * b + 3) -= compressibility * (g[a].dot(g[b]) + N[a] * N[b]) / 8;
            }
    }
    return K;
}

/// Lattice of nx x ny x nz such hexahedra between two clamped faces (z), drained at its whole boundary. Each hexahedron
/// is stiffer or softer than the next by up to `contrast`, so that no two columns are alike.
[[nodiscard]] inline SymmetricMatrix lattice_matrix(int nx, int ny, int nz, double compressibility = 0.05,
                                                    double contrast = 0.5) {
    const auto node = [&](int i, int j, int k) { return (k * (ny + 1) + j) * (nx + 1) + i; };
    std::vector<std::array<int, 4>> unknown((nx + 1) * (ny + 1) * (nz + 1), {-1, -1, -1, -1});
    std::vector<int> node_of;
    int n = 0, nodes = 0, pressures = 0;
    for (int k = 1; k < nz; ++k)
        for (int j = 0; j <= ny; ++j)
            for (int i = 0; i <= nx; ++i) {
                const bool inside = i > 0 && i < nx && j > 0 && j < ny;
                for (int component = 0; component < (inside ? 4 : 3); ++component) {
                    unknown[node(i, j, k)][component] = n++;
                    node_of.push_back(nodes);
                }
                pressures += inside;
                ++nodes;
            }
    const Eigen::Matrix<double, 32, 32> K = hexahedron_matrix(compressibility);
    std::vector<std::map<int, double>> columns(n);
    for (int e = 0; e < nx * ny * nz; ++e) {
        const int i = e % nx, j = e / nx % ny, k = e / (nx * ny);
        const double factor = 1.0 + contrast * ((e * 7919 % 101) / 50.0 - 1.0);
        const auto unknown_of = [&](int local) {
            const int a = local / 4;
            return unknown[node(i + (a & 1), j + (a >> 1 & 1), k + (a >> 2 & 1))][local % 4];
        };
        for (int a = 0; a < 32; ++a)
            for (int b = 0; b < 32; ++b) {
                const int row = unknown_of(a), column = unknown_of(b);
                if (column >= 0 && row >= column) columns[column][row] += factor * K(a, b);
            }
    }
    SymmetricMatrix matrix = from_entries(n, std::move(node_of), columns);
    matrix.pressure_count = pressures;
    return matrix;
}

}  // namespace foramen::testing
