#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>

#include "models/foramen.hpp"

namespace foramen::models {

namespace {

constexpr double precision = 0.002;  // mm

/// A closed polygon, ready for the distances of many points.
class Outline {
public:
    explicit Outline(const std::vector<Eigen::Vector2d>& corners) {
        for (std::size_t i = 0; i < corners.size(); ++i) {
            const Eigen::Vector2d along = corners[(i + 1) % corners.size()] - corners[i];
            const double square = along.squaredNorm();
            edges_.push_back({corners[i], along, square > 0.0 ? 1.0 / square : 0.0});
        }
    }

    /// Distance to the outline, positive inside.
    [[nodiscard]] double inside_distance(const Eigen::Vector2d& x) const {
        bool inside = false;
        double nearest = std::numeric_limits<double>::infinity();  // square
        for (const Edge& edge : edges_) {
            const Eigen::Vector2d from = x - edge.start;
            const bool below = from.y() < 0.0, above_end = from.y() >= edge.along.y();
            // the edge crosses the level of x, to the right of it
            if (below != !above_end && (from.x() * edge.along.y() < from.y() * edge.along.x()) == (edge.along.y() > 0.0)) inside = !inside;
            const double t = std::clamp(from.dot(edge.along) * edge.inverse_square, 0.0, 1.0);
            nearest = std::min(nearest, (from - t * edge.along).squaredNorm());
        }
        return inside ? std::sqrt(nearest) : -std::sqrt(nearest);
    }

private:
    struct Edge {
        Eigen::Vector2d start, along;
        double inverse_square;
    };
    std::vector<Edge> edges_;
};

/// A square; no circle whose middle lies in it has a radius above `bound`.
struct Cell {
    Eigen::Vector2d middle;
    double half, radius, bound;
    Cell(const Outline& outline, const Eigen::Vector2d& at, double half_side)
        : middle(at), half(half_side), radius(outline.inside_distance(at)), bound(radius + half_side * std::numbers::sqrt2) {}
    bool operator<(const Cell& other) const { return bound < other.bound; }
};

}  // namespace

double largest_circle(const std::vector<Eigen::Vector2d>& corners) {
    Eigen::Vector2d low = corners.front(), high = low;
    for (const Eigen::Vector2d& x : corners) {
        low = low.cwiseMin(x);
        high = high.cwiseMax(x);
    }
    const Outline outline(corners);
    std::priority_queue<Cell> open;
    open.emplace(outline, Eigen::Vector2d(0.5 * (low + high)), 0.5 * (high - low).maxCoeff());
    double best = open.top().radius;
    while (!open.empty() && open.top().bound > best + precision) {
        const Cell cell = open.top();
        open.pop();
        const double quarter = 0.5 * cell.half;
        for (const double x : {-quarter, quarter})
            for (const double y : {-quarter, quarter}) {
                const Cell part(outline, Eigen::Vector2d(cell.middle + Eigen::Vector2d(x, y)), quarter);
                best = std::max(best, part.radius);
                if (part.bound > best + precision) open.push(part);
            }
    }
    return std::max(best, 0.0);
}

}  // namespace foramen::models
