#pragma once

#include <array>
#include <vector>

namespace foramen::engine {

/// Where a node of an O-grid lies in the plan.
struct OGridPoint {
    int ring;            ///< 0: in the core or on its rim; 1..ring_count: on the outer boundary of that ring
    double angle;        ///< polar angle [rad]
    double core_radius;  ///< polar radius in a core of unit radius (ring 0 only) [-]
};

/// Topology of a planar O-grid: a core of n x n quadrilaterals inside rings of 4n (a quarter: 2n) quadrilaterals.
/// Positions are the user's business; the polar angle of each ray and the shape of the core are given.
class OGrid {
public:
    OGrid(int core, int rings, bool quarter = false);

    [[nodiscard]] int node_count() const { return static_cast<int>(points_.size()); }
    [[nodiscard]] int ring_count() const { return rings_; }
    [[nodiscard]] const OGridPoint& point(int node) const { return points_[node]; }
    /// Counter-clockwise quadrilaterals: the core first, then ring by ring from the inside.
    [[nodiscard]] const std::vector<std::array<int, 4>>& quads() const { return quads_; }
    /// Ring of each quadrilateral: 0 core, 1..ring_count.
    [[nodiscard]] const std::vector<int>& quad_ring() const { return quad_ring_; }
    /// Nodes on the outer boundary, counter-clockwise.
    [[nodiscard]] std::vector<int> outer_nodes() const;
    /// Hexahedra of `layers` planes stacked along z; node k * node_count() + n is node n in plane k.
    [[nodiscard]] std::vector<std::array<int, 8>> extrude(int layers) const;

private:
    void build_core(int core, bool quarter);
    void build_rings(bool quarter);

    int rings_;
    std::vector<OGridPoint> points_;
    std::vector<std::array<int, 4>> quads_;
    std::vector<int> quad_ring_;
    std::vector<int> rim_;  // core nodes on its rim, counter-clockwise
    std::vector<int> outer_;
};

}  // namespace foramen::engine
