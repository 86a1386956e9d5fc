#include "models/disc_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace foramen::models {

namespace {

/// Level of an integration point in the stress-free mesh, 0 to 1 from plate to plate.
double level_at(const DiscMesh& disc, int e, int q) {
    if (disc.has_layers()) {
        double upper = 0.0;  // share of the element's upper face at this point
        for (int a = 4; a < 8; ++a) upper += engine::hex8_shape(q, a);
        return (1.0 - upper) * disc.level[e][0] + upper * disc.level[e][1];
    }
    double level = 0.0;
    for (int a = 0; a < 8; ++a) level += engine::hex8_shape(q, a) * disc.node_level[disc.mesh.elements[e][a]];
    return level;
}

/// Weight of the pressure at a level of the disc, 0 to 1 from plate to plate.
double needle(double level) {
    const double s = 3.0 * (level - 0.5);
    return std::abs(s) < 1.0 ? (1.0 - s * s) * (1.0 - s * s) : 0.0;
}

/// Where an integration point is now.
Eigen::Vector3d place(const engine::BiphasicDomain& domain, const engine::BiphasicBatch& batch, int q, int lane) {
    Eigen::Vector3d x = Eigen::Vector3d::Zero();
    for (int a = 0; a < 8; ++a) {
        const int n = batch.node[a][lane];
        x += engine::hex8_shape(q, a) * (domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n));
    }
    return x;
}

/// The largest eigenvalue of the total Cauchy stress of one lane [MPa] if it is larger than `known`, else that: closed form for symmetric
/// 3 x 3 (Smith 1961 Commun ACM 4:168).
double largest_principal(const engine::BatchPoint& at, int lane, double known) {
    const auto s = [&](int i) { return at.stress[static_cast<std::size_t>(i)][lane]; };
    const double mean = (s(0) + s(1) + s(2)) / 3.0, xx = s(0) - mean, yy = s(1) - mean, zz = s(2) - mean, xy = s(3), yz = s(4), xz = s(5);
    const double size = std::sqrt((xx * xx + yy * yy + zz * zz + 2.0 * (xy * xy + yz * yz + xz * xz)) / 6.0);
    if (mean + 2.0 * size <= known) return known;  // the cosine below is at most 1
    if (size == 0.0) return mean;
    const double third = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
    const double angle = std::acos(std::clamp(0.5 * third / (size * size * size), -1.0, 1.0)) / 3.0;
    return std::max(known, mean + 2.0 * size * std::cos(angle));
}

}  // namespace

const DiscTissueRow& tissue_row(const SpineModel& model, int d, int element) {
    const DiscGradeRow& grade = model.geometry.tables.grades[model.spec.discs[d].grade - 1];
    switch (model.disc_mesh(d).tissue[element]) {
        case DiscTissue::nucleus: return grade.nucleus;
        case DiscTissue::annulus: return grade.annulus;
        case DiscTissue::cartilage: break;
    }
    return grade.endplate;
}

DiscState disc_state(const SpineModel& model, int d) {
    const engine::BiphasicDomain& domain = model.domain(d);
    const DiscMesh& disc = model.disc_mesh(d);
    std::vector<char> core(domain.mesh().element_count(), 0);
    for (const int e : disc.core) core[e] = 1;
    DiscState s{};
    s.peak_fibre_place.setConstant(std::numeric_limits<double>::quiet_NaN());
    s.peak_principal_stress = -std::numeric_limits<double>::infinity();
    double volume = 0.0;
    for (const engine::BiphasicBatch& batch : domain.batches()) {
        const engine::BatchUnknowns x = domain.gather(batch);
        for (int q = 0; q < 8; ++q) {
            const engine::BatchPoint at = engine::evaluate_point(batch, x, q);
            for (int lane = 0; lane < batch.filled; ++lane) {
                const int e = batch.element[lane];
                s.fluid_volume += at.volume[lane] - (1.0 - tissue_row(model, d, e).water_fraction) * batch.dV[q][lane];
                if (at.fibre_strain[lane] > s.peak_fibre_strain) {
                    s.peak_fibre_strain = at.fibre_strain[lane];
                    s.peak_fibre_place = place(domain, batch, q, lane);
                }
                if (disc.tissue[e] == DiscTissue::annulus) s.peak_principal_stress = largest_principal(at, lane, s.peak_principal_stress);
                if (!core[e]) continue;
                const double weight = at.volume[lane] * needle(level_at(disc, e, q));
                volume += weight;
                s.fluid_pressure += weight * at.fluid_pressure[lane];
                s.osmotic_pressure += weight * at.osmotic_pressure[lane];
            }
        }
    }
    s.peak_fibre_place = model.system.poses[static_cast<int>(lower_body(d))].local(s.peak_fibre_place);
    s.fluid_pressure /= volume;
    s.osmotic_pressure /= volume;
    s.pressure = s.fluid_pressure + s.osmotic_pressure;
    return s;
}

double posterior_bulge(const SpineModel& model, int d) {
    const engine::BiphasicDomain& domain = model.domain(d);
    const Eigen::Vector3d behind = -model.system.poses[static_cast<int>(lower_body(d))].rotation.col(0);
    const auto at = [&](int node) -> Eigen::Vector3d { return domain.mesh().nodes.col(node) + domain.u.segment<3>(3 * node); };
    const auto on = [&](const EdgePoint& p) -> Eigen::Vector3d { return p.weight[0] * at(p.node[0]) + p.weight[1] * at(p.node[1]); };
    double farthest = -1e300;
    for (const HindNode& h : model.disc_mesh(d).hind) {
        const Eigen::Vector3d low = on(h.foot), high = on(h.head), x = at(h.node);
        const double s = (x - low).dot(high - low) / (high - low).squaredNorm();
        farthest = std::max(farthest, (x - low - s * (high - low)).dot(behind));
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
