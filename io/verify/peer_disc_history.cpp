#include "io/verify/peer_disc_history.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "io/verify/reference_curve.hpp"

namespace foramen::io {

namespace {

/// Places of the peer's probes [mm].
const std::array<std::pair<const char*, Eigen::Vector3d>, 5> probes{{{"centre", {0.0, 0.0, 5.5}},
                                                                     {"np_quarter", {8.3402, 0.0, 5.5}},
                                                                     {"np_af_lateral", {16.3936, 0.0, 5.5}},
                                                                     {"af_mid_lateral", {20.5675, 0.0, 5.5}},
                                                                     {"centre_low", {0.0, 0.0, 3.3028}}}};

/// Largest deviation of a node from the mean of its neighbours [MPa]; first and last inner node left out.
double checkerboard(const Eigen::VectorXd& p, const std::vector<int>& line) {
    double worst = 0.0;
    for (std::size_t k = 2; k + 2 < line.size(); ++k)
        worst = std::max(worst, std::abs(p[line[k]] - 0.5 * (p[line[k - 1]] + p[line[k + 1]])));
    return worst;
}

/// Largest growth of the distance from the axis [mm].
double bulge(const engine::BiphasicDomain& domain, const std::vector<int>& nodes) {
    double largest = -1e300;
    for (const int n : nodes) {
        const Eigen::Vector2d before = domain.mesh().nodes.col(n).head<2>();
        largest = std::max(largest, (before + domain.u.segment<2>(3 * n)).norm() - before.norm());
    }
    return largest;
}

long milliseconds(double time) { return std::lround(1e3 * time); }

}  // namespace

PeerDiscHistory::PeerDiscHistory(const PeerDiscMesh& disc)
    : node_number_(disc.node_number),
      centre_line_(centre_line(disc.mesh)),
      equator_(equator(disc.mesh)),
      in_nucleus_(disc.mesh.elements.size(), 0) {
    for (const auto& [name, place] : probes) probes_.push_back(nearest_node(disc.mesh, place));
    for (const int e : disc.mesh.element_sets.at("NUCLEUS")) in_nucleus_[static_cast<std::size_t>(e)] = 1;
}

void PeerDiscHistory::compare_nodes(const std::filesystem::path& folder) {
    const std::string before = "febio-nodes_t";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string name = file.path().stem().string();
        if (!name.starts_with(before) || file.path().extension() != ".csv") continue;
        const ReferenceCurve u[3] = {read_reference_curve(file, "ux"), read_reference_curve(file, "uy"),
                                     read_reference_curve(file, "uz")};
        const ReferenceCurve p = read_reference_curve(file, "p");
        NodeTable table{{}, Eigen::Matrix3Xd(3, static_cast<Eigen::Index>(p.x.size())), p.y};
        for (std::size_t i = 0; i < p.x.size(); ++i) {
            const auto found = std::find(node_number_.begin(), node_number_.end(), static_cast<int>(p.x[i]));
            if (found == node_number_.end())
                throw std::runtime_error(file.path().string() + ": a node that the mesh does not have");
            table.node.push_back(static_cast<int>(found - node_number_.begin()));
            table.u.col(static_cast<Eigen::Index>(i)) << u[0].y[i], u[1].y[i], u[2].y[i];
        }
        tables_[milliseconds(std::stod(name.substr(before.size())))] = std::move(table);
    }
}

void PeerDiscHistory::on_step(const engine::StepView& view) {
    const engine::BiphasicDomain& domain = view.system.domains[0];
    record("plate", "mm", view.time, view.system.poses[0].origin.z());
    for (std::size_t i = 0; i < probes_.size(); ++i) record(probes[i].first, "MPa", view.time, domain.p[probes_[i]]);
    record_means(domain, view.time);
    record("bulge", "mm", view.time, bulge(domain, equator_));
    record("checker", "MPa", view.time, checkerboard(domain.p, centre_line_));
    if (const auto table = tables_.find(milliseconds(view.time)); table != tables_.end())
        record_nodes(domain, view.time, table->second);
}

void PeerDiscHistory::record_means(const engine::BiphasicDomain& domain, double time) {
    double rest[2] = {0.0, 0.0}, volume[2] = {0.0, 0.0}, pressure[2] = {0.0, 0.0};
    for (const engine::BiphasicBatch& batch : domain.batches()) {
        const engine::BatchUnknowns x = domain.gather(batch);
        for (int q = 0; q < 8; ++q) {
            const engine::BatchPoint at = engine::evaluate_point(batch, x, q);
            for (int lane = 0; lane < batch.filled; ++lane) {
                const int tissue = in_nucleus_[static_cast<std::size_t>(batch.element[lane])];
                rest[tissue] += batch.dV[q][lane];
                volume[tissue] += at.volume[lane];
                pressure[tissue] += at.volume[lane] * at.fluid_pressure[lane];
            }
        }
    }
    record("nucleus_p", "MPa", time, pressure[1] / volume[1]);
    record("annulus_p", "MPa", time, pressure[0] / volume[0]);
    record("nucleus_V", "", time, volume[1] / rest[1]);
    record("annulus_V", "", time, volume[0] / rest[0]);
}

void PeerDiscHistory::record_nodes(const engine::BiphasicDomain& domain, double time, const NodeTable& table) {
    double worst_u = 0.0, worst_p = 0.0;
    for (std::size_t i = 0; i < table.node.size(); ++i) {
        const int n = table.node[i];
        worst_u = std::max(worst_u, (domain.u.segment<3>(3 * n) - table.u.col(static_cast<Eigen::Index>(i))).norm());
        worst_p = std::max(worst_p, std::abs(domain.p[n] - table.p[i]));
    }
    record("node_u", "mm", time, worst_u);
    record("node_p", "MPa", time, worst_p);
}

void PeerDiscHistory::record(const char* name, const char* unit, double time, double value) {
    auto trace = std::find_if(traces_.begin(), traces_.end(), [&](const models::Trace& t) { return t.name == name; });
    if (trace == traces_.end()) trace = traces_.insert(trace, {name, unit, {}, "s", {}});
    trace->x.push_back(time);
    trace->y.push_back(value);
}

std::vector<models::Trace> PeerDiscHistory::traces() const { return traces_; }

}  // namespace foramen::io
