#include "io/scene/nerve_roots.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "io/scene/moved_points.hpp"

namespace foramen::io {
namespace {

using Eigen::Vector3d;

constexpr double root_radius = 1.7;     // [mm] drawn; a lumbar root with its sheath is 3 to 4 mm across
constexpr double usual_ganglion = 3.0;  // [mm] radius where the file holds no clearance
constexpr double ganglion_height = 0.72;  // of the foramen's height

/// Catmull-Rom through the knots: centre line and radius.
Nerve smooth(std::string name, const std::vector<Vector3d>& knots, const std::vector<double>& radii) {
    constexpr int pieces = 6;
    Nerve nerve{std::move(name), {}, {}};
    const auto at = [&](std::ptrdiff_t i) { return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, std::ssize(knots) - 1)); };
    for (std::ptrdiff_t i = 0; i + 1 < std::ssize(knots); ++i) {
        const Vector3d &a = knots[at(i - 1)], &b = knots[at(i)], &c = knots[at(i + 1)], &d = knots[at(i + 2)];
        for (int k = 0; k < pieces + (i + 2 == std::ssize(knots) ? 1 : 0); ++k) {
            const double t = static_cast<double>(k) / pieces, t2 = t * t, t3 = t2 * t;
            nerve.path.push_back(0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t2 + (3.0 * b - a - 3.0 * c + d) * t3));
            nerve.radius.push_back((1.0 - t) * radii[at(i)] + t * radii[at(i + 1)]);
        }
    }
    return nerve;
}

/// Middle of the outline's chord at a height z.
Vector3d chord_middle(const std::vector<Vector3d>& outline, double z) {
    double least = 1e300, most = -1e300, y = outline.front().y();
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Vector3d &a = outline[i], &b = outline[(i + 1) % outline.size()];
        if ((a.z() - z) * (b.z() - z) > 0.0 || a.z() == b.z()) continue;
        const double x = a.x() + (z - a.z()) / (b.z() - a.z()) * (b.x() - a.x());
        least = std::min(least, x);
        most = std::max(most, x);
    }
    return {0.5 * (least + most), y, z};
}

/// Radius of the ganglion that the file's clearance takes off the area: a property of the level, so the first row's. [mm]
double ganglion_radius(const ResultFile& result, const std::string& foramen) {
    const auto has = [&](const char* name) {
        return std::any_of(result.series().begin(), result.series().end(), [&](const SeriesSpec& s) {
            return s.name == name && std::find(s.labels.begin(), s.labels.end(), foramen) != s.labels.end();
        });
    };
    if (result.times().empty() || !has("foramen_area") || !has("foramen_clearance")) return usual_ganglion;
    const double area = result.history("foramen_area", foramen).front() - result.history("foramen_clearance", foramen).front();
    return area > 0.0 ? std::sqrt(area / std::numbers::pi) : usual_ganglion;
}

/// Mean x of a ligament's strands next to a height; none if the file has no such block.
std::optional<double> strand_x(const ResultFile& result, const char* ligament, double z, int step) {
    const BlockSpec* block = find_block(result, ligament);
    if (block == nullptr || block->cell_type != CellType::line) return std::nullopt;
    const std::vector<Vector3d> points = moved_points(result, *block, step);
    const auto middle = [&](std::size_t c) -> Vector3d {
        return 0.5 * (points[static_cast<std::size_t>(block->connectivity[c])] + points[static_cast<std::size_t>(block->connectivity[c + 1])]);
    };
    double nearest = 1e300, sum = 0.0;
    int count = 0;
    for (std::size_t c = 0; c + 1 < block->connectivity.size(); c += 2) nearest = std::min(nearest, std::abs(middle(c).z() - z));
    for (std::size_t c = 0; c + 1 < block->connectivity.size(); c += 2) {
        if (std::abs(middle(c).z() - z) > nearest + 3.0) continue;
        sum += middle(c).x();
        ++count;
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// Middle of the canal and its depth at each disc, from cranial to caudal.
struct CanalStation {
    Vector3d middle;
    double depth;
};
std::vector<CanalStation> canal_stations(const ResultFile& result, int step) {
    std::vector<CanalStation> stations;
    for (const BlockSpec& block : result.blocks()) {
        if (block.group != "discs") continue;
        const double z = centroid(moved_points(result, block, step)).z();
        const auto front = strand_x(result, "PLL", z, step), back = strand_x(result, "LF", z, step);
        if (front && back && *front > *back) stations.push_back({{0.5 * (*front + *back), 0.0, z}, *front - *back});
    }
    std::sort(stations.begin(), stations.end(), [](const auto& a, const auto& b) { return a.middle.z() > b.middle.z(); });
    return stations;
}

Nerve dural_sac(const std::vector<CanalStation>& canal) {
    constexpr double beyond = 24.0;  // [mm] above the first and below the last disc
    std::vector<Vector3d> knots;
    std::vector<double> radii;
    for (const CanalStation& s : canal) {
        knots.push_back(s.middle);
        radii.push_back(std::min(6.5, 0.40 * s.depth));
    }
    const Vector3d up = (knots[0] - knots[1]).normalized(), down = (knots.back() - knots[knots.size() - 2]).normalized();
    knots.insert(knots.begin(), knots.front() + beyond * up);
    radii.insert(radii.begin(), radii.front());
    knots.push_back(knots.back() + beyond * (down + Vector3d(-0.55, 0.0, 0.0)).normalized());
    radii.push_back(0.45 * radii.back());
    return smooth("dural sac", knots, radii);
}

Nerve root(const ResultFile& result, const ForamenFan& fan, const std::vector<CanalStation>& canal) {
    const auto [low, high] = std::minmax_element(fan.outline.begin(), fan.outline.end(), [](const auto& a, const auto& b) { return a.z() < b.z(); });
    const double height = high->z() - low->z();
    const Vector3d ganglion = chord_middle(fan.outline, low->z() + ganglion_height * height);
    const double side = ganglion.y() > 0.0 ? 1.0 : -1.0, r = ganglion_radius(result, fan.name);
    double canal_x = ganglion.x() - 6.0;
    if (!canal.empty()) {
        canal_x = std::min_element(canal.begin(), canal.end(), [&](const auto& a, const auto& b) {
                      return std::abs(a.middle.z() - ganglion.z()) < std::abs(b.middle.z() - ganglion.z());
                  })->middle.x() + 1.0;
    }
    const double y = std::abs(ganglion.y());
    const std::vector<Vector3d> knots{{canal_x, side * 0.30 * y, ganglion.z() + 26.0}, {canal_x + 0.5, side * 0.52 * y, ganglion.z() + 13.0},
                                      ganglion + Vector3d(-0.5, -side * 4.0, 4.2), ganglion, ganglion + Vector3d(1.0, side * 4.5, -4.5),
                                      ganglion + Vector3d(5.0, side * 11.0, -15.0), ganglion + Vector3d(9.0, side * 15.0, -29.0)};
    return smooth(fan.name, knots, {root_radius, root_radius, root_radius + 0.3, r, root_radius + 0.5, root_radius + 0.3, root_radius});
}

}  // namespace

std::vector<ForamenFan> foramen_fans(const ResultFile& result, int step) {
    std::vector<ForamenFan> fans;
    const BlockSpec* block = find_block(result, "foramina");
    if (block == nullptr || block->cell_type != CellType::triangle) return fans;
    const std::vector<Vector3d> points = moved_points(result, *block, step);
    std::int64_t hub = -1;
    for (std::size_t c = 0; c + 2 < block->connectivity.size(); c += 3) {
        if (block->connectivity[c] != hub) {
            hub = block->connectivity[c];
            fans.push_back({"", points[static_cast<std::size_t>(hub)], {}});
        }
        fans.back().outline.push_back(points[static_cast<std::size_t>(block->connectivity[c + 1])]);
    }
    for (const SeriesSpec& series : result.series()) {
        if (series.name != "foramen_area" || series.labels.size() != fans.size()) continue;
        for (std::size_t f = 0; f < fans.size(); ++f) fans[f].name = series.labels[f];
    }
    return fans;
}

std::vector<Nerve> nerves(const ResultFile& result, int step) {
    std::vector<Nerve> found;
    const std::vector<ForamenFan> fans = foramen_fans(result, step);
    if (fans.empty()) return found;
    const std::vector<CanalStation> canal = canal_stations(result, step);
    for (const ForamenFan& fan : fans) found.push_back(root(result, fan, canal));
    if (canal.size() >= 2) found.push_back(dural_sac(canal));
    return found;
}

}  // namespace foramen::io
