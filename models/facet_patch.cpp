#include "models/facet_patch.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

constexpr double default_gap = 0.4;            // mm
constexpr double default_curvature = 1.0 / 20.0;
constexpr double reach = 6.0;                  // mm: farther along the normal nothing faces a facet

/// Signed distance from x along a unit direction to a triangle; none where it passes by.
std::optional<double> distance_along(const Eigen::Vector3d& x, const Eigen::Vector3d& direction, const TriangleSurface& s, const std::array<int, 3>& t) {
    const Eigen::Vector3d &a = s.points[t[0]], ab = s.points[t[1]] - a, ac = s.points[t[2]] - a;
    Eigen::Matrix3d m;
    m << ab, ac, -direction;
    if (m.determinant() == 0.0) return {};
    const Eigen::Vector3d hit = m.inverse() * (x - a);  // weights of b and c, distance
    if (hit.x() < 0.0 || hit.y() < 0.0 || hit.x() + hit.y() > 1.0 || std::abs(hit.z()) > reach) return {};
    return hit.z();
}

/// Median over the points of the distance to the facing surface.
double median_gap(const ImportedFacet& facet, const Eigen::Vector3d& direction) {
    std::vector<double> gaps;
    for (const Eigen::Vector3d& x : facet.inferior.points) {
        std::optional<double> nearest;
        for (const auto& t : facet.superior.triangles) {
            const auto hit = distance_along(x, direction, facet.superior, t);
            if (hit && (!nearest || std::abs(*hit) < std::abs(*nearest))) nearest = hit;
        }
        if (nearest) gaps.push_back(*nearest);
    }
    if (gaps.empty()) return default_gap;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

}  // namespace

FacetPatch facet_patch(const FacetRow& row, Side side) {
    const double y = side_sign(side), a = row.transverse_angle, b = row.tilt;
    FacetPatch p;
    p.centre = {row.centre_x, y * row.centre_y, row.centre_z};
    p.normal = {std::sin(a) * std::cos(b), y * std::cos(a) * std::cos(b), -std::sin(b)};
    p.up = (Eigen::Vector3d::UnitZ() - Eigen::Vector3d::UnitZ().dot(p.normal) * p.normal).normalized();
    p.across = p.up.cross(p.normal);
    p.width = row.width;
    p.height = row.height;
    p.curvature = default_curvature;
    p.gap = default_gap;
    return p;
}

FacetPatch fitted_facet(const ImportedFacet& facet, const engine::Pose& upper_body) {
    const TriangleSurface& s = facet.inferior;
    FORAMEN_EXPECTS(facet.given(), s.triangles.size());
    struct Piece {
        Eigen::Vector3d centre;
        double area;
    };
    std::vector<Piece> pieces;
    Eigen::Vector3d normal = Eigen::Vector3d::Zero(), centre = Eigen::Vector3d::Zero();
    double area = 0.0;
    for (const auto& t : s.triangles) {
        const Eigen::Vector3d half = 0.5 * (s.points[t[1]] - s.points[t[0]]).cross(s.points[t[2]] - s.points[t[0]]);
        pieces.push_back({(s.points[t[0]] + s.points[t[1]] + s.points[t[2]]) / 3.0, half.norm()});
        normal += half;
        centre += half.norm() * pieces.back().centre;
        area += half.norm();
    }
    centre /= area;
    FacetPatch p;
    p.centre = upper_body.local(centre);
    p.normal = upper_body.rotation.transpose() * normal.normalized();
    p.up = (Eigen::Vector3d::UnitZ() - Eigen::Vector3d::UnitZ().dot(p.normal) * p.normal).normalized();
    p.across = p.up.cross(p.normal);
    double across = 0.0, up = 0.0, bend = 0.0, fourth = 0.0;
    for (const Piece& piece : pieces) {
        const Eigen::Vector3d d = upper_body.local(piece.centre) - p.centre;
        const double t = d.dot(p.across);
        across += piece.area / area * t * t;
        up += piece.area / area * d.dot(p.up) * d.dot(p.up);
    }
    for (const Piece& piece : pieces) {  // depth below the middle plane is curvature/2 (t^2 - mean of t^2)
        const Eigen::Vector3d d = upper_body.local(piece.centre) - p.centre;
        const double shape = 0.5 * (d.dot(p.across) * d.dot(p.across) - across);
        bend -= piece.area * shape * d.dot(p.normal);
        fourth += piece.area * shape * shape;
    }
    p.width = std::sqrt(12.0 * across);
    p.height = std::sqrt(12.0 * up);
    p.curvature = fourth > 0.0 ? bend / fourth : 0.0;
    p.gap = median_gap(facet, normal.normalized());
    return p;
}

}  // namespace foramen::models
