#pragma once

#include <Eigen/Sparse>

#include <functional>

#include "engine/materials/solutes.hpp"
#include "engine/system/pore_space.hpp"

namespace foramen::engine {

/// A node whose concentrations are prescribed.
struct HeldNode {
    int node;
    SoluteValues value;
};

/// What is dissolved and what happens to it.
struct SoluteSpec {
    SoluteValues diffusivity{};  ///< in free water [mm2/s]
    std::vector<HeldNode> held;
    std::function<Turnover(const SoluteValues&)> turnover;  ///< of one cell; none: nothing reacts
    bool advection = true;                                  ///< false: the water carries nothing, see below
};

struct SoluteReport {
    bool converged = false;
    int sweeps = 0;       ///< over all solutes
    double change = 0.0;  ///< largest of the last sweep, over the solute's largest concentration [-]
};

/// Concentrations in the water of a pore space, one value a node and solute, by vertex-centred volumes: backward Euler in
///
///     d(W_a c_a)/dt + sum_b F_ab = n_a (gain(c_a) - loss(c_a) c_a),    n_a: cells about the node
///     F_ab = f_ab (c_a + c_b)/2 + (D k_ab + d_ab)(c_a - c_b),         d_ab = max(0, |f_ab|/2 - D max(k_ab, 0))
///
/// which is d(J phi c)/dt + Div(J F^-1 (w c - phi D grad c)) = n r in the undeformed configuration: w is the water's flow
/// relative to the solid, and the solid carries the nodes. d_ab is as much upwinding as keeps the matrix an M-matrix: none where
/// diffusion rules. With the exact balance of water the left side is W_a(before) (c_a - c_a(before))/h + sum_b (F_ab - f_ab c_a),
/// and in this form it is solved: a uniform concentration stays uniform, and no concentration leaves the range of its neighbours
/// and sources. Sinks are proportional to what is there, so nothing falls below zero. Without advection f_ab is left out of that
/// form: w . grad c = 0, water that enters brings the concentration that is there already. The solutes are coupled by their
/// turnover alone and are solved one after the other until none changes. Sources: Patankar (1980) Numerical Heat Transfer and
/// Fluid Flow, ch. 5 and 7; Kuzmin (2010) A Guide to Numerical Methods for Transport Equations, ch. 4 (least artificial
/// diffusion).
class SoluteField {
public:
    /// Every concentration is the mean of the held ones until settle() or set(). @param pores  outlives the field, in its place
    SoluteField(const PoreSpace& pores, SoluteSpec spec);

    /// The steady state at rest of the pore space as it is now.
    [[nodiscard]] SoluteReport settle();
    /// From the state before to the present one of the pore space, `h` later.
    [[nodiscard]] SoluteReport step(double h);

    [[nodiscard]] const Eigen::VectorXd& concentration(Solute solute) const { return c_[static_cast<std::size_t>(solute)]; }
    /// Takes over concentrations, one a node. Held nodes keep theirs.
    void set(Solute solute, const Eigen::VectorXd& concentration);
    /// What the last step made [concentration mm3/s] about the nodes that are not held, and what left these: to held nodes by
    /// flow and diffusion, to the outside with the water.
    [[nodiscard]] double made(Solute solute) const;
    [[nodiscard]] double left(Solute solute) const;

private:
    /// @param h  of the step; 0: the steady state at rest
    [[nodiscard]] SoluteReport sweep(double h, int most_sweeps);
    [[nodiscard]] double solve_one(int solute, double h, const Eigen::VectorXd& before);
    void build_pattern();
    [[nodiscard]] SoluteValues at(Eigen::Index node) const;
    [[nodiscard]] std::array<double, 2> link_weights(int solute, std::size_t link, bool advection) const;

    const PoreSpace& pores_;
    SoluteSpec spec_;
    std::array<Eigen::VectorXd, solute_count> c_, before_;
    std::vector<char> held_;
    Eigen::SparseMatrix<double, Eigen::RowMajor> matrix_;
    std::vector<std::array<Eigen::Index, 2>> place_;  // of each link's (a, b) and (b, a) among the matrix' values
    std::vector<Eigen::Index> diagonal_;
    double last_step_ = 0.0;
};

}  // namespace foramen::engine
