#include "models/solid_parts.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::models {

using Eigen::Vector3d;

Tube::Tube(std::vector<TubeStation> stations, const Vector3d& up) {
    FORAMEN_EXPECTS(stations.size() >= 2, stations.size());
    for (std::size_t s = 0; s + 1 < stations.size(); ++s) {
        const Vector3d axis = stations[s + 1].centre - stations[s].centre;
        FORAMEN_EXPECTS(axis.norm() > 0.0, s);
        const Vector3d along = axis.normalized();
        const Vector3d across = along.cross(up).normalized();
        pieces_.push_back({stations[s], stations[s + 1], along, across, across.cross(along), axis.norm()});
    }
}

double Tube::piece_distance(const Piece& piece, const Vector3d& p) {
    const Vector3d offset = p - piece.from.centre;
    const double s = std::clamp(offset.dot(piece.along), 0.0, piece.length);
    const double share = s / piece.length;
    const double width = (1.0 - share) * piece.from.half_width + share * piece.to.half_width;
    const double height = (1.0 - share) * piece.from.half_height + share * piece.to.half_height;
    const Vector3d radii(std::min(width, height), width, height);
    const Vector3d local(offset.dot(piece.along) - s, offset.dot(piece.across), offset.dot(piece.up));
    // distance to an ellipsoid, first order: k0 (k0 - 1) / k1
    const double k0 = local.cwiseQuotient(radii).norm();
    const double k1 = local.cwiseQuotient(radii.cwiseAbs2()).norm();
    return k0 < 1e-6 ? -radii.minCoeff() : k0 * (k0 - 1.0) / k1;
}

double Tube::distance(const Vector3d& p) const {
    double d = piece_distance(pieces_.front(), p);
    for (std::size_t s = 1; s < pieces_.size(); ++s) {
        d = std::min(d, piece_distance(pieces_[s], p));
    }
    return d;
}

double Pad::distance(const Vector3d& p) const {
    const Vector3d offset = p - centre;
    const double plane = superellipse_distance(offset.dot(across), offset.dot(normal.cross(across)), half_width, half_height, 2.5);
    return smooth_intersection(plane, std::abs(offset.dot(normal)) - half_thickness, rounding);
}

double smooth_union(double a, double b, double radius) {
    const double overlap = std::max(radius - std::abs(a - b), 0.0) / radius;
    return std::min(a, b) - 0.25 * radius * overlap * overlap;
}

double smooth_intersection(double a, double b, double radius) { return -smooth_union(-a, -b, radius); }

double superellipse_distance(double x, double y, double a, double b, double n) {
    const double u = std::abs(x) / a, v = std::abs(y) / b;
    const double un = std::pow(u, n), vn = std::pow(v, n), q = std::pow(un + vn, 1.0 / n);
    if (q < 1e-6) return -std::min(a, b);
    // (q - 1) / |grad q| to first order; dq/du = (u/q)^(n-1) = u^n q / (u q^n)
    const double gx = u > 0.0 ? un * q / (u * (un + vn) * a) : 0.0, gy = v > 0.0 ? vn * q / (v * (un + vn) * b) : 0.0;
    return (q - 1.0) / std::hypot(gx, gy);
}

}  // namespace foramen::models
