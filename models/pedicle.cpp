#include "models/pedicle.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

constexpr double behind_isthmus = 3.0;  // mm: from the isthmus to the articular pillar, as in the foramen's outline
constexpr double shortest = 4.0;        // mm
constexpr double patch = 1.5;           // radii of the patch on the wall over those of the pedicle
constexpr int fewest_nodes = 6;

Eigen::Matrix<double, 3, 6> move_map(const Eigen::Vector3d& arm) {
    Eigen::Matrix<double, 3, 6> map;
    map << Eigen::Matrix3d::Identity(), -engine::skew(arm);
    return map;
}

/// Nodes of the cortex with the areas that belong to them.
std::vector<std::pair<int, double>> cortex_nodes(const engine::ElasticBodySpec& spec, int cortex_count) {
    std::vector<double> area(spec.mesh.node_count(), 0.0);
    for (int i = 0; i < cortex_count; ++i) {
        engine::Quad4Nodes X;
        for (int a = 0; a < 4; ++a) X.col(a) = spec.mesh.nodes.col(spec.membranes[i].nodes[a]);
        for (const int n : spec.membranes[i].nodes) area[n] += 0.25 * engine::quad_area(X);
    }
    std::vector<std::pair<int, double>> nodes;
    for (int n = 0; n < spec.mesh.node_count(); ++n)
        if (area[n] > 0.0) nodes.emplace_back(n, area[n]);
    return nodes;
}

/// Where the posterior wall stands at a place of the back view: x of the nearest node of its cortex.
double wall_x(const engine::ElasticBodySpec& spec, int cortex_count, double y, double z) {
    double nearest = 1e300, x = 0.0;
    for (const auto& [n, area] : cortex_nodes(spec, cortex_count)) {
        const Eigen::Vector3d at = spec.mesh.nodes.col(n);
        if (at.x() > 0.0) continue;
        const double distance = std::hypot(at.y() - y, at.z() - z);
        if (distance >= nearest) continue;
        nearest = distance;
        x = at.x();
    }
    return x;
}

}  // namespace

Pedicles::Pedicles(const VertebraRow& row, const SpineGeometry& g, const BoneRow& bone, const engine::ElasticBody& body, int cortex_count)
    : root_loads_(Eigen::MatrixXd::Zero(3 * body.node_count(), 12)), beams_(Eigen::Matrix<double, 24, 24>::Zero()) {
    for (const Side side : {Side::left, Side::right}) {
        const int s = static_cast<int>(side);
        const double y = side_sign(side) * row.pedicle_y, z = row.pedicle_z;
        const Eigen::Vector3d root(wall_x(body.spec(), cortex_count, y, z), y, z);
        ends_[s] = {std::min(row.pedicle_x - behind_isthmus * g.girth, root.x() - shortest), y, z};
        const Eigen::Vector2d radii(0.5 * row.pedicle_width, 0.5 * row.pedicle_height);
        const engine::EllipticBeam beam{root, ends_[s], Eigen::Vector3d::UnitZ(), radii.x(), radii.y(), {bone.posterior_modulus, bone.posterior_poisson}};
        const Eigen::Matrix<double, 12, 12> k = engine::beam_stiffness(beam);
        const int at_root = 6 * s, at_end = 12 + 6 * s;
        beams_.block<6, 6>(at_root, at_root) = k.topLeftCorner<6, 6>();
        beams_.block<6, 6>(at_root, at_end) = k.topRightCorner<6, 6>();
        beams_.block<6, 6>(at_end, at_root) = k.bottomLeftCorner<6, 6>();
        beams_.block<6, 6>(at_end, at_end) = k.bottomRightCorner<6, 6>();
        stand_on(body, cortex_count, s, root, patch * radii);
    }
}

/// The root's move is the rigid move nearest to that of the patch, weighted by areas and by (1 - rho^2)^2, rho the distance from
/// the root over the patch's radii in the back view.
void Pedicles::stand_on(const engine::ElasticBody& body, int cortex_count, int side, const Eigen::Vector3d& root, const Eigen::Vector2d& reach) {
    const auto nodes = cortex_nodes(body.spec(), cortex_count);
    std::vector<std::pair<int, double>> weighted;
    for (double scale = 1.0; static_cast<int>(weighted.size()) < fewest_nodes; scale *= 1.2) {
        FORAMEN_EXPECTS(scale < 10.0, side, scale);
        weighted.clear();
        for (const auto& [n, area] : nodes) {
            const Eigen::Vector3d d = body.spec().mesh.nodes.col(n) - root;
            const double rho = std::hypot(d.y() / (scale * reach.x()), d.z() / (scale * reach.y()));
            if (rho < 1.0 && std::abs(d.x()) < scale * reach.maxCoeff()) weighted.emplace_back(n, area * std::pow(1.0 - rho * rho, 2));
        }
    }
    Eigen::Matrix<double, 6, 6> normal = Eigen::Matrix<double, 6, 6>::Zero();
    for (const auto& [n, w] : weighted) {
        const Eigen::Matrix<double, 3, 6> map = move_map(body.spec().mesh.nodes.col(n) - root);
        normal += w * map.transpose() * map;
    }
    const Eigen::Matrix<double, 6, 6> inverse = normal.inverse();
    for (const auto& [n, w] : weighted)
        root_loads_.block<3, 6>(3 * n, 6 * side) = w * move_map(body.spec().mesh.nodes.col(n) - root) * inverse;
}

void Pedicles::join(const engine::StaticFields& fields, double arm, Eigen::MatrixXd& root_pull, Eigen::MatrixXd& stiffness) const {
    const auto m = static_cast<int>(fields.displacement.cols()), all = m + 6;
    Eigen::MatrixXd ends = Eigen::MatrixXd::Zero(24, all);  // moves of the beams' ends for all amplitudes
    ends.topLeftCorner(12, m) = root_loads_.transpose() * fields.displacement;
    for (int s = 0; s < 2; ++s) {
        ends.block<3, 6>(12 + 6 * s, m) = move_map(ends_[s]);
        ends.block<3, 3>(15 + 6 * s, m + 3).setIdentity();
    }
    ends.rightCols<3>() /= arm;
    stiffness = ends.transpose() * beams_ * ends;
    stiffness.topLeftCorner(m, m) += fields.displacement.transpose() * fields.load;
    root_pull = -(beams_.topRows<12>() * ends);
}

}  // namespace foramen::models
