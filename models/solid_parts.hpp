#pragma once

#include <Eigen/Core>
#include <cmath>
#include <vector>

namespace foramen::models {

// Building stones of the bones' implicit solids: functions of a point that are about the signed distance to a part's
// boundary [mm], negative inside.

/// One cross-section of a tube.
struct TubeStation {
    Eigen::Vector3d centre;  ///< [mm]
    double half_width;       ///< across the tube, perpendicular to its `up` [mm]
    double half_height;      ///< along `up` [mm]
};

/// A tube with elliptical cross-sections along straight pieces, sizes linear in between, rounded ends that reach
/// min(half_width, half_height) beyond the first and last station.
class Tube {
public:
    /// @param up        direction in which half_height is measured (made perpendicular to each piece)
    Tube(std::vector<TubeStation> stations, const Eigen::Vector3d& up);
    [[nodiscard]] double distance(const Eigen::Vector3d& p) const;

private:
    struct Piece {
        TubeStation from, to;
        Eigen::Vector3d along, across, up;  // unit vectors
        double length;
    };
    [[nodiscard]] static double piece_distance(const Piece& piece, const Eigen::Vector3d& p);
    std::vector<Piece> pieces_;
};

/// A flat oval pad with rounded edges.
struct Pad {
    Eigen::Vector3d centre;
    Eigen::Vector3d normal, across;  ///< unit, perpendicular to each other
    double half_thickness, half_width, half_height;  ///< along normal, across and normal x across [mm]
    double rounding;                                 ///< of its edges [mm]
    [[nodiscard]] double distance(const Eigen::Vector3d& p) const;
    /// No more than distance(), and soon known.
    [[nodiscard]] double least_distance(const Eigen::Vector3d& p) const { return std::abs((p - centre).dot(normal)) - half_thickness; }
};

/// min(a, b), rounded within `radius` of the crease (polynomial blend; never above min).
[[nodiscard]] double smooth_union(double a, double b, double radius);
/// max(a, b), rounded likewise (never below max).
[[nodiscard]] double smooth_intersection(double a, double b, double radius);

/// About the distance to the curve (|x|/a)^n + (|y|/b)^n = 1 [mm].
[[nodiscard]] double superellipse_distance(double x, double y, double a, double b, double n);

}  // namespace foramen::models
