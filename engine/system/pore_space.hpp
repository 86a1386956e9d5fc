#pragma once

#include <Eigen/Dense>

#include <array>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::engine {

class BiphasicDomain;

/// What a pore space is made of: one value an element.
struct PoreSpec {
    HexMesh mesh;                        ///< stress-free
    std::vector<double> water_fraction;  ///< n_f0 [-]
    std::vector<double> open_share;      ///< of the section that lets solutes pass [-]
    std::vector<double> cells;           ///< cell density, undeformed [1/mm3]
    std::vector<int> open_nodes;         ///< through which water comes and goes, at least one
};

/// Outflow of the water from each corner of each element, 0 together in every element [mm3/s].
using ElementFlows = std::vector<std::array<double, 8>>;

/// The water of a deforming porous medium as a graph: nodes hold water W_a [mm3], neighbours (a, b) exchange it.
///
///     f_ab   flow of water from a to b relative to the solid [mm3/s];   dW_a/dt + sum_b f_ab = 0
///     k_ab   diffusive conductance over the diffusivity in free water [mm]
///
/// The outflows q_a of an element's corners become flows along its edges, f_ab = psi_a - psi_b: the smallest whose sum about each
/// corner is q_a. A uniform flow through a box then goes along the edges that point its way.
/// Between two states h apart the flows are the mean of both ends, and a potential flow is added that makes the balance of water
/// exact at every node that is not open: a uniform concentration then stays uniform and nothing dissolved is lost.
class PoreSpace {
public:
    struct Link {
        int a, b;
    };

    /// Undeformed and without flow. @throws ContractViolation where the lists do not fit the mesh
    explicit PoreSpace(PoreSpec spec);

    /// Takes a deformed state at rest. @param displacement  3 a node [mm]
    void place(const Eigen::VectorXd& displacement);
    /// Goes on to a state `h` later. @param flows  at that state; @return false if the balance of water could not be closed
    [[nodiscard]] bool advance(const Eigen::VectorXd& displacement, const ElementFlows& flows, double h);

    [[nodiscard]] int node_count() const { return spec_.mesh.node_count(); }
    [[nodiscard]] const PoreSpec& spec() const { return spec_; }
    [[nodiscard]] const std::vector<Link>& links() const { return links_; }
    [[nodiscard]] const Eigen::VectorXd& water() const { return water_; }                ///< at the present state [mm3]
    [[nodiscard]] const Eigen::VectorXd& water_before() const { return water_before_; }  ///< at the state before [mm3]
    /// Water that leaves each node to the outside, on the mean of the last `h` [mm3/s]; rounding where a node is not open.
    [[nodiscard]] Eigen::VectorXd outflow(double h) const;
    [[nodiscard]] const Eigen::VectorXd& cell_count() const { return cell_count_; }        ///< about each node [-]
    [[nodiscard]] const std::vector<double>& conductance() const { return conductance_; }  ///< one a link [mm]
    [[nodiscard]] const std::vector<double>& flow() const { return flow_; }                ///< one a link, from a to b [mm3/s]

private:
    void list_links();
    void measure(const Eigen::VectorXd& displacement);
    void add_flows(const ElementFlows& flows, double factor);
    [[nodiscard]] bool close_balance(double h);

    PoreSpec spec_;
    std::vector<Link> links_;
    std::vector<std::array<int, 28>> link_of_;  // each pair of an element's corners, -1 where both are one node
    std::vector<char> open_;
    Eigen::VectorXd water_, water_before_, cell_count_, volume_;
    std::vector<double> conductance_, flow_;
    ElementFlows last_flows_;  // of the state before; empty: at rest
};

/// The outflows of a biphasic domain's elements in its present state.
[[nodiscard]] ElementFlows element_flows(const BiphasicDomain& domain);

}  // namespace foramen::engine
