#include "io/scene/moved_points.hpp"

#include <algorithm>

namespace foramen::io {

const BlockSpec* find_block(const ResultFile& result, const std::string& name) {
    const auto found = std::find_if(result.blocks().begin(), result.blocks().end(), [&](const BlockSpec& b) { return b.name == name; });
    return found == result.blocks().end() ? nullptr : &*found;
}

bool has_point_field(const BlockSpec& block, const std::string& name) {
    return std::any_of(block.point_fields.begin(), block.point_fields.end(), [&](const FieldSpec& f) { return f.name == name; });
}

std::vector<Eigen::Vector3d> moved_points(const ResultFile& result, const BlockSpec& block, int step) {
    std::vector<Eigen::Vector3d> points(block.points.size() / 3);
    for (std::size_t p = 0; p < points.size(); ++p) points[p] = {block.points[3 * p], block.points[3 * p + 1], block.points[3 * p + 2]};
    if (!has_point_field(block, "displacement")) return points;
    const std::vector<float> u = result.point_field(block.name, "displacement", step);
    for (std::size_t p = 0; p < std::min(points.size(), u.size() / 3); ++p) points[p] += Eigen::Vector3d(u[3 * p], u[3 * p + 1], u[3 * p + 2]);
    return points;
}

Eigen::Vector3d centroid(const std::vector<Eigen::Vector3d>& points) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (const Eigen::Vector3d& p : points) sum += p;
    return points.empty() ? sum : Eigen::Vector3d(sum / static_cast<double>(points.size()));
}

}  // namespace foramen::io
