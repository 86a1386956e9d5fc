#include "models/plate_fit.hpp"

#include <algorithm>
#include <limits>

#include "engine/core/contract.hpp"
#include "engine/mesh/boundary_faces.hpp"

namespace foramen::models {

namespace {

/// Frame with z along a normal and x as near to anterior as it goes.
Eigen::Matrix3d sagittal_frame(const Eigen::Vector3d& normal) {
    Eigen::Matrix3d r;
    r.col(2) = normal.normalized();
    r.col(1) = r.col(2).cross(Eigen::Vector3d::UnitX()).normalized();
    r.col(0) = r.col(1).cross(r.col(2));
    return r;
}

/// Unit normal of the plane through points by least squares, cranial.
Eigen::Vector3d plane_normal(const std::vector<Eigen::Vector3d>& points, const Eigen::Vector3d& middle) {
    Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
    for (const Eigen::Vector3d& x : points) spread += (x - middle) * (x - middle).transpose();
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> axes(spread);
    const Eigen::Vector3d normal = axes.eigenvectors().col(0);
    return normal.z() < 0.0 ? Eigen::Vector3d(-normal) : normal;
}

Eigen::Vector3d mean(const std::vector<Eigen::Vector3d>& points) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (const Eigen::Vector3d& x : points) sum += x;
    return sum / static_cast<double>(points.size());
}

/// Extents of the rim in its frame; the frame's origin goes to their middle.
PlateFit measured(const std::vector<Eigen::Vector3d>& rim, const Eigen::Matrix3d& rotation, const Eigen::Vector3d& in_plane) {
    constexpr double middle_share = 0.12;  // of the half width: what counts as the middle of the hind rim
    PlateFit fit{{rotation, in_plane}, 0.0, 0.0, 0.0, 0.0, 0.0};
    Eigen::Vector3d low = Eigen::Vector3d::Constant(std::numeric_limits<double>::infinity()), high = -low;
    for (const Eigen::Vector3d& x : rim) {
        low = low.cwiseMin(fit.frame.local(x));
        high = high.cwiseMax(fit.frame.local(x));
    }
    fit.depth = high.x() - low.x();
    fit.width = high.y() - low.y();
    fit.frame.origin = fit.frame.point({0.5 * (low.x() + high.x()), 0.5 * (low.y() + high.y()), 0.0});
    double middle = std::numeric_limits<double>::infinity();
    for (const Eigen::Vector3d& x : rim) {
        const Eigen::Vector3d local = fit.frame.local(x);
        if (local.x() < 0.0 && std::abs(local.y()) < middle_share * 0.5 * fit.width) middle = std::min(middle, local.x());
    }
    if (middle < 0.0) fit.concavity = middle + 0.5 * fit.depth;
    return fit;
}

}  // namespace

std::vector<char> flagged(const engine::HexMesh& mesh, const std::string& set) {
    std::vector<char> in(static_cast<std::size_t>(mesh.node_count()), 0);
    for (const int n : mesh.node_set(set)) in[n] = 1;
    return in;
}

PlateFit fit_plate(const ImportedDisc& disc, const std::string& set) {
    const std::vector<char> on_plate = flagged(disc.mesh, set), other = flagged(disc.mesh, set == "lower" ? "upper" : "lower");
    std::vector<char> outside(on_plate.size(), 0);
    Eigen::Vector3d area = Eigen::Vector3d::Zero();
    for (const engine::BoundaryFace& face : engine::boundary_faces(disc.mesh)) {
        const auto all_in = [&](const std::vector<char>& nodes) {
            return std::all_of(face.nodes.begin(), face.nodes.end(), [&](int n) { return nodes[n]; });
        };
        if (all_in(on_plate))
            area += engine::face_area(disc.mesh, face);
        else if (!all_in(other))
            for (const int n : face.nodes) outside[n] = 1;
    }
    std::vector<Eigen::Vector3d> rim;
    for (int n = 0; n < disc.mesh.node_count(); ++n)
        if (on_plate[n] && outside[n]) rim.emplace_back(disc.mesh.nodes.col(n));
    FORAMEN_EXPECTS(rim.size() >= 3, set, rim.size());
    const Eigen::Vector3d middle = mean(rim), normal = plane_normal(rim, middle);
    PlateFit fit = measured(rim, sagittal_frame(normal), middle);
    fit.area = std::abs(area.dot(normal));
    const double into_bone = set == "lower" ? -1.0 : 1.0;
    for (const int n : disc.mesh.node_set(set))
        fit.hollow = std::max(fit.hollow, into_bone * fit.frame.local(disc.mesh.nodes.col(n)).z());
    return fit;
}

PlateFit fit_plate(const TriangleSurface& body, const Eigen::Vector3d& axis) {
    constexpr double facing = 0.8;  // cosine to the axis: the plate, not the walls
    const Eigen::Vector3d middle = mean(body.points);
    std::vector<Eigen::Vector3d> plate;
    double area = 0.0;
    for (const auto& t : body.triangles) {
        const Eigen::Vector3d &a = body.points[t[0]], &b = body.points[t[1]], &c = body.points[t[2]];
        const Eigen::Vector3d twice = (b - a).cross(c - a), centre = (a + b + c) / 3.0;
        if (std::abs(twice.dot(axis)) < facing * twice.norm() || (centre - middle).dot(axis) < 0.0) continue;
        plate.push_back(centre);
        area += 0.5 * std::abs(twice.dot(axis));
    }
    FORAMEN_EXPECTS(plate.size() >= 3, body.triangles.size());
    const Eigen::Vector3d centre = mean(plate);
    PlateFit fit = measured(plate, sagittal_frame(plane_normal(plate, centre)), centre);
    fit.area = area;
    fit.concavity = 0.0;
    return fit;
}

}  // namespace foramen::models
