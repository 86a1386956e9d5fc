#include "models/morphometry.hpp"

#include <cmath>
#include <limits>

#include "engine/core/units.hpp"
#include "engine/elements/hex_measure.hpp"
#include "engine/mesh/boundary_faces.hpp"
#include "models/disc_state.hpp"
#include "models/foramen.hpp"
#include "models/plate_fit.hpp"

namespace foramen::models {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The disc's mesh at the heights of the neutral stack.
DiscMesh neutral_mesh(const SpineModel& model, int d) {
    const SpineGeometry& g = model.geometry;
    return build_disc(g, model.spec, d, {g.target_height[d], g.tables.discs[d].lordotic_wedge}, disc_curves(g, model.spec, d)).mesh;
}

class Measures {
public:
    explicit Measures(const SpineModel& model) : model_(model), g_(model.geometry) {}

    std::vector<Measure> all() {
        add_vertebrae();
        add_discs();
        add_facets();
        add_foramina();
        std::array<engine::Pose, body_count> poses = g_.neutral;
        all_.push_back({"lordosis L1-S1", "deg", {"all"}, {lordosis(g_, poses) / degree}});
        all_.push_back({"size along the spine", "1", {"all"}, {g_.size}});
        all_.push_back({"size across it", "1", {"all"}, {g_.girth}});
        return std::move(all_);
    }

private:
    /// What of the spine is its own: all of the tables' law, what the files give of an imported one.
    [[nodiscard]] bool disc_known(int d) const { return !model_.spec.anatomy || model_.spec.anatomy->discs[d]; }
    [[nodiscard]] bool facet_known(int d, Side side) const {
        return !model_.spec.anatomy || model_.spec.anatomy->facets[d][static_cast<int>(side)].given();
    }
    [[nodiscard]] bool lower_known(int b) const { return b <= disc_count && disc_known(b - 1); }
    [[nodiscard]] bool upper_known(int b) const {
        if (b >= 2 && disc_known(b - 2)) return true;
        return lower_known(b) && (!model_.spec.anatomy || !model_.spec.anatomy->vertebrae[b - 1].body.triangles.empty());
    }

    void of_vertebrae(const char* name, double VertebraRow::*member, const auto& known) {
        Measure m{name, "mm", {}, {}};
        for (int b = 1; b < body_count; ++b) {
            m.levels.emplace_back(body_names[b]);
            const double value = g_.vertebra(static_cast<Body>(b)).*member;
            m.values.push_back(value > 0.0 && known(b) ? value : none);
        }
        all_.push_back(std::move(m));
    }
    void of_levels(const std::string& name, const char* unit, const auto& known, const auto& value) {
        Measure m{name, unit, {}, {}};
        for (int d = 0; d < disc_count; ++d) {
            m.levels.emplace_back(disc_names[d]);
            m.values.push_back(known(d) ? value(d) : none);
        }
        all_.push_back(std::move(m));
    }
    void of_discs(const char* name, const char* unit, const auto& value) {
        of_levels(
            name, unit, [this](int d) { return disc_known(d); }, value);
    }

    void add_vertebrae() {
        const auto upper = [this](int b) { return upper_known(b); };
        const auto lower = [this](int b) { return lower_known(b); };
        const auto both = [this](int b) { return upper_known(b) && lower_known(b); };
        of_vertebrae("end-plate width, upper", &VertebraRow::endplate_width_upper, upper);
        of_vertebrae("end-plate width, lower", &VertebraRow::endplate_width_lower, lower);
        of_vertebrae("end-plate depth, upper", &VertebraRow::endplate_depth_upper, upper);
        of_vertebrae("end-plate depth, lower", &VertebraRow::endplate_depth_lower, lower);
        of_vertebrae("body height, anterior", &VertebraRow::height_anterior, both);
        of_vertebrae("body height, posterior", &VertebraRow::height_posterior, both);
    }

    void add_discs() {
        std::array<DiscMesh, disc_count> meshes;
        for (int d = 0; d < disc_count; ++d) meshes[d] = neutral_mesh(model_, d);
        of_discs("disc height, anterior", "mm", [&](int d) { return disc_heights(model_, d)[1]; });
        of_discs("disc height, middle", "mm", [&](int d) { return disc_heights(model_, d)[0]; });
        of_discs("disc height, posterior", "mm", [&](int d) { return disc_heights(model_, d)[2]; });
        of_discs("disc wedge", "deg", [&](int d) { return g_.tables.discs[d].lordotic_wedge / degree; });
        of_discs("disc area", "mm2", [&](int d) { return plate_area(meshes[d]); });
        of_discs("hollow of the end-plate above", "mm", [&](int d) { return g_.tables.discs[d].endplate_concavity_cranial; });
        of_discs("hollow of the end-plate below", "mm", [&](int d) { return g_.tables.discs[d].endplate_concavity_caudal; });
        const auto volume = [&](int d, DiscTissue t) { return tissue_volume(meshes[d], t); };
        of_discs("volume of the nucleus", "mm3", [&](int d) { return volume(d, DiscTissue::nucleus); });
        of_discs("volume of the annulus", "mm3", [&](int d) { return volume(d, DiscTissue::annulus); });
        of_discs("volume of the mesh", "mm3", [&](int d) {
            return volume(d, DiscTissue::nucleus) + volume(d, DiscTissue::annulus) + volume(d, DiscTissue::cartilage);
        });
        of_discs("nucleus of nucleus and annulus", "1", [&](int d) {
            return volume(d, DiscTissue::nucleus) / (volume(d, DiscTissue::nucleus) + volume(d, DiscTissue::annulus));
        });
    }

    void add_facets() {
        for (const Side side : {Side::left, Side::right}) {
            const std::string where = ", " + std::string(side_names[static_cast<int>(side)]);
            const double y = side_sign(side);
            const auto facet = [&](int d) -> const FacetPatch& { return g_.facet(d, side); };
            const auto add = [&](const char* name, const char* unit, const auto& value) {
                of_levels(
                    name + where, unit, [&](int d) { return facet_known(d, side); }, value);
            };
            add("facet to the sagittal plane", "deg",
                [&](int d) { return std::atan2(facet(d).normal.x(), y * facet(d).normal.y()) / degree; });
            add("facet to the vertical", "deg", [&](int d) { return -std::asin(facet(d).normal.z()) / degree; });
            add("facet gap", "mm", [&](int d) { return facet(d).gap; });
            add("facet area", "mm2", [&](int d) { return facet(d).width * facet(d).height; });
        }
    }

    void add_foramina() {
        const std::vector<ForamenLandmarks> foramina = foramen_landmarks(model_);
        std::vector<ForamenMeasures> left;
        for (const ForamenLandmarks& f : foramina)
            if (f.side == Side::left) left.push_back(measure_foramen(model_, f));
        if (left.empty()) return;
        of_discs("foramen height, left", "mm", [&](int d) { return left[d].height; });
        of_discs("foramen width in the middle, left", "mm", [&](int d) { return left[d].width_mid; });
        of_discs("foramen area, left", "mm2", [&](int d) { return left[d].area; });
    }

    const SpineModel& model_;
    const SpineGeometry& g_;
    std::vector<Measure> all_;
};

}  // namespace

double plate_area(const DiscMesh& disc) {
    double area = 0.0;
    const std::vector<engine::BoundaryFace> faces = engine::boundary_faces(disc.mesh);
    for (const char* set : {"lower", "upper"}) {
        const std::vector<char> in = flagged(disc.mesh, set);
        Eigen::Vector3d sum = Eigen::Vector3d::Zero();
        for (const engine::BoundaryFace& f : faces)
            if (in[f.nodes[0]] && in[f.nodes[1]] && in[f.nodes[2]] && in[f.nodes[3]]) sum += engine::face_area(disc.mesh, f);
        area += 0.5 * sum.norm();
    }
    return area;
}

double tissue_volume(const DiscMesh& disc, DiscTissue tissue) {
    double volume = 0.0;
    for (int e = 0; e < disc.mesh.element_count(); ++e)
        if (disc.tissue[e] == tissue) volume += engine::hex_measure(disc.mesh, e).volume;
    return volume;
}

std::vector<Measure> morphometry(const SpineModel& model) { return Measures(model).all(); }

}  // namespace foramen::models
