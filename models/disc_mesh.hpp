#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"
#include "engine/system/pose.hpp"
#include "models/anatomy.hpp"

namespace foramen::models {

/// A focal bulge of the stress-free shape, as models/protrusion.hpp spreads it.
struct Protrusion {
    double angle;  ///< of its middle, from anterior over the left side [rad]
    double size;   ///< of the outer surface at its middle [mm]
};

/// Shape of a disc between two end-plates, whose frames have their origin in the middle, x anterior, z cranial.
struct DiscShape {
    engine::Pose lower_plate, upper_plate;        ///< end-plate frames in a common frame
    double lower_width, lower_depth;              ///< of the end-plate below [mm]
    double upper_width, upper_depth;              ///< of the end-plate above [mm]
    double posterior_concavity;                   ///< [mm]
    double lower_concavity, upper_concavity;      ///< hollows of the end-plates [mm]
    double nucleus_area_fraction = 0.43;          ///< of the disc's section [-]
    double nucleus_shift = 0.0245;                ///< of the nucleus' centre to posterior, over the depth [-]
    double cartilage_thickness = 0.6;             ///< of each cartilage end-plate [mm]
    std::optional<Protrusion> protrusion;         ///< none: no herniation
};

/// Counts of a structured disc mesh; all follow from the resolution's core count.
struct DiscDivisions {
    int core;             ///< squares along the core's side
    int nucleus_rings;
    int annulus_rings;    ///< thin at the outer surface
    int cartilage_layers; ///< each end
    int half_layers;      ///< from the cartilage to mid-height, thin beside the cartilage
    double first_ring;    ///< thickness of the outermost annulus ring where the annulus is thickest [mm]
    double first_layer;   ///< thickness of the layer beside the cartilage, at the disc's middle [mm]
};
/// coarse: 810 hexahedra, reference: 2250, fine: 7952, finest: 31746.
[[nodiscard]] DiscDivisions disc_divisions(Resolution resolution);

/// Relative radius out to which cartilage covers the bone [-].
inline constexpr double cartilage_reach = 0.80;

/// A material point on an edge of a mesh: weights of two nodes.
struct EdgePoint {
    std::array<int, 2> node;
    std::array<double, 2> weight{1.0, 0.0};
};
/// A node of the outer surface behind, and where the line between the two rims begins and ends that it bulges from.
struct HindNode {
    int node;
    EdgePoint foot, head;  ///< on the lower and on the upper rim
};
/// Half the sector in which the disc's margin counts as posterior [rad].
inline constexpr double hind_sector = 0.6;

enum class DiscTissue { nucleus = 1, annulus = 2, cartilage = 3 };

/// A disc's hexahedra with what the laws need to know about each.
struct DiscMesh {
    engine::HexMesh mesh;                 ///< node sets: lower, upper (on the end-plates), outer, cartilage_bone (cartilage faces on bone)
    std::vector<DiscTissue> tissue;       ///< per element
    std::vector<double> circumference;    ///< angle from anterior to posterior, 0..pi, per element [rad]
    std::vector<double> depth;            ///< annulus: 0 at the outer surface .. 1 at the nucleus; else 1
    std::vector<Eigen::Vector3d> tangent; ///< around the disc (unit)
    std::vector<Eigen::Vector3d> axial;   ///< from below to above (unit, across `tangent`)
    std::vector<double> fissure;          ///< per element, 0 .. 1: how far it lies in a torn sector of the annulus; empty without one
    std::vector<int> core;                ///< elements of the nucleus' core, through the whole height
    std::vector<std::array<double, 2>> level;  ///< lower and upper face of each element over the disc's height, 0..1
    std::vector<std::array<double, 2>> plan;  ///< of each node of a layer: radius over that of the outer surface, polar angle [rad]
    int plan_nodes = 0;                   ///< nodes of one layer; node k * plan_nodes + n lies above node n
    std::vector<int> outline;             ///< plan nodes on the outer surface, counter-clockwise from anterior
    std::vector<double> outline_angle;    ///< polar angle of each [rad]
    std::vector<double> planes;           ///< of the layers' faces over the disc's height, 0..1
    DiscShape shape;                      ///< that was meshed
    std::vector<HindNode> hind;           ///< outer nodes between the plates within hind_sector of the mid-line behind
    double first_element = 0.0;           ///< thickness of the thickest first element beside a drained surface [mm]

    // Of a mesh that somebody else made; it need not have layers, and plan, plan_nodes, outline, planes, level and shape are empty.
    std::vector<double> node_level;       ///< of each node, from 0 on the lower to 1 on the upper end-plate
    engine::Pose upper_rest;              ///< of the upper body in the frame of the lower one, free of stress
    std::vector<double> for_cartilage;    ///< thickness of the elements on bone that stand for cartilage which the files do not have [mm]; else 0, or empty
    std::vector<std::array<Eigen::Vector3d, 2>> fibres;  ///< directions of two families in each element, 0 where no path passes; empty: by the law
    [[nodiscard]] bool has_layers() const { return plan_nodes > 0; }
};
/// Point of the outer surface between the mesh's columns: the mesh has its chords.
/// @param level  over the disc's height, 0..1
[[nodiscard]] Eigen::Vector3d outer_point(const DiscShape& shape, double angle, double level);

[[nodiscard]] DiscMesh disc_mesh(const DiscShape& shape, const DiscDivisions& divisions);

/// Outline of a disc or end-plate: radius at a polar angle [mm]. A superellipse of exponent 2.4 (its area, 0.84 width x depth,
/// lies between an ellipse and the end-plates of the shape model of Clouthier et al. 2023) with a hollow behind.
[[nodiscard]] double outline_radius(double angle, double width, double depth, double posterior_concavity);
/// Area inside that outline [mm2]: half the integral of radius squared, midpoints of 720 equal angles.
[[nodiscard]] double outline_area(double width, double depth, double posterior_concavity);

}  // namespace foramen::models
