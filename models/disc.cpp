#include "models/disc.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

#include "engine/elements/hex_measure.hpp"
#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "models/geometry_error.hpp"
#include "models/imported_disc_mesh.hpp"

namespace foramen::models {

namespace {

constexpr double sclerosed_share = 0.1;

engine::Curve permeability(const DiscTissueRow& row, PermeabilityModel model, double factor) {
    if (model == PermeabilityModel::holmes_mow)
        return engine::permeability_curve(engine::HolmesMowPermeability{factor * row.permeability, 1.0 - row.water_fraction,
                                                                        row.permeability_holmes_mow_m, row.permeability_alpha});
    const double e0 = row.water_fraction / (1.0 - row.water_fraction);
    return engine::permeability_curve(engine::ArgoubiPermeability{factor * row.permeability, e0, row.permeability_m});
}

/// Mean thickness of the elements that stand for cartilage in an imported disc without it; 0 where there are none [mm].
double thickness_for_cartilage(const SpineGeometry& g, int d) {
    if (!g.imported || !g.imported->discs[d]) return 0.0;
    double sum = 0.0;
    int count = 0;
    for (const double t : g.imported->discs[d]->for_cartilage) {
        sum += t;
        count += t > 0.0;
    }
    return count > 0 ? sum / count : 0.0;
}

engine::Curve osmotic(const DiscTissueRow& row, OsmoticModel model, engine::CollagenKind kind) {
    if (model == OsmoticModel::ideal) return engine::osmotic_curve(engine::IdealDonnan{row.fixed_charge, row.water_fraction});
    return engine::osmotic_curve(swelling_law(row, kind));
}

/// Value at a position 0..4 of five equally spaced samples.
double between(const std::array<double, 5>& samples, double position) {
    const int i = std::clamp(static_cast<int>(position), 0, 3);
    const double t = std::clamp(position - i, 0.0, 1.0);
    return (1.0 - t) * samples[i] + t * samples[i + 1];
}

double bilinear(const std::array<std::array<double, 5>, 5>& grid, double layer, double region) {
    std::array<double, 5> column{};
    for (int i = 0; i < 5; ++i) column[i] = between(grid[i], region);
    return between(column, layer);
}

/// A fibre with `factor` times its angle to the transverse plane, at most upright; what it has across the lamella stays.
Eigen::Vector3d tilted(const Eigen::Vector3d& fibre, const Eigen::Vector3d& tangent, const Eigen::Vector3d& axial, double factor) {
    const double along = fibre.dot(tangent), up = fibre.dot(axial);
    constexpr double upright = 0.5 * std::numbers::pi;
    const double length = std::hypot(along, up), angle = std::clamp(factor * std::atan2(up, std::abs(along)), -upright, upright);
    return fibre + (std::copysign(length * std::cos(angle), along) - along) * tangent + (length * std::sin(angle) - up) * axial;
}

engine::ElementTissue element_tissue(const DiscMesh& mesh, int e, const DiscGradeRow& grade, const AnnulusFibreTable& fibres,
                                     double tear, const std::vector<engine::Curve>& curves) {
    engine::ElementTissue t;
    const int kind = static_cast<int>(mesh.tissue[e]) - 1;
    const DiscTissueRow& row = kind == 0 ? grade.nucleus : (kind == 1 ? grade.annulus : grade.endplate);
    t.ground = ground_substance(row, mesh.tissue[e] == DiscTissue::annulus ? mesh.depth[e] : 0.0);
    t.permeability = &curves[2 * kind];
    t.osmotic_pressure = &curves[2 * kind + 1];
    if (!mesh.for_cartilage.empty() && mesh.for_cartilage[e] > 0.0) t.permeability = &curves.back();
    if (mesh.tissue[e] != DiscTissue::annulus) return t;
    const FibreConstants f = annulus_fibre(fibres, mesh.depth[e], mesh.circumference[e]);
    const double left = mesh.fissure.empty() ? 1.0 : 1.0 - tear * mesh.fissure[e];
    t.fibre_count = 2;
    for (const int family : {0, 1}) {
        const double angle = family == 0 ? f.angle : -f.angle;
        const bool by_path = !mesh.fibres.empty() && !mesh.fibres[e][family].isZero();
        const Eigen::Vector3d a = by_path ? tilted(mesh.fibres[e][family], mesh.tangent[e], mesh.axial[e], fibres.path_angle_factor)
                                          : Eigen::Vector3d(std::cos(angle) * mesh.tangent[e] + std::sin(angle) * mesh.axial[e]);
        t.fibres[family] = {left * f.k1, f.k2, fibres.kappa, {a.x(), a.y(), a.z()}};
    }
    return t;
}

}  // namespace

engine::IntrafibrillarDonnan swelling_law(const DiscTissueRow& row, engine::CollagenKind kind) {
    return {row.fixed_charge, row.water_mass_fraction, row.collagen_fraction, kind};
}

engine::MooneyRivlin<double> ground_substance(const DiscTissueRow& row, double depth) {
    const double half = 0.5 * row.shear_modulus * std::pow(row.inner_shear, std::clamp(depth, 0.0, 1.0));
    const double c01 = row.c01_share * half;
    return {half - c01, c01, row.lame_lambda - 4.0 * c01};
}

FibreConstants annulus_fibre(const AnnulusFibreTable& table, double depth, double circumference) {
    const double layer = 4.0 * std::clamp(depth, 0.0, 1.0), region = 4.0 * circumference / std::numbers::pi;
    const double angle = table.angle_anterior_outer + (table.angle_posterior_outer - table.angle_anterior_outer) * circumference / std::numbers::pi +
                         table.angle_inner_gain * std::clamp(depth, 0.0, 1.0);
    return {bilinear(table.k1, layer, region), bilinear(table.k2, layer, region), angle};
}

DiscShape disc_shape(const SpineGeometry& g, const SpineSpec& spec, int d, const FreeDisc& free) {
    const Body lower = lower_body(d);
    const VertebraRow& below = g.vertebra(lower);
    const VertebraRow& above = g.vertebra(upper_body(d));
    const DiscRow& row = g.tables.discs[d];
    DiscShape s;
    s.lower_plate = g.upper_plate(lower);
    const Eigen::Matrix3d half = engine::rotation_from_vector({0.0, -0.5 * free.wedge, 0.0});
    s.upper_plate.rotation = s.lower_plate.rotation * half * half;
    s.upper_plate.origin = s.lower_plate.origin + s.lower_plate.rotation * half * Eigen::Vector3d(spec.discs[d].slip, 0.0, free.height);
    s.lower_width = below.endplate_width_upper;
    s.lower_depth = below.endplate_depth_upper;
    s.upper_width = above.endplate_width_lower;
    s.upper_depth = above.endplate_depth_lower;
    s.posterior_concavity = row.posterior_concavity;
    s.lower_concavity = row.endplate_concavity_caudal;
    s.upper_concavity = row.endplate_concavity_cranial;
    s.nucleus_area_fraction *= g.tables.grades[spec.discs[d].grade - 1].nucleus_area_factor;
    if (const auto& herniation = spec.discs[d].herniation) s.protrusion = Protrusion{herniation->angle, free.protrusion};
    return s;
}

double open_share(const SpineSpec::Disc& disc) {
    return (disc.endplates == EndplateState::sclerosed ? sclerosed_share : 1.0) * (1.0 - disc.calcification);
}

std::vector<engine::Curve> disc_curves(const SpineGeometry& g, const SpineSpec& spec, int d) {
    const DiscGradeRow& grade = g.tables.grades[spec.discs[d].grade - 1];
    const double conductance = open_share(spec.discs[d]) * (spec.specimen ? spec.specimen->endplate_share : 1.0);
    using engine::CollagenKind;
    std::vector<engine::Curve> curves{permeability(grade.nucleus, spec.permeability, 1.0),          osmotic(grade.nucleus, spec.osmotic, CollagenKind::nucleus),
                                      permeability(grade.annulus, spec.permeability, 1.0),          osmotic(grade.annulus, spec.osmotic, CollagenKind::annulus),
                                      permeability(grade.endplate, spec.permeability, conductance), osmotic(grade.endplate, spec.osmotic, CollagenKind::annulus)};
    if (const double thickness = thickness_for_cartilage(g, d); thickness > 0.0) {  // k/thickness = k_cartilage/0.6 mm: resistances in a row
        const double share = thickness / DiscShape{}.cartilage_thickness;
        curves.push_back(engine::permeability_curve(engine::ConstantPermeability{conductance * share * grade.endplate.permeability}));
    }
    return curves;
}

namespace {

DiscMesh free_mesh(const SpineGeometry& g, const SpineSpec& spec, int d, const FreeDisc& free) {
    if (g.imported && g.imported->discs[d]) return stretched(*g.imported->discs[d], free.height - g.imported->file_height[d], g.imported->axis[d]);
    return disc_mesh(disc_shape(g, spec, d, free), disc_divisions(spec.resolution));
}

/// Where a node of the upper end-plate sits in the upper body's frame.
Eigen::Vector3d in_upper_body(const SpineGeometry& g, const DiscMesh& disc, int d, const Eigen::Vector3d& x) {
    if (!disc.has_layers()) return disc.upper_rest.local(x);
    return g.lower_plate(upper_body(d)).point(disc.shape.upper_plate.local(x));
}

void check_elements(const engine::HexMesh& mesh, int d, double height) {
    for (int e = 0; e < mesh.element_count(); ++e) {
        if (engine::hex_measure(mesh, e).smallest_determinant > 0.0) continue;
        std::ostringstream text;
        text << "the disc " << disc_names[d] << " cannot be meshed: stress-free, with " << height << " mm between the middles of its end-plates, element " << e
             << " is turned inside out; give it more height, or less that bulges or wedges it";
        throw GeometryError(text.str());
    }
}

}  // namespace

Disc build_disc(const SpineGeometry& g, const SpineSpec& spec, int d, const FreeDisc& free, std::vector<engine::Curve> curves) {
    const DiscGradeRow& grade = g.tables.grades[spec.discs[d].grade - 1];
    const EndplateState endplates = spec.discs[d].endplates;
    Disc disc{free_mesh(g, spec, d, free), {}};
    engine::DomainSpec& domain = disc.domain;
    const double tear = spec.discs[d].herniation ? spec.discs[d].herniation->tear : 0.0;
    domain.mesh = disc.mesh.mesh;
    check_elements(domain.mesh, d, free.height);
    domain.curves = std::move(curves);
    for (int e = 0; e < domain.mesh.element_count(); ++e)
        domain.tissues.push_back(element_tissue(disc.mesh, e, grade, g.tables.fibres, tear, domain.curves));

    domain.slot_count = 2;
    for (const int n : domain.mesh.node_set("lower")) domain.ties.push_back({n, 0, domain.mesh.nodes.col(n)});
    for (const int n : domain.mesh.node_set("upper")) domain.ties.push_back({n, 1, in_upper_body(g, disc.mesh, d, domain.mesh.nodes.col(n))});

    std::vector<char> drained(domain.mesh.node_count(), 0);
    for (const int n : domain.mesh.node_set("outer")) drained[n] = 1;
    if (endplates != EndplateState::blocked)
        for (const int n : domain.mesh.node_set("cartilage_bone")) drained[n] = 1;
    for (int n = 0; n < domain.mesh.node_count(); ++n)
        if (drained[n]) domain.drained.push_back(n);
    return disc;
}

}  // namespace foramen::models
