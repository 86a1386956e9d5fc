#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>

#include "models/foramen.hpp"

namespace foramen::models {

namespace {

constexpr double precision = 0.002;  // mm

/// Distance of a point to a polygon's outline, positive inside.
double inside_distance(const std::vector<Eigen::Vector2d>& outline, const Eigen::Vector2d& x) {
    bool inside = false;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Eigen::Vector2d &a = outline[i], &b = outline[(i + 1) % outline.size()];
        if ((a.y() > x.y()) != (b.y() > x.y()) && x.x() < a.x() + (x.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x())) inside = !inside;
        const Eigen::Vector2d edge = b - a;
        const double t = edge.squaredNorm() > 0.0 ? std::clamp((x - a).dot(edge) / edge.squaredNorm(), 0.0, 1.0) : 0.0;
        nearest = std::min(nearest, (x - a - t * edge).norm());
    }
    return inside ? nearest : -nearest;
}

/// A square; no circle whose middle lies in it has a radius above `bound`.
struct Cell {
    Eigen::Vector2d middle;
    double half, radius, bound;
    Cell(const std::vector<Eigen::Vector2d>& outline, const Eigen::Vector2d& at, double half_side)
        : middle(at), half(half_side), radius(inside_distance(outline, at)), bound(radius + half_side * std::numbers::sqrt2) {}
    bool operator<(const Cell& other) const { return bound < other.bound; }
};

}  // namespace

double largest_circle(const std::vector<Eigen::Vector2d>& outline) {
    Eigen::Vector2d low = outline.front(), high = low;
    for (const Eigen::Vector2d& x : outline) {
        low = low.cwiseMin(x);
        high = high.cwiseMax(x);
    }
    std::priority_queue<Cell> open;
    open.emplace(outline, Eigen::Vector2d(0.5 * (low + high)), 0.5 * (high - low).maxCoeff());
    double best = open.top().radius;
    while (!open.empty() && open.top().bound > best + precision) {
        const Cell cell = open.top();
        open.pop();
        best = std::max(best, cell.radius);
        const double quarter = 0.5 * cell.half;
        for (const double x : {-quarter, quarter})
            for (const double y : {-quarter, quarter}) open.emplace(outline, Eigen::Vector2d(cell.middle + Eigen::Vector2d(x, y)), quarter);
    }
    return std::max(best, 0.0);
}

}  // namespace foramen::models
