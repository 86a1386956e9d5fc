#include "models/triangle_surface.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>

#include "engine/core/contract.hpp"

namespace foramen::models {
namespace {

using Eigen::Vector3d;
using Index3 = std::array<int, 3>;

/// Values of the solid at the lattice points i + nx (j + ny k).
struct Lattice {
    Index3 count;
    Vector3d origin;
    double cell;
    std::vector<double> value;

    [[nodiscard]] int index(const Index3& i) const { return i[0] + count[0] * (i[1] + count[1] * i[2]); }
    [[nodiscard]] Vector3d point(const Index3& i) const { return origin + cell * Vector3d(i[0], i[1], i[2]); }
};

constexpr int block = 4;            // cells along an edge of a block
constexpr double far_factor = 1.5;    // over half a block's diagonal: the function is only about the distance

/// The values of one block. No boundary passes through a block whose corners are all on one side and farther from it than any of the
/// block's points is from its nearest corner: there the sign is all that counts, and the corners' value is taken.
template <typename Value>
void sample_block(Lattice& lattice, const Index3& first, const Value& value) {
    Index3 last{};
    for (int d = 0; d < 3; ++d) last[d] = std::min(first[d] + block, lattice.count[d] - 1);
    double nearest = std::numeric_limits<double>::infinity();
    int inside = 0;
    for (int c = 0; c < 8; ++c) {
        const double v = value({c & 1 ? last[0] : first[0], c & 2 ? last[1] : first[1], c & 4 ? last[2] : first[2]});
        nearest = std::min(nearest, std::abs(v));
        inside += v < 0.0;
    }
    const bool far = (inside == 0 || inside == 8) && nearest > far_factor * 0.5 * std::sqrt(3.0) * block * lattice.cell;
    for (int k = first[2]; k <= last[2]; ++k)
        for (int j = first[1]; j <= last[1]; ++j)
            for (int i = first[0]; i <= last[0]; ++i) {
                double& v = lattice.value[lattice.index({i, j, k})];
                if (std::isnan(v)) v = far ? (inside == 8 ? -nearest : nearest) : value({i, j, k});
            }
}

Lattice sample(const ImplicitSolid& solid, const SampledBox& box) {
    Lattice lattice{{}, {}, box.cell, {}};
    for (int d = 0; d < 3; ++d) {
        const double first = std::floor(box.lower[d] / box.cell);
        lattice.origin[d] = first * box.cell;
        lattice.count[d] = static_cast<int>(std::ceil(box.upper[d] / box.cell) - first) + 1;
    }
    lattice.value.assign(static_cast<std::size_t>(lattice.count[0]) * lattice.count[1] * lattice.count[2], std::numeric_limits<double>::quiet_NaN());
    const auto value = [&](const Index3& at) {
        double& v = lattice.value[lattice.index(at)];
        if (std::isnan(v)) v = solid(lattice.point(at));
        return v;
    };
    const Index3 blocks{(lattice.count[0] + block - 2) / block, (lattice.count[1] + block - 2) / block, (lattice.count[2] + block - 2) / block};
    for (int k = 0; k < blocks[2]; ++k)
        for (int j = 0; j < blocks[1]; ++j)
            for (int i = 0; i < blocks[0]; ++i) sample_block(lattice, {i * block, j * block, k * block}, value);
    for (int k = 0; k < lattice.count[2]; ++k)
        for (int j = 0; j < lattice.count[1]; ++j)
            for (int i = 0; i < lattice.count[0]; ++i) {
                const bool border = i == 0 || j == 0 || k == 0 || i + 1 == lattice.count[0] || j + 1 == lattice.count[1] || k + 1 == lattice.count[2];
                FORAMEN_EXPECTS(!border || lattice.value[lattice.index({i, j, k})] > 0.0, i, j, k);
            }
    return lattice;
}

// The corners of a cube are numbered by their bits (x = 1, y = 2, z = 4); each face lists its corners counter-clockwise
// seen from outside the cube.
constexpr std::array<std::array<int, 4>, 6> face_corners{{
    {0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}}};

class Polygoniser {
public:
    explicit Polygoniser(const Lattice& lattice) : lattice_(lattice) {}

    TriangleSurface run() {
        for (int k = 0; k + 1 < lattice_.count[2]; ++k) {
            for (int j = 0; j + 1 < lattice_.count[1]; ++j) {
                for (int i = 0; i + 1 < lattice_.count[0]; ++i) cut_cube({i, j, k});
            }
        }
        return std::move(surface_);
    }

private:
    void cut_cube(const Index3& cube) {
        std::array<int, 8> corner{};
        int inside_count = 0;
        for (int c = 0; c < 8; ++c) {
            corner[c] = lattice_.index({cube[0] + (c & 1), cube[1] + (c >> 1 & 1), cube[2] + (c >> 2 & 1)});
            inside_count += inside(corner[c]);
        }
        if (inside_count == 0 || inside_count == 8) return;
        std::unordered_map<int, int> next;  // boundary point -> the point that follows it on this cube's faces
        for (const auto& face : face_corners) join_face(corner, face, next);
        while (!next.empty()) {
            int smallest = next.begin()->first;  // a start that does not hang on the order of the table
            for (const auto& [from, to] : next) smallest = std::min(smallest, from);
            std::vector<int> loop;
            for (auto step = next.find(smallest); step != next.end(); step = next.find(loop.back())) {
                loop.push_back(step->second);
                next.erase(step);
            }
            fill(loop);
        }
    }

    /// Adds the segments of one face, each directed so that the solid lies on its left seen from outside the cube.
    void join_face(const std::array<int, 8>& corner, const std::array<int, 4>& face, std::unordered_map<int, int>& next) {
        for (int a = 0; a < 4; ++a) {
            // A run of inside corners begins after an outside corner; its segment goes from where the run is left to where it is entered.
            const int before = corner[face[a]];
            int last = corner[face[(a + 1) % 4]];
            if (inside(before) || !inside(last)) continue;
            const int entered = crossing(before, last);
            int b = (a + 2) % 4;
            for (; inside(corner[face[b]]); b = (b + 1) % 4) last = corner[face[b]];
            next[entered] = crossing(last, corner[face[b]]);
        }
    }

    [[nodiscard]] bool inside(int node) const { return lattice_.value[node] < 0.0; }

    /// The boundary point on the lattice edge between two nodes, made once.
    int crossing(int node, int other) {
        const std::int64_t low = std::min(node, other), high = std::max(node, other);
        const auto [entry, is_new] = edge_point_.try_emplace(low * std::int64_t(lattice_.value.size()) + high, int(surface_.points.size()));
        if (is_new) {
            const double fraction = lattice_.value[low] / (lattice_.value[low] - lattice_.value[high]);
            surface_.points.push_back((1.0 - fraction) * node_point(low) + fraction * node_point(high));
        }
        return entry->second;
    }

    [[nodiscard]] Vector3d node_point(std::int64_t node) const {
        const int nx = lattice_.count[0], ny = lattice_.count[1], n = static_cast<int>(node);
        return lattice_.point({n % nx, n / nx % ny, n / nx / ny});
    }

    /// Up to four points: no diagonal can lie in a face of the cube. More: a fan about the middle, for the same reason.
    void fill(const std::vector<int>& loop) {
        const int n = static_cast<int>(loop.size());
        if (n <= 4) {
            for (int a = 1; a + 1 < n; ++a) surface_.triangles.push_back({loop[0], loop[a], loop[a + 1]});
            return;
        }
        Vector3d middle = Vector3d::Zero();
        for (const int p : loop) middle += surface_.points[p] / n;
        const int m = static_cast<int>(surface_.points.size());
        surface_.points.push_back(middle);
        for (int a = 0; a < n; ++a) surface_.triangles.push_back({m, loop[a], loop[(a + 1) % n]});
    }

    const Lattice& lattice_;
    TriangleSurface surface_;
    std::unordered_map<std::int64_t, int> edge_point_;
};

/// One Newton step along the gradient onto the boundary, at most a quarter of a cell. Value and gradient from the corners of a small
/// tetrahedron about the point.
Vector3d onto_boundary(const ImplicitSolid& solid, const Vector3d& p, double cell) {
    const double h = 0.05 * cell;
    const std::array<Vector3d, 4> corner{Vector3d{1, -1, -1}, {-1, -1, 1}, {-1, 1, -1}, {1, 1, 1}};
    double value = 0.0;
    Vector3d gradient = Vector3d::Zero();
    for (const Vector3d& c : corner) {
        const double v = solid(p + h * c);
        value += 0.25 * v;
        gradient += (0.25 * v / h) * c;
    }
    const Vector3d move = -value / std::max(gradient.squaredNorm(), 0.05) * gradient;
    return p + move * std::min(1.0, 0.25 * cell / std::max(move.norm(), 1e-12));
}

void relax(TriangleSurface& surface, const ImplicitSolid& solid, double cell, int sweeps) {
    const std::size_t n = surface.points.size();
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        std::vector<Vector3d> sum(n, Vector3d::Zero());
        std::vector<int> degree(n, 0);
        for (const auto& triangle : surface.triangles) {
            for (int a = 0; a < 3; ++a) {  // each edge of a closed surface is met once in each direction
                sum[triangle[a]] += surface.points[triangle[(a + 1) % 3]];
                ++degree[triangle[a]];
            }
        }
        for (std::size_t p = 0; p < n; ++p) {
            const Vector3d evened = 0.4 * surface.points[p] + 0.6 * sum[p] / degree[p];
            surface.points[p] = onto_boundary(solid, evened, cell);
        }
    }
}

}  // namespace

double enclosed_volume(const TriangleSurface& surface) {
    double volume = 0.0;
    for (const auto& [a, b, c] : surface.triangles) {
        volume += surface.points[a].dot(surface.points[b].cross(surface.points[c])) / 6.0;
    }
    return volume;
}

TriangleSurface boundary_surface(const ImplicitSolid& solid, const SampledBox& box, int relaxation_sweeps) {
    FORAMEN_EXPECTS(box.cell > 0.0, box.cell);
    FORAMEN_EXPECTS((box.upper.array() > box.lower.array()).all());
    const Lattice lattice = sample(solid, box);
    TriangleSurface surface = Polygoniser(lattice).run();
    relax(surface, solid, box.cell, relaxation_sweeps);
    return surface;
}

}  // namespace foramen::models
