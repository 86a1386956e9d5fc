#include "io/report/spine_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/json_text.hpp"
#include "io/scene/moved_points.hpp"
#include "io/scene/nerve_roots.hpp"
#include "io/scene/rigid_motion.hpp"
#include "io/scene/solid_surface.hpp"

namespace foramen::io {
namespace {

constexpr double rigid_tolerance = 0.02;  // [mm]

std::vector<float> flat(const std::vector<Eigen::Vector3d>& points) {
    std::vector<float> values;
    values.reserve(3 * points.size());
    for (const Eigen::Vector3d& p : points) {
        for (int d = 0; d < 3; ++d) values.push_back(static_cast<float>(p[d]));
    }
    return values;
}

std::string triangles_json(const MeshSurface& surface, PackedData& data) {
    std::vector<std::uint32_t> corners;
    for (const auto& t : surface.triangles) corners.insert(corners.end(), t.begin(), t.end());
    return data.add_indices(corners);
}

std::string part_json(const std::string& name, const std::string& group, const char* kind, const std::string& rest) {
    return fmt::format(R"({{"name":{},"group":{},"kind":"{}",{}}})", json_string(name), json_string(group), kind, rest);
}

/// A block that only turns and shifts; empty if it does more.
std::string rigid_part(const ResultFile& result, const BlockSpec& block, const std::vector<int>& steps, PackedData& data) {
    const std::vector<Eigen::Vector3d> first = moved_points(result, block, steps.front());
    std::vector<double> motions;
    for (const int step : steps) {
        const RigidMotion fit = rigid_motion(first, moved_points(result, block, step));
        if (fit.residual > rigid_tolerance) return "";
        for (int r = 0; r < 3; ++r) {
            for (int c = 0; c < 4; ++c) motions.push_back(fit.motion.matrix()(r, c));
        }
    }
    const MeshSurface surface = outer_surface(block);
    const std::vector<float> points = at_points(surface, flat(first), 3);
    return part_json(block.name, block.group, "rigid",
                     fmt::format(R"("points":{},"triangles":{},"motion":{})", data.add_frames({points}), triangles_json(surface, data), data.add_floats(motions)));
}

std::string moving_part(const ResultFile& result, const BlockSpec& block, const std::string& group, const MeshSurface& surface, const std::vector<int>& steps,
                        PackedData& data) {
    if (surface.points.empty()) return "";
    const bool pressed = has_point_field(block, "pressure");
    std::vector<std::vector<float>> points, pressure;
    for (const int step : steps) {
        points.push_back(at_points(surface, flat(moved_points(result, block, step)), 3));
        if (pressed) pressure.push_back(at_points(surface, result.point_field(block.name, "pressure", step), 1));
    }
    std::string rest = fmt::format(R"("points":{},"triangles":{})", data.add_frames(points), triangles_json(surface, data));
    if (pressed) rest += fmt::format(R"(,"values":{})", data.add_frames(pressure));
    return part_json(block.name, group, "surface", rest);
}

std::string strands_part(const ResultFile& result, const BlockSpec& block, const std::vector<int>& steps, PackedData& data) {
    const bool strained = std::any_of(block.cell_fields.begin(), block.cell_fields.end(), [](const FieldSpec& f) { return f.name == "strain"; });
    std::vector<std::vector<float>> points, strain;
    for (const int step : steps) {
        points.push_back(flat(moved_points(result, block, step)));
        if (strained) strain.push_back(result.cell_field(block.name, "strain", step));
    }
    std::vector<std::uint32_t> lines;
    for (const std::int64_t node : block.connectivity) lines.push_back(static_cast<std::uint32_t>(node));
    std::string rest = fmt::format(R"("points":{},"lines":{})", data.add_frames(points), data.add_indices(lines));
    if (strained) rest += fmt::format(R"(,"values":{})", data.add_frames(strain));
    return part_json(block.name, block.group, "strands", rest);
}

void add_nerves(const ResultFile& result, const std::vector<int>& steps, PackedData& data, std::vector<std::string>& parts) {
    std::vector<std::vector<Nerve>> frames;
    for (const int step : steps) frames.push_back(nerves(result, step));
    for (std::size_t n = 0; n < frames.front().size(); ++n) {
        std::vector<std::vector<float>> points;
        for (const auto& frame : frames) points.push_back(flat(frame[n].path));
        const Nerve& nerve = frames.front()[n];
        parts.push_back(part_json(nerve.name, "nerves", "nerve", fmt::format(R"("points":{},"radius":{})", data.add_frames(points), data.add_floats(nerve.radius))));
    }
}

}  // namespace

std::vector<int> played_steps(const ResultFile& result, int most) {
    const int count = static_cast<int>(result.field_times().size());
    std::vector<int> steps;
    const int stride = std::max(1, (count + most - 1) / std::max(1, most));
    for (int step = 0; step < count; step += stride) steps.push_back(step);
    if (count > 0 && steps.back() != count - 1) steps.push_back(count - 1);
    return steps;
}

std::string spine_parts(const ResultFile& result, const std::vector<int>& steps, PackedData& data) {
    std::vector<std::string> parts;
    if (steps.empty()) return "[]";
    for (const BlockSpec& block : result.blocks()) {
        if (block.cell_type == CellType::line) {
            parts.push_back(strands_part(result, block, steps, data));
            continue;
        }
        std::string part = block.cell_type == CellType::hexahedron ? "" : rigid_part(result, block, steps, data);
        if (part.empty()) part = moving_part(result, block, block.group, outer_surface(block), steps, data);
        parts.push_back(part);
        if (block.cell_type == CellType::hexahedron) parts.push_back(moving_part(result, block, "sections", sagittal_section(block, 0.0), steps, data));
    }
    add_nerves(result, steps, data, parts);
    std::erase(parts, "");
    std::string text = "[";
    for (const std::string& part : parts) text += (text.size() > 1 ? ",\n" : "") + part;
    return text + "]";
}

}  // namespace foramen::io
