#pragma once

#include <array>
#include <memory>

#include "engine/system/elastic_body.hpp"
#include "engine/system/flexible_body.hpp"
#include "models/disc_pull.hpp"

namespace foramen::models {

/// The two end-plates of a vertebral body as the discs mesh them, in the body's frame; node n of one faces node n of the other.
struct BonePlates {
    Eigen::Matrix3Xd lower, upper;        ///< [mm]
    bool lower_loaded, upper_loaded;      ///< by a disc; the other one is held by the frame
    Eigen::MatrixXd lower_pull, upper_pull;  ///< patterns of the discs' pull on each [3 nodes of it x patterns]
};

/// Bone of one vertebra. The body: hexahedra of cancellous bone between the end-plates, a membrane of cortex around them, membranes of
/// bony end-plate on them; straight sides, even thickness (assumptions). The posterior elements: one stiff piece on two pedicles,
/// which are beams of elliptic section from the posterior wall to the articular pillars (assumption: laminae and pars do not bend).
struct VertebraBone {
    Body body;
    std::shared_ptr<const engine::ElasticBody> solid;  ///< shared with twins
    int plan_nodes = 0;                       ///< nodes of one plane; the last plane is the upper end-plate
    int cortex_count = 0;                     ///< membranes of the cortex; those of the end-plates follow, lower first
    BonePlates plates;
    std::vector<int> outline;                 ///< plan nodes on the rim
    Eigen::MatrixXd shapes;                   ///< displacements of all nodes for each amplitude [3 nodes x amplitudes]
    Eigen::MatrixXd root_loads;               ///< nodal loads of a force and a moment on each pedicle's root, left first [3 nodes x 12]
    Eigen::MatrixXd root_pull;                ///< force and moment of the pedicles on their roots for each amplitude [12 x amplitudes]
    std::array<Eigen::MatrixXd, 2> plate_moves;  ///< mean move (dx, w) of the lower and the upper plate about its middle [6 x amplitudes]

    [[nodiscard]] int plane_count() const { return solid->node_count() / plan_nodes; }
};

/// A disc beside a vertebra.
struct AdjacentDisc {
    const Disc* disc = nullptr;
    const DiscPull* pull = nullptr;
};
/// What the discs below and above a vertebra make of its end-plates. A plate without a disc gets the plan of the other one.
[[nodiscard]] BonePlates bone_plates(const SpineGeometry& geometry, Body body, const AdjacentDisc& below, const AdjacentDisc& above);

/// Meshes the bone, solves it under the patterns of the discs' pull, adds its softest shapes, and condenses it onto their amplitudes and, where the specimen has posterior elements,
/// the six moves of these.
/// @param flexible  body and rider are given; stiffness and amplitude (0) are set
[[nodiscard]] VertebraBone build_bone(const SpineGeometry& geometry, const SpineSpec& spec, Body body, BonePlates plates,
                                      engine::FlexibleBody& flexible);

/// How the nodes that a disc ties to a vertebra move with its amplitudes: for DomainSpec::tie_shapes. @param upper  end-plate
[[nodiscard]] Eigen::Matrix3Xd tie_shape(const VertebraBone& bone, bool upper, int plan_node);

}  // namespace foramen::models
