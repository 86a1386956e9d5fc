#include "engine/system/elastic_body.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/system/pose.hpp"

namespace foramen::engine {

namespace {

/// [I, -skew(x)]: displacement of a point at x for a small move of its frame.
Eigen::Matrix<double, 3, 6> rigid_map(const Eigen::Vector3d& x) {
    Eigen::Matrix<double, 3, 6> map;
    map.leftCols<3>().setIdentity();
    map.rightCols<3>() = -skew(x);
    return map;
}

Eigen::MatrixXd orthonormal(const Eigen::MatrixXd& v) {
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(v);
    return qr.householderQ() * Eigen::MatrixXd::Identity(v.rows(), v.cols());
}

}  // namespace

ElasticBody::ElasticBody(ElasticBodySpec spec) : spec_(std::move(spec)) {
    FORAMEN_EXPECTS(static_cast<int>(spec_.solids.size()) == spec_.mesh.element_count(), spec_.solids.size(), spec_.mesh.element_count());
    FORAMEN_EXPECTS(spec_.areas.size() == spec_.interface.size() && !spec_.interface.empty(), spec_.areas.size(), spec_.interface.size());
    const MeshQuality quality = mesh_quality(spec_.mesh);
    FORAMEN_EXPECTS(quality.min_scaled_jacobian > 0.0, quality.min_scaled_jacobian, quality.worst_element);
    root_area_.resize(3 * static_cast<int>(spec_.interface.size()));
    for (std::size_t i = 0; i < spec_.interface.size(); ++i) {
        root_area_.segment<3>(3 * static_cast<int>(i)).setConstant(std::sqrt(spec_.areas[i]));
        area_ += spec_.areas[i];
    }
    number_unknowns();
    build_pattern();
    factor();
    if (!floats()) return;
    const Eigen::MatrixXd R = rigid_moves(), weighted = root_area_.cwiseAbs2().asDiagonal() * from_interface(R);
    spread_ = on_interface(weighted * (from_interface(R).transpose() * weighted).inverse());
}

void ElasticBody::number_unknowns() {
    unknown_.assign(node_count(), 0);
    for (const int n : spec_.held) unknown_[n] = -1;
    int next = 0;
    for (int& u : unknown_) {
        if (u < 0) continue;
        u = next;
        next += 3;
    }
    FORAMEN_EXPECTS(next > 0, next);
    pattern_.n = next;
}

void ElasticBody::build_pattern() {
    std::vector<std::vector<int>> neighbours(node_count());
    for (const auto& element : spec_.mesh.elements)
        for (const int a : element)
            for (const int b : element)
                if (unknown_[b] >= 0) neighbours[a].push_back(unknown_[b]);
    pattern_.column_start.assign(1, 0);
    for (int node = 0; node < node_count(); ++node) {
        if (unknown_[node] < 0) continue;
        std::vector<int>& list = neighbours[node];
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
        for (int axis = 0; axis < 3; ++axis) {
            const int column = unknown_[node] + axis;
            pattern_.node_of.push_back(column / 3);
            for (const int first : list)
                for (int i = 0; i < 3; ++i)
                    if (first + i >= column) pattern_.row.push_back(first + i);
            pattern_.column_start.push_back(static_cast<int>(pattern_.row.size()));
        }
    }
}

void ElasticBody::add(std::vector<double>& values, const int* nodes, int count, const Eigen::MatrixXd& k) const {
    for (int j = 0; j < 3 * count; ++j) {
        if (unknown_[nodes[j / 3]] < 0) continue;
        const int column = unknown_[nodes[j / 3]] + j % 3;
        const auto first = pattern_.row.begin() + pattern_.column_start[column], last = pattern_.row.begin() + pattern_.column_start[column + 1];
        for (int i = 0; i < 3 * count; ++i) {
            if (unknown_[nodes[i / 3]] < 0) continue;
            const int row = unknown_[nodes[i / 3]] + i % 3;
            if (row >= column) values[std::lower_bound(first, last, row) - pattern_.row.begin()] += k(i, j);
        }
    }
}

/// Six springs that hold a floating body at three nodes without redundance. Balanced loads leave them without force: they choose
/// one of the solutions that differ by a rigid move, and their size is of no importance.
std::vector<std::pair<int, Eigen::Matrix3d>> ElasticBody::statically_determinate_support() const {
    const auto at = [&](int n) -> Eigen::Vector3d { return spec_.mesh.nodes.col(n); };
    const auto farthest = [&](const auto& distance) {
        return *std::max_element(spec_.interface.begin(), spec_.interface.end(), [&](int a, int b) { return distance(a) < distance(b); });
    };
    const int a = spec_.interface.front(), b = farthest([&](int n) { return (at(n) - at(a)).norm(); });
    const Eigen::Vector3d line = (at(b) - at(a)).normalized();
    const int c = farthest([&](int n) { return line.cross(at(n) - at(a)).norm(); });
    const Eigen::Vector3d normal = line.cross(at(c) - at(a)).normalized();
    const double k = spec_.solids.front().youngs_modulus * (at(b) - at(a)).norm();
    return {{a, k * Eigen::Matrix3d::Identity()},
            {b, k * (Eigen::Matrix3d::Identity() - line * line.transpose())},
            {c, k * normal * normal.transpose()}};
}

void ElasticBody::factor() {
    std::vector<double> values(pattern_.row.size(), 0.0);
    for (int e = 0; e < spec_.mesh.element_count(); ++e) {
        Hex8Nodes X;
        for (int a = 0; a < 8; ++a) X.col(a) = spec_.mesh.nodes.col(spec_.mesh.elements[e][a]);
        add(values, spec_.mesh.elements[e].data(), 8, hex8_stiffness(X, spec_.solids[e]));
    }
    for (const ElasticBodySpec::Membrane& m : spec_.membranes) {
        Quad4Nodes X;
        for (int a = 0; a < 4; ++a) X.col(a) = spec_.mesh.nodes.col(m.nodes[a]);
        add(values, m.nodes.data(), 4, membrane_stiffness(X, m.law, m.thickness));
    }
    if (floats())
        for (const auto& [node, k] : statically_determinate_support()) add(values, &node, 1, k);
    solver_ = make_linear_solver(SolverKind::supernodal_f64, pattern_);
    const FactorReport made = solver_->factor(values);
    FORAMEN_EXPECTS(made.ok && made.negative_pivots == 0, made.ok, made.negative_pivots);
}

Eigen::MatrixXd ElasticBody::rigid_moves() const {
    Eigen::MatrixXd R(3 * node_count(), 6);
    for (int n = 0; n < node_count(); ++n) R.middleRows<3>(3 * n) = rigid_map(spec_.mesh.nodes.col(n));
    return R;
}

Eigen::MatrixXd ElasticBody::on_interface(const Eigen::MatrixXd& v) const {
    Eigen::MatrixXd all = Eigen::MatrixXd::Zero(3 * node_count(), v.cols());
    for (std::size_t i = 0; i < spec_.interface.size(); ++i) all.middleRows<3>(3 * spec_.interface[i]) = v.middleRows<3>(3 * static_cast<int>(i));
    return all;
}

Eigen::MatrixXd ElasticBody::from_interface(const Eigen::MatrixXd& u) const {
    Eigen::MatrixXd v(3 * static_cast<int>(spec_.interface.size()), u.cols());
    for (std::size_t i = 0; i < spec_.interface.size(); ++i) v.middleRows<3>(3 * static_cast<int>(i)) = u.middleRows<3>(3 * spec_.interface[i]);
    return v;
}

StaticFields ElasticBody::solve(Eigen::MatrixXd loads) const {
    FORAMEN_EXPECTS(loads.rows() == 3 * node_count(), loads.rows(), node_count());
    const Eigen::MatrixXd R = rigid_moves();
    if (floats()) loads -= spread_ * (R.transpose() * loads);
    Eigen::MatrixXd x(pattern_.n, loads.cols());
    for (int n = 0; n < node_count(); ++n)
        if (unknown_[n] >= 0) x.middleRows<3>(unknown_[n]) = loads.middleRows<3>(3 * n);
    solver_->solve({x.data(), static_cast<std::size_t>(x.size())}, static_cast<int>(x.cols()));
    StaticFields out{Eigen::MatrixXd::Zero(loads.rows(), loads.cols()), std::move(loads)};
    for (int n = 0; n < node_count(); ++n)
        if (unknown_[n] >= 0) out.displacement.middleRows<3>(3 * n) = x.middleRows<3>(unknown_[n]);
    if (floats()) out.displacement -= R * (spread_.transpose() * out.displacement);
    return out;
}

/// Products of powers of x and y, up to the third, in each direction, on the interface's parts above and below the origin apart:
/// where the search for the softest shapes begins.
Eigen::MatrixXd ElasticBody::smooth_tractions() const {
    constexpr int powers[10][2] = {{0, 0}, {1, 0}, {0, 1}, {2, 0}, {1, 1}, {0, 2}, {3, 0}, {2, 1}, {1, 2}, {0, 3}};
    const auto n = static_cast<int>(spec_.interface.size());
    Eigen::MatrixXd v = Eigen::MatrixXd::Zero(3 * n, 60);
    double reach = 0.0;
    for (const int node : spec_.interface) reach = std::max(reach, spec_.mesh.nodes.col(node).head<2>().norm());
    for (int i = 0; i < n; ++i) {
        const Eigen::Vector3d x = spec_.mesh.nodes.col(spec_.interface[i]);
        for (int k = 0; k < 10; ++k) {
            const double value = std::pow(x.x() / reach, powers[k][0]) * std::pow(x.y() / reach, powers[k][1]);
            for (int axis = 0; axis < 3; ++axis) v(3 * i + axis, 6 * k + 2 * axis + (x.z() > 0.0 ? 1 : 0)) = root_area_[3 * i] * value;
        }
    }
    if (!floats()) {  // one part only
        Eigen::MatrixXd half(3 * n, 30);
        for (int k = 0; k < 30; ++k) half.col(k) = v.col(2 * k) + v.col(2 * k + 1);
        return half;
    }
    return v;
}

StaticFields ElasticBody::modes(int count) const {
    FORAMEN_EXPECTS(count > 0 && count <= interface_freedoms(), count, interface_freedoms());
    constexpr int sweeps = 4;
    const auto n = static_cast<int>(root_area_.size());
    Eigen::MatrixXd v = smooth_tractions();
    const bool all = count + 8 > v.cols() || v.cols() >= n;  // the whole interface in place of a search
    if (all) v = Eigen::MatrixXd::Identity(n, n);
    const auto compliance = [&](const Eigen::MatrixXd& w) -> Eigen::MatrixXd {
        return root_area_.asDiagonal() * from_interface(solve(on_interface(root_area_.asDiagonal() * w)).displacement);
    };
    for (int sweep = 0; sweep < (all ? 1 : sweeps); ++sweep) {
        v = orthonormal(v);
        const Eigen::MatrixXd w = compliance(v);
        Eigen::MatrixXd h = v.transpose() * w;
        h = (0.5 * (h + h.transpose())).eval();
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(h);
        v = (all ? v : w) * eigen.eigenvectors().rowwise().reverse();
        if (all) break;
    }
    StaticFields fields = solve(on_interface(root_area_.asDiagonal() * v.leftCols(count)));
    scale(fields);
    return fields;
}

double ElasticBody::interface_mean(const Eigen::VectorXd& displacement) const {
    return from_interface(displacement).cwiseProduct(root_area_).norm() / std::sqrt(area_);
}

void ElasticBody::scale(StaticFields& fields) const {
    for (Eigen::Index k = 0; k < fields.load.cols(); ++k) {
        const double size = interface_mean(fields.displacement.col(k));
        fields.displacement.col(k) /= size;
        fields.load.col(k) /= size;
    }
}

StaticFields ElasticBody::independent(const StaticFields& fields, double smallest) const {
    Eigen::MatrixXd energy = fields.displacement.transpose() * fields.load;
    energy = (0.5 * (energy + energy.transpose())).eval();
    const Eigen::VectorXd unit = energy.diagonal().cwiseSqrt().cwiseInverse();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(unit.asDiagonal() * energy * unit.asDiagonal());
    const Eigen::VectorXd& values = eigen.eigenvalues();  // ascending
    const auto kept = static_cast<Eigen::Index>((values.array() > smallest * values.tail<1>()[0]).count());
    const Eigen::MatrixXd mix = unit.asDiagonal() * eigen.eigenvectors().rightCols(kept).rowwise().reverse();
    StaticFields out{fields.displacement * mix, fields.load * mix};
    scale(out);
    return out;
}

}  // namespace foramen::engine
