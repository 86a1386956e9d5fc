#include "models/disc_state.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foramen::models {

namespace {

const DiscTissueRow& tissue_row(const SpineModel& model, int d, int element) {
    const DiscGradeRow& grade = model.geometry.tables.grades[model.spec.discs[d].grade - 1];
    switch (model.disc_mesh(d).tissue[element]) {
        case DiscTissue::nucleus: return grade.nucleus;
        case DiscTissue::annulus: return grade.annulus;
        case DiscTissue::cartilage: break;
    }
    return grade.endplate;
}

/// Weight of the pressure at a level of the disc, 0 to 1 from plate to plate.
double needle(double level) {
    const double s = 3.0 * (level - 0.5);
    return std::abs(s) < 1.0 ? (1.0 - s * s) * (1.0 - s * s) : 0.0;
}

}  // namespace

DiscState disc_state(const SpineModel& model, int d) {
    const engine::BiphasicDomain& domain = model.domain(d);
    const DiscMesh& disc = model.disc_mesh(d);
    std::vector<char> core(domain.mesh().element_count(), 0);
    for (const int e : disc.core) core[e] = 1;
    DiscState s{};
    double volume = 0.0;
    for (const engine::BiphasicBatch& batch : domain.batches()) {
        const engine::BatchUnknowns x = domain.gather(batch);
        for (int q = 0; q < 8; ++q) {
            const engine::BatchPoint at = engine::evaluate_point(batch, x, q);
            double upper = 0.0;  // share of the element's upper face at this point
            for (int a = 4; a < 8; ++a) upper += engine::hex8_shape(q, a);
            for (int lane = 0; lane < batch.filled; ++lane) {
                const int e = batch.element[lane];
                s.fluid_volume += at.volume[lane] - (1.0 - tissue_row(model, d, e).water_fraction) * batch.dV[q][lane];
                s.peak_fibre_strain = std::max(s.peak_fibre_strain, at.fibre_strain[lane]);
                if (!core[e]) continue;
                const double weight = at.volume[lane] * needle((1.0 - upper) * disc.level[e][0] + upper * disc.level[e][1]);
                volume += weight;
                s.fluid_pressure += weight * at.fluid_pressure[lane];
                s.osmotic_pressure += weight * at.osmotic_pressure[lane];
            }
        }
    }
    s.fluid_pressure /= volume;
    s.osmotic_pressure /= volume;
    s.pressure = s.fluid_pressure + s.osmotic_pressure;
    return s;
}

double posterior_bulge(const SpineModel& model, int d) {
    constexpr double sector = 0.6;  // rad each side of the mid-line
    const engine::BiphasicDomain& domain = model.domain(d);
    const DiscMesh& disc = model.disc_mesh(d);
    const Eigen::Vector3d behind = -model.system.poses[static_cast<int>(lower_body(d))].rotation.col(0);
    const int layers = domain.node_count() / disc.plan_nodes;
    const auto at = [&](int node) -> Eigen::Vector3d { return domain.mesh().nodes.col(node) + domain.u.segment<3>(3 * node); };
    double farthest = -1e300;
    for (const int n : disc.outline) {
        const Eigen::Vector3d reference = disc.mesh.nodes.col(n);
        if (std::abs(std::atan2(reference.y(), -reference.x())) > sector) continue;
        const int top = (layers - 1) * disc.plan_nodes + n;
        const Eigen::Vector3d low = at(n), high = at(top);
        for (int k = 1; k + 1 < layers; ++k) {
            const Eigen::Vector3d x = at(k * disc.plan_nodes + n);
            const double s = (x - low).dot(high - low) / (high - low).squaredNorm();
            farthest = std::max(farthest, (x - low - s * (high - low)).dot(behind));
        }
    }
    return farthest;
}

std::array<double, 5> disc_heights(const SpineModel& model, int d) {
    const Body lower = lower_body(d), upper = upper_body(d);
    const VertebraRow& below = model.geometry.vertebra(lower);
    const VertebraRow& above = model.geometry.vertebra(upper);
    const engine::Pose low = model.upper_plate(lower), high = model.lower_plate(upper);
    const engine::Pose &under = model.system.poses[static_cast<int>(lower)], &over = model.system.poses[static_cast<int>(upper)];
    const Eigen::Vector3d normal = (under.rotation * low.rotation.col(2) + over.rotation * high.rotation.col(2)).normalized();
    const double hollow = model.geometry.tables.discs[d].posterior_concavity;
    const auto distance = [&](double angle) {
        const Eigen::Vector3d towards(std::cos(angle), std::sin(angle), 0.0);
        const Eigen::Vector3d a = low.point(outline_radius(angle, below.endplate_width_upper, below.endplate_depth_upper, hollow) * towards);
        const Eigen::Vector3d b = high.point(outline_radius(angle, above.endplate_width_lower, above.endplate_depth_lower, hollow) * towards);
        return (over.point(b) - under.point(a)).dot(normal);
    };
    constexpr double pi = std::numbers::pi;
    return {disc_height(model, d), distance(0.0), distance(pi), distance(0.5 * pi), distance(-0.5 * pi)};
}

DiscFields disc_fields(const SpineModel& model, int d) {
    const engine::BiphasicDomain& domain = model.domain(d);
    const int nodes = domain.node_count(), elements = domain.mesh().element_count();
    DiscFields f;
    for (int n = 0; n < nodes; ++n) f.position.push_back(domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n));
    f.fluid_pressure.assign(domain.p.data(), domain.p.data() + nodes);
    f.osmotic_pressure.assign(nodes, 0.0);
    f.stress.assign(elements, {});
    f.flux.assign(elements, {});
    f.fluid_fraction.assign(elements, 0.0);
    f.fibre_strain.assign(elements, 0.0);
    std::vector<double> weight(nodes, 0.0), volume(elements, 0.0), reference(elements, 0.0);
    for (const engine::BiphasicBatch& batch : domain.batches()) {
        const engine::BatchUnknowns x = domain.gather(batch);
        for (int q = 0; q < 8; ++q) {
            const engine::BatchPoint at = engine::evaluate_point(batch, x, q);
            for (int lane = 0; lane < batch.filled; ++lane) {
                const int e = batch.element[lane];
                const double v = at.volume[lane];
                volume[e] += v;
                reference[e] += batch.dV[q][lane];
                for (int i = 0; i < 6; ++i) f.stress[e][i] += v * at.stress[i][lane];
                for (int i = 0; i < 3; ++i) f.flux[e][i] += v * at.flux[i][lane];
                f.fibre_strain[e] = std::max(f.fibre_strain[e], at.fibre_strain[lane]);
                for (int a = 0; a < 8; ++a) {
                    const double share = engine::hex8_shape(q, a) * v;
                    f.osmotic_pressure[batch.node[a][lane]] += share * at.osmotic_pressure[lane];
                    weight[batch.node[a][lane]] += share;
                }
            }
        }
    }
    for (int e = 0; e < elements; ++e) {
        for (double& s : f.stress[e]) s /= volume[e];
        for (double& w : f.flux[e]) w /= volume[e];
        f.fluid_fraction[e] = 1.0 - (1.0 - tissue_row(model, d, e).water_fraction) * reference[e] / volume[e];
    }
    for (int n = 0; n < nodes; ++n) {
        f.osmotic_pressure[n] /= weight[n];
        f.pressure.push_back(f.fluid_pressure[n] + f.osmotic_pressure[n]);
    }
    return f;
}

}  // namespace foramen::models
