#pragma once

#include <Eigen/Dense>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace foramen::engine {

/// Eight-node hexahedra. Node order of VTK and Abaqus: 0-3 the lower face counter-clockwise seen from above, 4-7 above them.
struct HexMesh {
    Eigen::Matrix3Xd nodes;                    ///< 3 x node_count [mm]
    std::vector<std::array<int, 8>> elements;  ///< node indices
    std::map<std::string, std::vector<int>> node_sets;
    std::map<std::string, std::vector<int>> element_sets;

    [[nodiscard]] int node_count() const { return static_cast<int>(nodes.cols()); }
    [[nodiscard]] int element_count() const { return static_cast<int>(elements.size()); }
    /// @throws ContractViolation naming the set when there is none
    [[nodiscard]] const std::vector<int>& node_set(const std::string& name) const;
};

struct MeshQuality {
    double min_scaled_jacobian;  ///< smallest over elements and corners [-]; 1 for a box, <= 0 when inverted
    int worst_element;
    double max_aspect;           ///< longest over shortest edge of an element [-]
    double volume;               ///< [mm3]
};
/// Scaled Jacobian: determinant of the three unit edge vectors at a corner. Source: Knupp (2000) Int J Numer Meth Eng 48:1165.
[[nodiscard]] MeshQuality mesh_quality(const HexMesh& mesh);

/// Box [0, size] with planes at the given relative positions; node sets x0 x1 y0 y1 z0 z1.
/// @param planes  ascending positions along each axis [mm], at least two
[[nodiscard]] HexMesh box_mesh(const std::array<std::vector<double>, 3>& planes);

/// n + 1 equally spaced planes from 0 to length.
[[nodiscard]] std::vector<double> uniform_planes(double length, int n);
/// n + 1 planes from 0 to length; each layer `growth` times as thick as the one before.
[[nodiscard]] std::vector<double> graded_planes(double length, int n, double growth);

/// Quarter or full cylinder as an O-grid: core of n x n squares, `radial` rings (planes of the rings given as fractions of the
/// radius), extruded along z. Node sets: bottom top outer, and x0 y0 (symmetry planes) for a quarter.
struct CylinderMeshOptions {
    double radius;
    std::vector<double> z_planes;
    int core = 3;                        ///< squares along the core's side
    std::vector<double> ring_fractions;  ///< outer boundary of each ring over the radius, last 1
    bool quarter = false;
};
[[nodiscard]] HexMesh cylinder_mesh(const CylinderMeshOptions& options);

}  // namespace foramen::engine
