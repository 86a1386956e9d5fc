#include "io/scene/solid_surface.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace foramen::io {
namespace {

using Face = std::array<std::uint32_t, 4>;

constexpr std::array<std::array<int, 4>, 6> faces{{{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}}};
constexpr std::array<std::array<int, 2>, 12> edges{{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};
constexpr double on_plane = 1e-4;  // [mm] a node this near to the plane lies on it

std::vector<Face> outer_quads(const BlockSpec& block) {
    std::map<Face, std::pair<Face, int>> seen;  // by sorted corners
    for (std::size_t c = 0; c + 7 < block.connectivity.size(); c += 8) {
        for (const auto& corners : faces) {
            Face face{};
            for (std::size_t a = 0; a < 4; ++a) face[a] = static_cast<std::uint32_t>(block.connectivity[c + static_cast<std::size_t>(corners[a])]);
            Face key = face;
            std::sort(key.begin(), key.end());
            const auto [place, fresh] = seen.try_emplace(key, face, 0);
            ++place->second.second;
        }
    }
    std::vector<Face> outer;
    for (const auto& [key, face] : seen) {
        if (face.second == 1) outer.push_back(face.first);
    }
    return outer;
}

/// Numbers nodes in the order in which they are met.
class Numbering {
public:
    explicit Numbering(MeshSurface& surface) : surface_(surface) {}
    std::uint32_t of(const MeshPoint& point) {
        const auto [place, fresh] = known_.try_emplace({point.from, point.to}, static_cast<std::uint32_t>(surface_.points.size()));
        if (fresh) surface_.points.push_back(point);
        return place->second;
    }

private:
    MeshSurface& surface_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known_;
};

/// Where one hexahedron meets the plane: points on its edges, each once.
std::vector<MeshPoint> crossings(const BlockSpec& block, std::size_t cell, double offset) {
    std::vector<MeshPoint> found;
    const auto height = [&](std::uint32_t node) { return block.points[3 * node + 1] - offset; };
    const auto keep = [&](const MeshPoint& point) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const MeshPoint& p) { return p.from == point.from && p.to == point.to; });
        if (!known) found.push_back(point);
    };
    for (const auto& edge : edges) {
        auto a = static_cast<std::uint32_t>(block.connectivity[cell + static_cast<std::size_t>(edge[0])]);
        auto b = static_cast<std::uint32_t>(block.connectivity[cell + static_cast<std::size_t>(edge[1])]);
        if (a > b) std::swap(a, b);
        const double ya = height(a), yb = height(b);
        if ((ya > -on_plane) == (yb > -on_plane)) continue;
        if (std::abs(ya) <= on_plane) {
            keep({a, a, 0.0F});
        } else if (std::abs(yb) <= on_plane) {
            keep({b, b, 0.0F});
        } else {
            keep({a, b, static_cast<float>(ya / (ya - yb))});
        }
    }
    return found;
}

/// Around their middle, in the plane.
void sort_around(const BlockSpec& block, std::vector<MeshPoint>& points) {
    const auto at = [&](const MeshPoint& p, int d) {
        return (1.0F - p.share) * block.points[3 * p.from + static_cast<std::size_t>(d)] + p.share * block.points[3 * p.to + static_cast<std::size_t>(d)];
    };
    double x = 0.0, z = 0.0;
    for (const MeshPoint& p : points) {
        x += at(p, 0) / static_cast<double>(points.size());
        z += at(p, 2) / static_cast<double>(points.size());
    }
    const auto angle = [&](const MeshPoint& p) { return std::atan2(at(p, 2) - z, at(p, 0) - x); };
    std::sort(points.begin(), points.end(), [&](const MeshPoint& a, const MeshPoint& b) { return angle(a) < angle(b); });
}

}  // namespace

MeshSurface outer_surface(const BlockSpec& block) {
    MeshSurface surface;
    Numbering numbering(surface);
    const auto number = [&](std::uint32_t node) { return numbering.of({node, node, 0.0F}); };
    const auto add_triangle = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) { surface.triangles.push_back({number(a), number(b), number(c)}); };
    if (block.cell_type == CellType::triangle) {
        for (std::size_t c = 0; c + 2 < block.connectivity.size(); c += 3) {
            add_triangle(static_cast<std::uint32_t>(block.connectivity[c]), static_cast<std::uint32_t>(block.connectivity[c + 1]),
                         static_cast<std::uint32_t>(block.connectivity[c + 2]));
        }
        return surface;
    }
    std::vector<Face> quads;
    if (block.cell_type == CellType::hexahedron) quads = outer_quads(block);
    for (std::size_t c = 0; block.cell_type == CellType::quad && c + 3 < block.connectivity.size(); c += 4) {
        Face quad{};
        for (std::size_t a = 0; a < 4; ++a) quad[a] = static_cast<std::uint32_t>(block.connectivity[c + a]);
        quads.push_back(quad);
    }
    for (const Face& q : quads) {
        add_triangle(q[0], q[1], q[2]);
        add_triangle(q[0], q[2], q[3]);
    }
    return surface;
}

MeshSurface sagittal_section(const BlockSpec& block, double offset) {
    MeshSurface surface;
    if (block.cell_type != CellType::hexahedron) return surface;
    Numbering numbering(surface);
    for (std::size_t c = 0; c + 7 < block.connectivity.size(); c += 8) {
        std::vector<MeshPoint> corners = crossings(block, c, offset);
        if (corners.size() < 3) continue;
        sort_around(block, corners);
        const std::uint32_t first = numbering.of(corners[0]);
        for (std::size_t k = 1; k + 1 < corners.size(); ++k) surface.triangles.push_back({first, numbering.of(corners[k]), numbering.of(corners[k + 1])});
    }
    return surface;
}

std::vector<float> at_points(const MeshSurface& surface, const std::vector<float>& field, int components) {
    std::vector<float> values;
    const auto n = static_cast<std::size_t>(components);
    values.reserve(n * surface.points.size());
    for (const MeshPoint& p : surface.points) {
        for (std::size_t d = 0; d < n; ++d) values.push_back((1.0F - p.share) * field[n * p.from + d] + p.share * field[n * p.to + d]);
    }
    return values;
}

}  // namespace foramen::io
