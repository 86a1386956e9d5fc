#include "engine/elements/cable.hpp"

#include <cmath>

namespace foramen::engine {

double Cable::length(std::span<const Pose> poses) const {
    double length = 0.0;
    for (std::size_t k = 0; k + 1 < path.size(); ++k) length += (path[k + 1].position(poses) - path[k].position(poses)).norm();
    return length;
}

namespace {

struct PathPoint {
    int body;
    Eigen::Vector3d x, r, dL = Eigen::Vector3d::Zero();  // position, arm, d(length)/dx
};

template <int count>
using Directions = Eigen::Matrix<double, 6, count>;  // columns over the moves of a body

/// d(f . x)/d(moves of the body) for a direction f at a point.
Vector6 at_moves(const PathPoint& p, const Eigen::Vector3d& f) {
    Vector6 out;
    out << f, p.r.cross(f);
    return out;
}

/// A unit vector across d.
Eigen::Vector3d across(const Eigen::Vector3d& d) {
    const Eigen::Vector3d axis = std::abs(d.x()) < 0.6 ? Eigen::Vector3d::UnitX() : Eigen::Vector3d::UnitY();
    return d.cross(axis).normalized();
}

/// A diag(scale) A^T for the moves of one body.
template <int count>
void add_own(BodySystem& system, int a, const Directions<count>& A, const Eigen::Matrix<double, count, 1>& scale) {
    if (a != ground) system.hessian.block<6, 6>(6 * a, 6 * a) += (A * scale.asDiagonal()).eval().lazyProduct(A.transpose());
}

/// A diag(scale) B^T between the moves of two bodies, and its transpose.
template <int count>
void add_between(BodySystem& system, int a, const Directions<count>& A, int b, const Directions<count>& B, const Eigen::Matrix<double, count, 1>& scale) {
    if (a == ground || b == ground) return;
    const Matrix6 block = (A * scale.asDiagonal()).eval().lazyProduct(B.transpose());
    system.hessian.block<6, 6>(6 * a, 6 * b) += block;
    system.hessian.block<6, 6>(6 * b, 6 * a) += block.transpose();
}

/// sum of scale w w^T, each w over the moves at two points.
template <int count>
void add_pair(BodySystem& system, int a, const Directions<count>& A, int b, const Directions<count>& B, const Eigen::Matrix<double, count, 1>& scale) {
    add_own<count>(system, a, A, scale);
    add_own<count>(system, b, B, scale);
    add_between<count>(system, a, A, b, B, scale);
}

/// T d2L of the span between two points: stiffness T/span along both directions across it; and (dT/dL) dL dL^T if it is the whole path.
void add_span(BodySystem& system, const PathPoint& a, const PathPoint& b, const Eigen::Vector3d& direction, double stiffness, const double* along) {
    const Eigen::Vector3d e = across(direction), f = direction.cross(e);
    Directions<3> at_a, at_b;
    at_a << at_moves(a, -e), at_moves(a, -f), at_moves(a, -direction);
    at_b << at_moves(b, e), at_moves(b, f), at_moves(b, direction);
    if (along != nullptr)
        add_pair<3>(system, a.body, at_a, b.body, at_b, {stiffness, stiffness, *along});
    else
        add_pair<2>(system, a.body, at_a.leftCols<2>(), b.body, at_b.leftCols<2>(), {stiffness, stiffness});
}

}  // namespace

void Cable::add_to(BodySystem& system, std::span<const Pose> poses) const {
    thread_local std::vector<PathPoint> points;  // a session comes here some million times
    points.clear();
    double total = 0.0;
    for (const BodyPoint& p : path) {
        const Eigen::Vector3d r = p.arm(poses);
        points.push_back({p.body, p.body == ground ? p.local : Eigen::Vector3d(poses[p.body].origin + r), r});
        if (points.size() > 1) total += (points.back().x - points[points.size() - 2].x).norm();
    }
    const Tension t = tension(law, total);
    if (t.force == 0.0 && t.stiffness == 0.0) return;
    for (std::size_t k = 0; k + 1 < points.size(); ++k) {
        const Eigen::Vector3d d = points[k + 1].x - points[k].x;
        const double span = d.norm();
        const Eigen::Vector3d direction = d / span;
        points[k].dL -= direction;
        points[k + 1].dL += direction;
        if (system.wants_hessian()) add_span(system, points[k], points[k + 1], direction, t.force / span, points.size() == 2 ? &t.stiffness : nullptr);
    }
    for (const PathPoint& p : points) {
        system.add_gradient(p.body, p.r, t.force * p.dL);
        system.add_arm_curvature(p.body, p.r, t.force * p.dL);
    }
    if (!system.wants_hessian() || t.stiffness == 0.0 || points.size() == 2) return;
    const Eigen::Matrix<double, 1, 1> scale(t.stiffness);
    for (std::size_t k = 0; k < points.size(); ++k) {
        const Vector6 at_k = at_moves(points[k], points[k].dL);
        add_own<1>(system, points[k].body, at_k, scale);
        for (std::size_t m = 0; m < k; ++m) add_between<1>(system, points[k].body, at_k, points[m].body, at_moves(points[m], points[m].dL), scale);
    }
}

void PointForce::add_to(BodySystem& system, std::span<const Pose> poses) const {
    const Eigen::Vector3d r = point.arm(poses);
    system.add_gradient(point.body, r, -force);
    system.add_arm_curvature(point.body, r, -force);
}

}  // namespace foramen::engine
