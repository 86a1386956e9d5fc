#pragma once

#include <array>
#include <vector>

#include "models/disc_margin.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

/// Landmarks that bound one intervertebral foramen on the sagittal cut through the pedicle centres; all at the cut's y.
struct ForamenLandmarks {
    int disc;
    Side side;
    double y;  ///< of the cut, signed: mean of both pedicles' centres, at most 0.7 of half the disc's width [mm]
    // in the upper vertebra's frame
    Eigen::Vector3d upper_pedicle;      ///< inferior cortex under the pedicle's centre
    Eigen::Vector3d upper_wall;         ///< where the pedicle meets the body's posterior wall
    Eigen::Vector3d upper_back;         ///< posterior end of the pedicle's inferior cortex
    Eigen::Vector3d pars;               ///< front of pars and flavum under the pedicle
    Eigen::Vector3d upper_corner;       ///< posterior rim of the lower end-plate
    // in the lower vertebra's frame
    Eigen::Vector3d process_tip;        ///< front of the superior articular process, at its tip
    Eigen::Vector3d process_front;      ///< and at the joint's centre
    Eigen::Vector3d lower_back, lower_wall, lower_pedicle, lower_corner;
    std::vector<MarginPoint> margin;    ///< of the disc, from the lower to the upper rim, without both
    double ganglion_width;              ///< of the root that leaves here [mm]
};

/// The front of the superior articular process lies half the joint's width (as seen from the side) and the process' thickness
/// before the joint's centre. PROPOSED: that thickness 6 mm; pars and flavum 3 mm behind the pedicle's centre, 4 mm under it.
/// Compare data/README.md: area 183/170/150 mm2 at L2-L3, L3-L4, L4-L5 in the shape model of 87 patients.
/// Of the discs present; none without posterior elements.
[[nodiscard]] std::vector<ForamenLandmarks> foramen_landmarks(const SpineModel& model);

/// Measures of one foramen. Height: inferior cortex of the upper to superior cortex of the lower pedicle. Widths: body or disc
/// margin to the articular process, at 5/6 (superior) and 1/2 of the height and at the disc's middle (inferior). Area: of the
/// closed outline. Clearance: area less that of a round ganglion. Ganglion gap: radius of the largest circle in the outline less that of
/// a round ganglion, which finds its place: negative when it is squeezed.
struct ForamenMeasures {
    double height, width_superior, width_mid, width_inferior;  ///< [mm]
    double area, clearance;                                    ///< [mm2]
    double ganglion_gap;                                       ///< [mm]
};
/// Outline in the table's frame, anticlockwise or clockwise, closed implicitly.
[[nodiscard]] std::vector<Eigen::Vector3d> foramen_outline(const SpineModel& model, const ForamenLandmarks& landmarks);
/// The outline on the cut: x and z of the lower vertebra's frame.
[[nodiscard]] std::vector<Eigen::Vector2d> foramen_cut(const SpineModel& model, const ForamenLandmarks& f);
[[nodiscard]] ForamenMeasures measure_foramen(const SpineModel& model, const ForamenLandmarks& landmarks);

/// Area of a polygon in a plane [mm2] by the shoelace formula.
[[nodiscard]] double polygon_area(const std::vector<Eigen::Vector2d>& outline);
/// Radius of the largest circle inside a polygon [mm], to 0.002 mm: cells of a grid are split where a better circle may lie.
[[nodiscard]] double largest_circle(const std::vector<Eigen::Vector2d>& outline);
/// Length of the polygon's chord at a height: largest less smallest x where the outline crosses it [mm].
[[nodiscard]] double polygon_chord(const std::vector<Eigen::Vector2d>& outline, double z);

}  // namespace foramen::models
