#pragma once

#include "models/disc.hpp"

namespace foramen::models {

/// How a disc pulls at its two end-plates: patterns of nodal forces on the bone, each in its body's frame.
struct DiscPull {
    Eigen::MatrixXd lower, upper;  ///< on the plate below and above the disc [3 plan nodes x patterns]
};

/// The patterns of a disc between plates that do not move, swollen in its bath: the pull of the swelling itself, and what six small
/// moves of the upper plate add to it, for a load of a second (nearly undrained) and for one that has lain for long (drained).
[[nodiscard]] DiscPull disc_pull(const SpineGeometry& geometry, const Disc& disc, int d);

}  // namespace foramen::models
