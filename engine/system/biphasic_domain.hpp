#pragma once

#include <Eigen/Dense>
#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/large_pages.hpp"
#include "engine/elements/biphasic_hex8.hpp"
#include "engine/mesh/hex_mesh.hpp"
#include "engine/solve/linear_solver.hpp"
#include "engine/system/body_system.hpp"
#include "engine/system/domain_topology.hpp"

namespace foramen::engine {

/// Fewer batches than this are not worth waking other threads for.
inline constexpr int smallest_team_work = 64;

inline constexpr int element_unknowns = 32;  ///< 4 a node: u_x u_y u_z p
using ElementMatrix = Eigen::Matrix<double, element_unknowns, element_unknowns, Eigen::RowMajor>;

/// A node that moves with a rigid body.
struct Tie {
    int node;
    int slot;               ///< which of the domain's bodies: 0 .. slot_count-1
    Eigen::Vector3d local;  ///< where the node sits in that body's frame [mm]
};

/// What a biphasic domain is made of.
struct DomainSpec {
    HexMesh mesh;                                ///< stress-free configuration
    std::vector<Curve> curves;                   ///< k(J) and dpi(J) of all tissues; ElementTissue points into this vector
    std::vector<ElementTissue> tissues;          ///< one an element
    std::vector<Tie> ties;
    /// How the tied nodes move with the amplitudes of their slot, in that body's frame: one a tie, 3 x amplitudes, no columns where
    /// the body is rigid; none at all where all bodies are.
    std::vector<Eigen::Matrix3Xd> tie_shapes;
    int slot_count = 0;
    std::vector<std::array<int, 2>> fixed;       ///< (node, axis): displacement prescribed (0 unless set)
    std::vector<int> drained;                    ///< nodes with prescribed pressure (0 unless set)
    std::vector<double> weights;                 ///< of the elements' integrals; empty: 1 each (see engine/reduced)
    bool stabilised = true;                      ///< false: plain equal-order element, for comparison with other programs
    OrderingCare ordering = OrderingCare::many_factors;
};

/// Residual of a domain at its present state, and what the next step needs of it.
struct DomainResidual {
    Eigen::VectorXd r;          ///< free unknowns: forces [N] and -(M + tau Q - target) [mm3]
    Eigen::VectorXd tie;        ///< 6 a slot: gradient of the domain's energy for that body's moves [N, N mm]; then its amplitudes [N]
    Eigen::VectorXd volume;     ///< M, every node [mm3]
    Eigen::VectorXd outflow;    ///< Q less the inflow from outside, every node [mm3/s]
    Eigen::VectorXd force;      ///< internal nodal forces, 3 a node [N]
    int inverted_element = -1;  ///< lowest inverted element, or -1
};

/// One finite-element substructure: nodes are free, prescribed or tied to rigid bodies; it touches the rest of the model only
/// through six numbers a body. Keeps its unknowns (displacement u, effective fluid pressure p), its stale factor and what the
/// condensation needs.
class BiphasicDomain {
public:
    /// @param alike  a domain that may have the same elements and unknowns: what follows from them alone (the symbolic work) is
    ///               then shared with it
    explicit BiphasicDomain(DomainSpec spec, SolverKind solver = SolverKind::supernodal_f32, const BiphasicDomain* alike = nullptr);

    [[nodiscard]] const HexMesh& mesh() const { return spec_.mesh; }
    [[nodiscard]] const DomainSpec& spec() const { return spec_; }
    [[nodiscard]] int node_count() const { return spec_.mesh.node_count(); }
    [[nodiscard]] int unknown_count() const { return static_cast<int>(node_of_.size()); }
    [[nodiscard]] int pressure_unknown_count() const { return pressure_unknowns_; }
    [[nodiscard]] int slot_count() const { return spec_.slot_count; }
    using Batches = std::vector<BiphasicBatch, LargePageAllocator<BiphasicBatch>>;
    [[nodiscard]] const Batches& batches() const { return batches_; }
    /// Index of a node's unknown, -1 if it has none. axis 0..2 displacement, 3 pressure.
    [[nodiscard]] int unknown(int node, int axis) const { return unknown_[4 * static_cast<std::size_t>(node) + axis]; }

    [[nodiscard]] bool is_pressure(int unknown_index) const { return unknown(node_of_[unknown_index], 3) == unknown_index; }

    Eigen::VectorXd u;         ///< displacement, 3 a node [mm]
    Eigen::VectorXd p;         ///< effective fluid pressure, one a node [MPa]
    Eigen::VectorXd traction;  ///< external nodal forces, 3 a node [N]
    Eigen::VectorXd inflow;    ///< fluid fed in from outside, one a node [mm3/s]

    /// Takes over the present amplitudes of a slot's body.
    void deflect(int slot, const Eigen::VectorXd& amplitudes) { deflection_[slot] = amplitudes; }
    /// Moves the tied nodes with their bodies.
    void place_ties(std::span<const Pose> slots);
    /// Six a slot and the amplitudes of all slots.
    [[nodiscard]] int move_count() const { return amplitude_start_.back(); }
    /// Adds `scale` times an increment of the free unknowns.
    void add_to_unknowns(const Eigen::VectorXd& increment, double scale = 1.0);

    /// @param target  M that the balance must reach: M(t_n) - dt sum of outflows; one a node [mm3]
    /// @param tau     factor of the present outflow [s]
    /// @param slots   poses of the bodies that the ties follow (for the moments)
    void evaluate(const Eigen::VectorXd& target, double tau, std::span<const Pose> slots, DomainResidual& out) const;

    /// A domain may hold several factors, of different states and tau; what follows refers to the one in use, at first 0.
    void use_factor(int index);
    /// Takes over the factors of a domain that shares the symbolic work and is nearly in the same state: stale ones.
    void take_factors(BiphasicDomain& other);
    /// A domain of the same elements and unknowns, which shares the symbolic work and refers to this one's curves: for factors that
    /// are made beside the computation. This one must outlive it.
    [[nodiscard]] BiphasicDomain twin() const { return BiphasicDomain(spec_, kind_, this); }
    /// Exchanges the factor in use with that of a twin.
    void exchange_factor(BiphasicDomain& twin);
    /// Forms and factors the tangent at the present state and condenses it onto the bodies.
    [[nodiscard]] FactorReport refresh_factor(double tau, bool stiff_floor, std::span<const Pose> slots);
    /// FibreFloor of the factors that are made from now on.
    void set_fibre_margin(double margin) {
        for (BiphasicBatch& batch : batches_) batch.fibre_margin = margin;
    }
    /// Work of a factorisation with its condensation and of an iteration (a residual, a substitution), about, in seconds of one core at the rates
    /// that were measured on one machine: they decide how long a factor is kept, on every machine alike.
    [[nodiscard]] double factor_work() const;
    [[nodiscard]] double iteration_work() const;
    /// Condensed stiffness of the bodies' moves and amplitudes, at the last refresh. [move_count() x move_count()]
    [[nodiscard]] const Eigen::MatrixXd& condensed_stiffness() const { return factor().condensed; }
    /// V^T r with V = K_ii^-1 K_ib: what the free unknowns' residual r leaves on the bodies.
    [[nodiscard]] Eigen::VectorXd condensed_residual(const Eigen::VectorXd& r) const { return (factor().V.transpose() * r.cast<float>()).cast<double>(); }
    /// Increment of the free unknowns for a residual and a move of the bodies: -K_ii^-1 r - V move.
    [[nodiscard]] Eigen::VectorXd increment(const Eigen::VectorXd& r, const Eigen::VectorXd& move) const;
    /// K_ii^-1 rhs with the stale factor.
    [[nodiscard]] Eigen::VectorXd solve(const Eigen::VectorXd& rhs) const;

    /// X^T K X with the tangent K at the present state, for X = [V; W]: columns over the free unknowns and over the moves. Overwrites what
    /// the next factor would be made of, no factor.
    [[nodiscard]] Eigen::MatrixXd projected_tangent(double tau, bool stiff_floor, std::span<const Pose> slots, const Eigen::MatrixXd& V,
                                                    const Eigen::MatrixXd& W);

    /// The tangent as triplets over [free unknowns, body moves] for tests: symmetric part, and the flux-strain term on request.
    [[nodiscard]] Eigen::MatrixXd dense_tangent(double tau, bool flux_strain, std::span<const Pose> slots) const;

    [[nodiscard]] BatchUnknowns gather(const BiphasicBatch& batch) const;

private:
    /// A stale factor and its condensation onto the bodies.
    struct Factor {
        std::unique_ptr<LinearSolver> solver;
        Eigen::MatrixXf V;  // read twice an iteration: half the bytes; its rounding is that of a single-precision factor
        Eigen::MatrixXd condensed;
    };
    [[nodiscard]] const Factor& factor() const { return factors_[factor_in_use_]; }

    void number_unknowns();
    void build_batches();
    void assemble(double tau, bool stiff_floor, std::span<const Pose> slots);
    void scatter_values(const BiphasicBatch& batch, int lane, const BatchTangent& k);
    void scatter_ties(const BiphasicBatch& batch, int lane, const BatchTangent& k, std::span<const Eigen::Vector3d> arms);
    void scatter_shapes(const BiphasicBatch& batch, int lane, const ElementMatrix& K, std::span<const Eigen::Vector3d> arms);
    void number_amplitudes();
    [[nodiscard]] std::vector<Eigen::Vector3d> tie_arms(std::span<const Pose> slots) const;
    /// Where the body of a tie has the node, deformed, in its frame.
    [[nodiscard]] Eigen::Vector3d tied_place(std::size_t tie) const;

    DomainSpec spec_;
    SolverKind kind_;
    Batches batches_;
    std::vector<int> unknown_;   // 4 a node: three displacements, pressure; -1 none
    std::vector<int> node_of_;   // node of each unknown
    std::vector<int> tie_slot_;  // slot of each node, -1 none
    std::vector<int> tie_of_node_;
    std::vector<Eigen::VectorXd> deflection_;   // amplitudes of each slot's body
    std::vector<int> amplitude_start_;          // of each slot among the moves, and their count
    std::vector<Eigen::Matrix3Xd> turned_shapes_;  // R Phi of each tie, at the last assembly
    int pressure_unknowns_ = 0;
    std::shared_ptr<const DomainTopology> topology_;
    std::vector<double, LargePageAllocator<double>> values_;
    std::vector<Factor> factors_{1};
    std::size_t factor_in_use_ = 0;
    Eigen::MatrixXd K_ib_, K_bb_;
};

}  // namespace foramen::engine
