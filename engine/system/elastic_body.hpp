#pragma once

#include <Eigen/Dense>
#include <array>
#include <memory>
#include <vector>

#include "engine/elements/linear_elastic.hpp"
#include "engine/mesh/hex_mesh.hpp"
#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

/// What a linear-elastic body is made of: hexahedra, and membranes on their faces.
struct ElasticBodySpec {
    struct Membrane {
        std::array<int, 4> nodes;
        IsotropicElasticity law;
        double thickness;  ///< [mm]
    };
    HexMesh mesh;                             ///< in the body's frame
    std::vector<IsotropicElasticity> solids;  ///< one an element
    std::vector<Membrane> membranes;
    std::vector<int> interface;               ///< nodes on which the neighbours pull
    std::vector<double> areas;                ///< of the surface that belongs to each [mm2]
    std::vector<int> held;                    ///< nodes that the frame holds; none: the body floats in its frame
};

/// Solutions of the static problem, one a column: displacements in the frame, and the loads that make them.
struct StaticFields {
    Eigen::MatrixXd displacement;  ///< 3 a node [mm]
    Eigen::MatrixXd load;          ///< 3 a node [N]
};

/// A linear-elastic body in its frame. Where the frame holds nodes they do not move. Otherwise the frame is the mean motion of the
/// interface: the displacements u of its nodes, weighted by their areas A, have neither translation nor rotation, and what acts on
/// the frame is spread over the interface in the same measure (inertia relief with the areas as masses),
///
///     K u = f - A R (R^T A R)^-1 R_all^T f,     R^T A u = 0,     R: the six rigid moves of the interface
class ElasticBody {
public:
    /// @throws ContractViolation if an element is inverted, or nothing is left to deform
    explicit ElasticBody(ElasticBodySpec spec);

    [[nodiscard]] const ElasticBodySpec& spec() const { return spec_; }
    [[nodiscard]] int node_count() const { return spec_.mesh.node_count(); }

    /// @param loads  3 a node, a column for each case [N]
    [[nodiscard]] StaticFields solve(Eigen::MatrixXd loads) const;

    /// The softest shapes of the interface: eigenvectors of the compliance from tractions t (force A t on a node) to displacements,
    /// A^1/2 C A^1/2 v = v/k, by descending 1/k, each as the static field that its traction makes. Scaled to a root mean square of
    /// 1 mm over the interface. The k are their stiffnesses; the fields' energies do not couple.
    /// @param count  at most the interface's displacements less the rigid ones: then all that there are
    [[nodiscard]] StaticFields modes(int count) const;

    /// Fields that span those given, with energies that do not couple, scaled like modes; what is nearly a sum of others is left out:
    /// below `smallest` of the largest energy, each given field counted with energy 1.
    [[nodiscard]] StaticFields independent(const StaticFields& fields, double smallest) const;
    /// Root mean square over the interface's area [mm].
    [[nodiscard]] double interface_mean(const Eigen::VectorXd& displacement) const;

    /// Displacements of the frame's six moves at all nodes. [3 nodes x 6]
    [[nodiscard]] Eigen::MatrixXd rigid_moves() const;
    [[nodiscard]] bool floats() const { return spec_.held.empty(); }
    /// Displacements that the interface has beyond those of a rigid body.
    [[nodiscard]] int interface_freedoms() const { return 3 * static_cast<int>(spec_.interface.size()) - (floats() ? 6 : 0); }

private:
    void number_unknowns();
    void build_pattern();
    void factor();
    void add(std::vector<double>& values, const int* nodes, int count, const Eigen::MatrixXd& k) const;
    [[nodiscard]] std::vector<std::pair<int, Eigen::Matrix3d>> statically_determinate_support() const;
    [[nodiscard]] Eigen::MatrixXd on_interface(const Eigen::MatrixXd& v) const;
    [[nodiscard]] Eigen::MatrixXd from_interface(const Eigen::MatrixXd& u) const;
    [[nodiscard]] Eigen::MatrixXd smooth_tractions() const;
    void scale(StaticFields& fields) const;

    ElasticBodySpec spec_;
    std::vector<int> unknown_;  // first of each node's three unknowns, -1 held
    SymmetricPattern pattern_;
    std::unique_ptr<LinearSolver> solver_;
    Eigen::VectorXd root_area_;        // sqrt(A), three times a node of the interface
    Eigen::MatrixXd spread_;           // 3 nodes x 6: A R (R^T A R)^-1
    double area_ = 0.0;                // of the interface
};

}  // namespace foramen::engine
