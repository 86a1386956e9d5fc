#include "models/imported_disc_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/contract.hpp"
#include "engine/elements/harmonic_field.hpp"
#include "engine/elements/hex_measure.hpp"
#include "engine/mesh/boundary_faces.hpp"
#include "models/disc_layers.hpp"
#include "models/disc_rim.hpp"
#include "models/pose_chain.hpp"

namespace foramen::models {

namespace {

constexpr double nucleus_core_share = 1.0 / 3.0;  // of the nucleus' section
constexpr double first_layer = 0.15;      // of elements that are split beside drained surfaces [mm]

using Prescribed = std::vector<std::pair<int, double>>;

Prescribed at(const std::vector<int>& nodes, double value) {
    Prescribed all;
    for (const int n : nodes) all.emplace_back(n, value);
    return all;
}

std::vector<int> nodes_of(const DiscMesh& disc, DiscTissue tissue) {
    std::vector<char> in(static_cast<std::size_t>(disc.mesh.node_count()), 0);
    for (int e = 0; e < disc.mesh.element_count(); ++e)
        if (disc.tissue[e] == tissue)
            for (const int n : disc.mesh.elements[e]) in[n] = 1;
    std::vector<int> nodes;
    for (int n = 0; n < disc.mesh.node_count(); ++n)
        if (in[n]) nodes.push_back(n);
    return nodes;
}

Eigen::Vector3d middle_of(const engine::HexMesh& mesh, int e) {
    Eigen::Vector3d middle = Eigen::Vector3d::Zero();
    for (const int n : mesh.elements[e]) middle += 0.125 * mesh.nodes.col(n);
    return middle;
}

double mean_of(const engine::HexMesh& mesh, int e, const Eigen::VectorXd& field) {
    double mean = 0.0;
    for (const int n : mesh.elements[e]) mean += 0.125 * field[n];
    return mean;
}

/// Level, depth, circumference and axes of every element.
void fill_axes(DiscMesh& out, const DiscRim& rim) {
    std::vector<int> all(static_cast<std::size_t>(out.mesh.element_count())), annulus;
    std::iota(all.begin(), all.end(), 0);
    std::copy_if(all.begin(), all.end(), std::back_inserter(annulus), [&](int e) { return out.tissue[e] == DiscTissue::annulus; });
    Prescribed plates = at(out.mesh.node_set("lower"), 0.0), walls = at(out.mesh.node_set("outer"), 0.0);
    const Prescribed upper = at(out.mesh.node_set("upper"), 1.0), nucleus = at(nodes_of(out, DiscTissue::nucleus), 1.0);
    plates.insert(plates.end(), upper.begin(), upper.end());
    walls.insert(walls.end(), nucleus.begin(), nucleus.end());
    const Eigen::VectorXd level = engine::harmonic_field(out.mesh, all, plates);
    const Eigen::VectorXd depth = annulus.empty() ? Eigen::VectorXd() : engine::harmonic_field(out.mesh, annulus, walls);
    out.node_level.assign(level.data(), level.data() + level.size());
    for (const int e : all) {
        const bool is_annulus = out.tissue[e] == DiscTissue::annulus;
        const Eigen::Vector3d up = engine::gradient_at_middle(out.mesh, e, level);
        const Eigen::Vector3d in_plan = rim.in_plan(middle_of(out.mesh, e), mean_of(out.mesh, e, level));
        const Eigen::Vector3d outwards = is_annulus ? Eigen::Vector3d(-engine::gradient_at_middle(out.mesh, e, depth)) : rim.axes() * in_plan;
        const Eigen::Vector3d around = up.cross(outwards);
        const Eigen::Vector3d tangent = around.norm() > 0.0 ? Eigen::Vector3d(around.normalized()) : Eigen::Vector3d(rim.axes().col(1));
        out.tangent.push_back(tangent);
        out.axial.push_back((up - up.dot(tangent) * tangent).normalized());
        out.circumference.push_back(std::abs(std::atan2(in_plan.y(), in_plan.x())));
        out.depth.push_back(is_annulus ? std::clamp(mean_of(out.mesh, e, depth), 0.0, 1.0) : 1.0);
    }
}

/// Elements of the nucleus within sqrt(nucleus_core_share) of the ellipse that has its second moments.
void fill_core(DiscMesh& out, const DiscRim& rim) {
    std::vector<int> nucleus;
    std::vector<Eigen::Vector2d> place;
    std::vector<double> volume;
    for (int e = 0; e < out.mesh.element_count(); ++e) {
        if (out.tissue[e] != DiscTissue::nucleus) continue;
        const Eigen::Vector3d x = rim.in_plan(middle_of(out.mesh, e), 0.5);
        nucleus.push_back(e);
        place.emplace_back(x.x(), x.y());
        volume.push_back(engine::hex_measure(out.mesh, e).volume);
    }
    const double total = std::accumulate(volume.begin(), volume.end(), 0.0);
    Eigen::Vector2d centre = Eigen::Vector2d::Zero(), moments = Eigen::Vector2d::Zero();
    for (std::size_t i = 0; i < place.size(); ++i) centre += volume[i] / total * place[i];
    for (std::size_t i = 0; i < place.size(); ++i) moments += volume[i] / total * (place[i] - centre).cwiseAbs2();
    const Eigen::Vector2d squared_axes = 4.0 * moments;  // of an ellipse: a^2/4
    for (std::size_t i = 0; i < place.size(); ++i)
        if ((place[i] - centre).cwiseAbs2().cwiseQuotient(squared_axes).sum() <= nucleus_core_share) out.core.push_back(nucleus[i]);
    FORAMEN_EXPECTS(!out.core.empty(), nucleus.size());
}

/// Nodes on the plates that cartilage covers.
void fill_cartilage(DiscMesh& out, const ImportedDiscPlace& place, const DiscRim& rim) {
    const std::vector<int> cartilage = nodes_of(out, DiscTissue::cartilage);
    std::vector<char> covered(static_cast<std::size_t>(out.mesh.node_count()), cartilage.empty());
    for (const int n : cartilage) covered[n] = 1;
    std::vector<int>& on_bone = out.mesh.node_sets["cartilage_bone"];
    for (const auto& [set, plate, level] : {std::tuple{"lower", &place.lower, 0.0}, {"upper", &place.upper, 1.0}}) {
        for (const int n : out.mesh.node_set(set)) {
            const Eigen::Vector3d x = rim.in_plan(out.mesh.nodes.col(n), level);
            const double outline = outline_radius(std::atan2(x.y(), x.x()), plate->width, plate->depth, plate->concavity);
            if (covered[n] && (!cartilage.empty() || std::hypot(x.x(), x.y()) <= cartilage_reach * outline)) on_bone.push_back(n);
        }
    }
}

struct BesideFace {
    int element;
    double thickness;  ///< volume of the element over the area of the face [mm]
};

/// Elements with a face all of whose nodes are marked.
std::vector<BesideFace> elements_beside(const engine::HexMesh& mesh, const std::vector<char>& marked) {
    std::vector<BesideFace> found;
    for (const engine::BoundaryFace& face : engine::boundary_faces(mesh)) {
        if (!std::all_of(face.nodes.begin(), face.nodes.end(), [&](int n) { return marked[n]; })) continue;
        found.push_back({face.element, engine::hex_measure(mesh, face.element).volume / engine::face_area(mesh, face).norm()});
    }
    return found;
}

double thickest_first_element(const DiscMesh& disc) {
    std::vector<char> drained = flagged(disc.mesh, "outer");
    for (const int n : disc.mesh.node_set("cartilage_bone")) drained[n] = 1;
    double thickest = 0.0;
    for (const BesideFace& beside : elements_beside(disc.mesh, drained)) thickest = std::max(thickest, beside.thickness);
    return thickest;
}

/// Where the files have no cartilage, the elements on bone stand for it.
void fill_for_cartilage(DiscMesh& out) {
    if (!nodes_of(out, DiscTissue::cartilage).empty()) return;
    out.for_cartilage.assign(static_cast<std::size_t>(out.mesh.element_count()), 0.0);
    for (const BesideFace& beside : elements_beside(out.mesh, flagged(out.mesh, "cartilage_bone"))) out.for_cartilage[beside.element] = beside.thickness;
}

void fill_fibres(DiscMesh& out, const std::vector<std::array<int, 2>>& pieces) {
    if (pieces.empty()) return;
    std::vector<std::vector<int>> beside(static_cast<std::size_t>(out.mesh.node_count()));  // elements at each node
    for (int e = 0; e < out.mesh.element_count(); ++e)
        for (const int n : out.mesh.elements[e])
            if (beside[n].empty() || beside[n].back() != e) beside[n].push_back(e);
    out.fibres.assign(static_cast<std::size_t>(out.mesh.element_count()), {Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()});
    for (const auto& [a, b] : pieces) {
        Eigen::Vector3d along = (out.mesh.nodes.col(b) - out.mesh.nodes.col(a)).normalized();
        for (const int e : beside[a]) {
            if (out.tissue[e] != DiscTissue::annulus || !std::binary_search(beside[b].begin(), beside[b].end(), e)) continue;
            if (along.dot(out.axial[e]) < 0.0) along = -along;
            out.fibres[e][along.dot(out.tangent[e]) > 0.0 ? 0 : 1] += along;
        }
    }
    for (auto& families : out.fibres)
        for (Eigen::Vector3d& f : families)
            if (f.norm() > 0.0) f.normalize();
}

/// The elements as they are given, without fibres.
DiscMesh whole_disc_mesh(const ImportedDisc& disc, const ImportedDiscPlace& place) {
    DiscMesh out;
    out.mesh = disc.mesh;
    for (int n = 0; n < out.mesh.node_count(); ++n) out.mesh.nodes.col(n) = place.lower_body.local(disc.mesh.nodes.col(n));
    out.tissue = disc.tissue;
    out.upper_rest = chained(inverted(place.lower_body), place.upper_body);
    const DiscRim rim(out.mesh, place);
    out.mesh.node_sets["outer"] = rim.outer_nodes();
    fill_axes(out, rim);
    fill_core(out, rim);
    fill_cartilage(out, place, rim);
    fill_for_cartilage(out);
    out.hind = rim.hind_nodes(out.node_level);
    out.first_element = thickest_first_element(out);
    return out;
}

}  // namespace

DiscMesh imported_disc_mesh(const ImportedDisc& disc, const ImportedDiscPlace& place, ImportedElements elements) {
    DiscMesh given = whole_disc_mesh(disc, place);
    fill_fibres(given, disc.fibres);
    if (elements == ImportedElements::as_given) return given;
    LayeredDisc layered{{disc.mesh, disc.tissue, {}}, std::vector<int>(disc.tissue.size())};
    std::iota(layered.parent.begin(), layered.parent.end(), 0);
    const bool cartilage = std::find(disc.tissue.begin(), disc.tissue.end(), DiscTissue::cartilage) != disc.tissue.end();
    for (const char* plate : {"lower", "upper"})
        if (!cartilage) layered = split_beside(layered, layered.disc.mesh.node_set(plate), first_layer);
    layered = split_beside(layered, whole_disc_mesh(layered.disc, place).mesh.node_set("outer"), first_layer);
    if (layered.disc.tissue.size() == disc.tissue.size()) return given;
    DiscMesh out = whole_disc_mesh(layered.disc, place);
    for (const int e : layered.parent)
        if (!given.fibres.empty()) out.fibres.push_back(given.fibres[e]);
    return out;
}

DiscMesh stretched(DiscMesh disc, double longer, const Eigen::Vector3d& axis) {
    for (int n = 0; n < disc.mesh.node_count(); ++n) disc.mesh.nodes.col(n) += longer * disc.node_level[n] * axis;
    disc.upper_rest.origin += longer * axis;
    return disc;
}

}  // namespace foramen::models
