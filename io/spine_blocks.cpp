#include "io/spine_blocks.hpp"

#include <algorithm>
#include <map>

#include "engine/core/parallel.hpp"
#include "models/disc_state.hpp"
#include "models/imported_geometry.hpp"
#include "models/vertebra_surface.hpp"

namespace foramen::io {

namespace {

constexpr double bone_cell = 2.4;      // mm: triangles of the bones' surfaces
constexpr int facet_points = 4;        // each way, as models::add_facets lays them
const FieldSpec displacement{"displacement", "mm", "displacement since the start of the session", 3, ""};

void append_point(std::vector<float>& out, const Eigen::Vector3d& x) {
    for (int i = 0; i < 3; ++i) out.push_back(static_cast<float>(x[i]));
}

std::vector<float> to_float(const std::vector<double>& v) { return {v.begin(), v.end()}; }

template <std::size_t N>
std::vector<float> flatten(const std::vector<std::array<double, N>>& v) {
    std::vector<float> out;
    out.reserve(N * v.size());
    for (const auto& row : v)
        for (const double x : row) out.push_back(static_cast<float>(x));
    return out;
}

Eigen::Vector3d position(const models::SpineModel& model, int body, const Eigen::Vector3d& local) {
    return body == engine::ground ? local : model.system.poses[body].point(local);
}

models::TriangleSurface bone_surface(const models::SpineModel& model, models::Body body) {
    const models::SpineGeometry& g = model.geometry;
    if (auto own = models::imported_bone(g, model.spec, body)) return *std::move(own);
    const int above = static_cast<int>(body) - 2, below = static_cast<int>(body) - 1;  // discs
    models::VertebraSurfaceOptions o;
    o.cell = bone_cell;
    if (above >= 0) {
        const engine::Pose &upper = g.pose(models::upper_body(above)), &lower = g.pose(body);
        Eigen::Isometry3d to_frame = Eigen::Isometry3d::Identity();
        to_frame.linear() = lower.rotation.transpose() * upper.rotation;
        to_frame.translation() = lower.local(upper.origin);
        o.superior_facet = models::facet_in_frame(g.tables.facets[above], to_frame);
        o.endplate_concavity_upper = g.tables.discs[above].endplate_concavity_caudal;
        o.posterior_concavity = g.tables.discs[above].posterior_concavity;
    }
    if (body == models::Body::S1) return models::sacrum_surface(g.vertebra(body), o);
    o.inferior_facet = g.tables.facets[below];
    o.endplate_concavity_lower = g.tables.discs[below].endplate_concavity_cranial;
    o.posterior_concavity = g.tables.discs[below].posterior_concavity;
    return models::vertebra_surface(g.vertebra(body), o);
}

}  // namespace

SpineBlocks::SpineBlocks(const models::SpineModel& model, std::vector<models::ForamenLandmarks> foramina, const models::SpineNutrition* nutrition)
    : nutrition_(nutrition), foramina_(std::move(foramina)) {
    add_discs(model);
    add_vertebrae(model);
    add_cables(model);
    add_facets(model);
    add_foramina(model);
}

void SpineBlocks::add_discs(const models::SpineModel& model) {
    for (const int d : model.spec.present_discs()) {
        const engine::BiphasicDomain& domain = model.domain(d);
        BlockSpec spec;
        spec.name = models::disc_names[d];
        spec.group = "discs";
        spec.cell_type = CellType::hexahedron;
        for (int n = 0; n < domain.node_count(); ++n) append_point(spec.points, domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n));
        for (const auto& e : domain.mesh().elements) spec.connectivity.insert(spec.connectivity.end(), e.begin(), e.end());
        spec.point_fields = {displacement,
                             {"pressure", "MPa", "pressure of the interstitial fluid", 1, "positive in compression, relative to atmosphere"},
                             {"fluid_pressure", "MPa", "effective fluid pressure", 1, "the part that drives flow"},
                             {"osmotic_pressure", "MPa", "osmotic pressure", 1, "of the fixed charge"}};
        if (nutrition_)
            spec.point_fields.insert(spec.point_fields.end(), {{"oxygen", "kPa", "partial pressure of oxygen", 1, ""},
                                                               {"glucose", "mmol/l", "concentration of glucose", 1, "in the water"},
                                                               {"lactate", "mmol/l", "concentration of lactate", 1, "in the water"},
                                                               {"ph", "1", "pH", 1, "of the lactate"}});
        spec.cell_fields = {{"stress", "MPa", "total Cauchy stress", 6, "tension positive; XX YY ZZ XY YZ XZ"},
                            {"fluid_flux", "mm/s", "fluid flux relative to the solid", 3, ""},
                            {"fluid_fraction", "1", "volume fraction of water", 1, ""},
                            {"fibre_strain", "1", "largest strain of the annulus fibres", 1, "stretch less one; 0 without fibres"}};
        std::vector<float> tissue;
        for (const models::DiscTissue t : model.disc_mesh(d).tissue) tissue.push_back(static_cast<float>(t));
        spec.static_cell_fields = {{{"tissue", "1", "tissue", 1, "1 nucleus, 2 annulus, 3 cartilage end-plate"}, tissue}};
        specs_.push_back(std::move(spec));
    }
}

void SpineBlocks::add_riding(BlockSpec spec, RidingBlock riding, const models::SpineModel& model) {
    for (std::size_t i = 0; i < riding.body.size(); ++i) append_point(spec.points, position(model, riding.body[i], riding.local[i]));
    spec.point_fields = {displacement};
    specs_.push_back(std::move(spec));
    riding_.push_back(std::move(riding));
}

void SpineBlocks::add_vertebrae(const models::SpineModel& model) {
    const int first = model.spec.first_disc() + 1, count = model.spec.last_disc() + 3 - first;  // the upper body of the first disc to the lower of the last
    std::vector<models::TriangleSurface> surfaces(count);
    engine::in_parallel(count, [&](int i) { surfaces[i] = bone_surface(model, static_cast<models::Body>(first + i)); });
    for (int body = first; body < first + count; ++body) {
        const models::TriangleSurface& surface = surfaces[body - first];
        BlockSpec spec;
        spec.name = models::body_names[body];
        spec.group = "vertebrae";
        spec.cell_type = CellType::triangle;
        for (const auto& t : surface.triangles) spec.connectivity.insert(spec.connectivity.end(), t.begin(), t.end());
        const auto which = static_cast<models::Body>(body);
        RidingBlock riding{std::vector<int>(surface.points.size(), body), surface.points, {}};
        for (std::size_t n = 0; n < surface.points.size(); ++n)
            if (surface.points[n].x() < model.geometry.vertebra(which).pedicle_x) riding.body[n] = model.posterior(which);
        add_riding(std::move(spec), std::move(riding), model);
    }
}

void SpineBlocks::add_cables(const models::SpineModel& model) {
    std::map<std::string, int> where;  // part name to index among `parts`
    struct Part {
        BlockSpec spec;
        RidingBlock riding;
    };
    std::vector<Part> parts;
    const auto add = [&](const std::string& name, const std::string& group, const FieldSpec& second, const models::CableGroup& cables) {
        if (!where.contains(name)) {
            where[name] = static_cast<int>(parts.size());
            parts.emplace_back();
            BlockSpec& spec = parts.back().spec;
            spec.name = name;
            spec.group = group;
            spec.cell_type = CellType::line;
            spec.cell_fields = {{"force", "N", "tension", 1, ""}, second};
        }
        Part& part = parts[where[name]];
        for (int c = cables.first; c < cables.first + cables.count; ++c) {
            const auto& path = model.system.cables[c].path;
            for (std::size_t k = 0; k < path.size(); ++k) {
                const auto point = static_cast<std::int64_t>(part.riding.body.size());
                part.riding.body.push_back(path[k].body);
                part.riding.local.push_back(path[k].local);
                if (k == 0) continue;
                part.spec.connectivity.insert(part.spec.connectivity.end(), {point - 1, point});
                part.riding.cable.push_back(c);
            }
        }
    };
    for (const models::CableGroup& g : model.ligaments) add(g.name, "ligaments", {"strain", "1", "strain over the slack length", 1, "negative: slack"}, g);
    for (const models::CableGroup& g : model.muscles) add(g.muscle, "muscles", {"activation", "1", "activation", 1, ""}, g);
    for (Part& part : parts) add_riding(std::move(part.spec), std::move(part.riding), model);
}

void SpineBlocks::add_facets(const models::SpineModel& model) {
    if (model.system.facets.empty()) return;
    BlockSpec spec;
    spec.name = "facets";
    spec.group = "facets";
    spec.cell_type = CellType::quad;
    spec.cell_fields = {{"contact_pressure", "MPa", "contact pressure", 1, ""}, {"gap", "mm", "gap", 1, "negative: overclosure of the softened contact"}};
    RidingBlock riding;
    // A quad of its own about every contact point, as wide as the spacing of the points.
    for (const engine::FacetContact& f : model.system.facets) {
        const Eigen::Vector3d across = 0.5 * (f.points[facet_points] - f.points[0]), up = 0.5 * (f.points[1] - f.points[0]);
        for (const Eigen::Vector3d& x : f.points) {
            const auto first = static_cast<std::int64_t>(riding.body.size());
            const std::array<Eigen::Vector3d, 4> corners{x - across - up, x + across - up, x + across + up, x - across + up};
            for (const Eigen::Vector3d& corner : corners) {
                riding.body.push_back(f.point_body);
                riding.local.push_back(corner);
            }
            spec.connectivity.insert(spec.connectivity.end(), {first, first + 1, first + 2, first + 3});
        }
    }
    facets_ = static_cast<int>(riding_.size());
    add_riding(std::move(spec), std::move(riding), model);
}

std::vector<float> SpineBlocks::foramen_points(const models::SpineModel& model) const {
    std::vector<float> points;
    for (const models::ForamenLandmarks& f : foramina_) {
        const std::vector<Eigen::Vector3d> outline = models::foramen_outline(model, f);
        Eigen::Vector3d centre = Eigen::Vector3d::Zero();
        for (const Eigen::Vector3d& x : outline) centre += x / static_cast<double>(outline.size());
        append_point(points, centre);
        for (const Eigen::Vector3d& x : outline) append_point(points, x);
    }
    return points;
}

void SpineBlocks::add_foramina(const models::SpineModel& model) {
    if (foramina_.empty()) return;
    BlockSpec spec;
    spec.name = "foramina";
    spec.group = "foramina";
    spec.cell_type = CellType::triangle;
    spec.points = foramen_points(model);
    std::int64_t first = 0;
    for (const models::ForamenLandmarks& f : foramina_) {
        const auto n = static_cast<std::int64_t>(models::foramen_outline(model, f).size());
        for (std::int64_t i = 0; i < n; ++i) spec.connectivity.insert(spec.connectivity.end(), {first, first + 1 + i, first + 1 + (i + 1) % n});
        first += n + 1;
    }
    spec.point_fields = {displacement};
    spec.cell_fields = {{"area", "mm2", "area of the foramen", 1, "the same for all triangles of one foramen"}};
    specs_.push_back(std::move(spec));
}

void SpineBlocks::read_discs(const models::SpineModel& model, std::vector<BlockFields>& out) const {
    const auto present = model.spec.present_discs();
    const std::size_t first = out.size();
    out.resize(first + present.size());
    engine::in_parallel(static_cast<int>(present.size()), [&](int slot) {
        const models::DiscFields f = models::disc_fields(model, present[slot]);
        const std::vector<float>& start = specs_[slot].points;
        std::vector<float> moved;
        for (std::size_t n = 0; n < f.position.size(); ++n)
            for (int i = 0; i < 3; ++i) moved.push_back(static_cast<float>(f.position[n][i] - start[3 * n + i]));
        BlockFields& fields = out[first + slot];
        fields = {{std::move(moved), to_float(f.pressure), to_float(f.fluid_pressure), to_float(f.osmotic_pressure)},
                  {flatten(f.stress), flatten(f.flux), to_float(f.fluid_fraction), to_float(f.fibre_strain)}};
        if (!nutrition_) return;
        const models::SpineNutrition::Fields solutes = nutrition_->fields(slot);
        for (const auto* values : {&solutes.oxygen, &solutes.glucose, &solutes.lactate, &solutes.pH}) fields.point_fields.push_back(to_float(*values));
    });
}

void SpineBlocks::read_riding(const models::SpineModel& model, std::vector<BlockFields>& out) const {
    for (std::size_t b = 0; b < riding_.size(); ++b) {
        const RidingBlock& riding = riding_[b];
        const BlockSpec& spec = specs_[model.disc_meshes.size() + b];
        BlockFields fields;
        fields.point_fields.emplace_back();
        for (std::size_t n = 0; n < riding.body.size(); ++n) {
            const Eigen::Vector3d x = position(model, riding.body[n], riding.local[n]);
            for (int i = 0; i < 3; ++i) fields.point_fields[0].push_back(static_cast<float>(x[i] - spec.points[3 * n + i]));
        }
        if (!spec.cell_fields.empty()) fields.cell_fields.resize(2);
        for (const int c : riding.cable) {
            const engine::Cable& cable = model.system.cables[c];
            const double length = cable.length(model.system.poses);
            fields.cell_fields[0].push_back(static_cast<float>(engine::tension(cable.law, length).force));
            const auto second = [&](const auto& law) -> double {
                using Law = std::decay_t<decltype(law)>;
                if constexpr (std::is_same_v<Law, engine::FascicleLaw>) return law.activation_at(length);
                else if constexpr (std::is_same_v<Law, engine::ConstantTension>) return 0.0;
                else return (length - law.slack_length) / law.slack_length;
            };
            fields.cell_fields[1].push_back(static_cast<float>(std::visit(second, cable.law)));
        }
        if (static_cast<int>(b) == facets_) {
            for (const engine::FacetContact& f : model.system.facets) {
                for (std::size_t k = 0; k < f.points.size(); ++k) {
                    const double gap = f.gap(model.system.poses, k);
                    fields.cell_fields[0].push_back(static_cast<float>(engine::contact_pressure(f.law, -gap).pressure));
                    fields.cell_fields[1].push_back(static_cast<float>(gap));
                }
            }
        }
        out.push_back(std::move(fields));
    }
}

void SpineBlocks::read_foramina(const models::SpineModel& model, std::vector<BlockFields>& out) const {
    if (foramina_.empty()) return;
    BlockFields fields;
    std::vector<float> points = foramen_points(model);
    const std::vector<float>& start = specs_.back().points;
    for (std::size_t i = 0; i < points.size(); ++i) points[i] -= start[i];
    std::vector<float> area;
    for (const models::ForamenLandmarks& f : foramina_) {
        const std::vector<Eigen::Vector2d> cut = models::foramen_cut(model, f);
        area.insert(area.end(), cut.size(), static_cast<float>(models::polygon_area(cut)));
    }
    out.push_back({{std::move(points)}, {std::move(area)}});
}

std::vector<BlockFields> SpineBlocks::read(const models::SpineModel& model) const {
    std::vector<BlockFields> out;
    read_discs(model, out);
    read_riding(model, out);
    read_foramina(model, out);
    return out;
}

}  // namespace foramen::io
