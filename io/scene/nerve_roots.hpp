#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::io {

/// A nerve drawn as a round tube: centre line and radius along it [mm], table frame.
struct Nerve {
    std::string name;  ///< "L4-L5 left" (the root that leaves there), or "dural sac"
    std::vector<Eigen::Vector3d> path;
    std::vector<double> radius;
};

/// One intervertebral foramen of the block `foramina` at an output time.
struct ForamenFan {
    std::string name;  ///< as in /history: "L4-L5 left"; empty if the file does not say
    Eigen::Vector3d middle;
    std::vector<Eigen::Vector3d> outline;  ///< closed implicitly
};

/// The foramina as they lie at an output time, in the file's order; none if the result has no such block.
[[nodiscard]] std::vector<ForamenFan> foramen_fans(const ResultFile& result, int step);

/// Nerve roots with their ganglia in the foramina, and the dural sac between posterior ligament and flavum, at an output time.
///
/// They are drawn, not modelled: the path follows the moving bones by the foramina's outlines, the ganglion has the size that
/// `foramen_clearance` takes off the area, its centre lies in the middle of the foramen at 0.72 of its height (where most
/// L1 to L4 ganglia are seen, Hasegawa et al. 1996, recalled). None without foramina.
[[nodiscard]] std::vector<Nerve> nerves(const ResultFile& result, int step);

}  // namespace foramen::io
