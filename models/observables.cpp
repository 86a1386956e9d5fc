#include "models/observables.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/core/parallel.hpp"
#include "engine/core/units.hpp"

namespace foramen::models {

namespace {

constexpr double shortest_rated = 5.0;  // mm, unloaded: failure strains are those of specimens longer than that; assumption

std::vector<std::string> sided(const std::vector<std::string>& discs) {
    std::vector<std::string> all;
    for (const auto& disc : discs)
        for (const auto side : side_names) all.push_back(disc + " " + std::string(side));
    return all;
}

/// Axial force through each disc's level by what carries it, tension positive [N].
struct Carried {
    std::array<double, disc_count> disc{}, ligaments{}, facets{}, muscles{};
    std::array<double, disc_count> outside{};  ///< what supports, harness, friction, weights and pull put on everything above
};

/// Sum over the bodies above a cut of a group's energy gradient, along the normal of the cut: the tension that the group carries.
void add_cut(const SpineModel& model, Eigen::VectorXd gradient, std::array<double, disc_count>& out) {
    model.system.hand_down(gradient);
    for (const int d : model.spec.present_discs()) {
        const Body lower = lower_body(d);
        const Eigen::Vector3d normal =
            model.system.poses[static_cast<int>(lower)].rotation * model.geometry.upper_plate(lower).rotation.col(2);
        Eigen::Vector3d sum = Eigen::Vector3d::Zero();
        for (int above = 0; above <= static_cast<int>(upper_body(d)); ++above) sum += gradient.segment<3>(6 * above);
        out[d] += sum.dot(normal);
    }
}

Carried carried(const SpineModel& model, const engine::NewtonSolver& newton) {
    const engine::System& s = model.system;
    engine::BodySystem part(s.body_count(), 0, false);
    Carried c;
    const auto cables = [&](const std::vector<CableGroup>& groups) {
        for (const CableGroup& g : groups)
            for (int i = g.first; i < g.first + g.count; ++i) s.cables[i].add_to(part, s.poses);
    };
    cables(model.ligaments);
    add_cut(model, part.gradient, c.ligaments);
    part.set_zero();
    cables(model.muscles);
    s.cables[model.laboratory ? model.laboratory->follower : model.resting_cable].add_to(part, s.poses);
    add_cut(model, part.gradient, c.muscles);
    part.set_zero();
    for (const auto& f : s.facets) f.add_to(part, s.poses);
    add_cut(model, part.gradient, c.facets);
    part.set_zero();
    for (const auto& spring : s.springs) spring.add_to(part, s.poses);
    for (const auto& stick : s.sticks) stick.add_to(part, s.poses);
    for (const auto& force : s.forces) force.add_to(part, s.poses);
    if (model.laboratory) part.gradient.segment<6>(6 * static_cast<int>(model.laboratory->upper)) -= model.laboratory->reaction(s, newton.body_gradient());
    add_cut(model, part.gradient, c.outside);
    for (const int d : model.spec.present_discs()) c.disc[d] = disc_axial_force(model, newton, d);
    return c;
}

void append(std::vector<double>& out, const auto& values) { out.insert(out.end(), values.begin(), values.end()); }

/// The values of the discs present.
void append_present(std::vector<double>& out, const SpineModel& model, const std::array<double, disc_count>& values) {
    for (const int d : model.spec.present_discs()) out.push_back(values[d]);
}

}  // namespace

std::array<double, disc_count> force_balance(const SpineModel& model, const engine::NewtonSolver& newton) {
    const Carried c = carried(model, newton);
    std::array<double, disc_count> balance{};
    for (int d = 0; d < disc_count; ++d)
        balance[d] = std::abs(c.disc[d] + c.ligaments[d] + c.facets[d] + c.muscles[d] + c.outside[d]) / newton.options().force_scale;
    return balance;
}

SpineObserver::SpineObserver(const SpineModel& model) : foramina_(foramen_landmarks(model)), roots_(root_passages(model)) {
    for (const int d : model.spec.present_discs()) {
        discs_.emplace_back(disc_names[d]);
        rest_rotation_.push_back(model.system.poses[static_cast<int>(lower_body(d))].rotation.transpose() *
                                 model.system.poses[static_cast<int>(upper_body(d))].rotation);
    }
    rest_length_ = (model.system.poses.front().origin - model.system.poses[static_cast<int>(Body::S1)].origin).norm();
    for (const int d : model.spec.present_discs()) rest_water_.push_back(disc_state(model, d).fluid_volume);
    model.laboratory ? list_laboratory() : list_body();
    list_discs();
    list_disc_changes();
    if (model.spec.posterior_elements()) list_canal();
    list_foramina();
    list_roots(model);
    list_attachments(model);
    list_bones(model);
}

void SpineObserver::add_scalar(const char* name, const char* units, const char* long_name, const char* comment) {
    observables_.push_back({name, units, long_name, comment, "", {}});
}

void SpineObserver::add_per_disc(const char* name, const char* units, const char* long_name, const char* comment) {
    observables_.push_back({name, units, long_name, comment, "disc", discs_});
}

void SpineObserver::list_discs() {
    const auto add = [&](auto... text) { add_per_disc(text...); };
    add("idp", "MPa", "intradiscal pressure", "mean over the central third of the nucleus; positive in compression, relative to atmosphere");
    add("idp_fluid", "MPa", "effective fluid pressure in the nucleus", "the part of the pressure that drives flow");
    add("idp_osmotic", "MPa", "osmotic pressure in the nucleus", "of the fixed charge");
    add("disc_height_mid", "mm", "disc height between the end-plates' middles", "");
    add("disc_height_anterior", "mm", "disc height at the anterior rim", "");
    add("disc_height_posterior", "mm", "disc height at the posterior rim", "");
    add("disc_height_left", "mm", "disc height at the left rim", "");
    add("disc_height_right", "mm", "disc height at the right rim", "");
    add("posterior_bulge", "mm", "posterior bulge beyond the line between the rims", "");
    add("fluid_content", "mm3", "water in the disc", "");
    add("segment_rotation", "degree", "rotation of the upper on the lower vertebra since the start", "flexion positive");
    add("axial_force_disc", "N", "axial force carried by the disc", "tension positive");
    add("axial_force_ligaments", "N", "axial force carried by the ligaments", "tension positive");
    add("axial_force_facets", "N", "axial force carried by the facets", "tension positive");
    add("axial_force_muscles", "N", "axial force carried by muscles and resting load", "tension positive");
    add("axial_force_total", "N", "axial force through the level", "tension positive");
    add("flexion_moment_disc", "N mm", "flexion moment of the disc on the lower vertebra", "about its middle; flexing the upper vertebra positive");
    add("peak_fibre_strain", "1", "largest strain of an annulus fibre", "stretch less one");
    add("force_balance", "1", "force balance of the level over the pull", "axial forces in disc (from the end-plate below), ligaments, facets and muscles against supports, harness, friction, weights and pull on everything above");
}

void SpineObserver::list_foramina() {
    if (foramina_.empty()) return;
    const auto add = [&](const char* name, const char* units, const char* long_name) {
        observables_.push_back({name, units, long_name, "on the sagittal cut through the pedicle centres", "foramen", sided(discs_)});
    };
    add("foramen_height", "mm", "foraminal height between the pedicles");
    add("foramen_width_superior", "mm", "foraminal width in its upper third");
    add("foramen_width_mid", "mm", "foraminal width at mid height");
    add("foramen_width_inferior", "mm", "foraminal width at the disc");
    add("foramen_area", "mm2", "foraminal area");
    add("foramen_clearance", "mm2", "foraminal area less the ganglion's");
    add("ganglion_gap", "mm", "room around the ganglion");
}

void SpineObserver::list_attachments(const SpineModel& model) {
    std::vector<std::string> ligaments, rated, fascicles;
    for (const CableGroup& g : model.ligaments) {
        ligaments.push_back(g.name + " " + std::string(disc_names[g.disc]));
        if (std::isfinite(g.failure_strain)) rated.push_back(ligaments.back());
    }
    for (const CableGroup& g : model.muscles) fascicles.push_back(g.name);
    const auto add = [&](const char* name, const char* units, const char* long_name, const char* comment, const char* dimension, const auto& labels) {
        if (!labels.empty()) observables_.push_back({name, units, long_name, comment, dimension, labels});
    };
    const std::vector<std::string> facets = model.spec.posterior_elements() ? sided(discs_) : std::vector<std::string>{};
    add("facet_gap", "mm", "smallest gap of a facet joint", "0 in contact", "facet", facets);
    add("facet_force", "N", "contact force of a facet joint", "", "facet", facets);
    add("facet_pressure", "MPa", "mean contact pressure of a facet joint", "over its loaded area", "facet", facets);
    add("ligament_length", "mm", "mean length of a ligament's strands", "", "ligament", ligaments);
    add("ligament_strain", "1", "mean strain of a ligament's strands", "over the slack length; negative: slack", "ligament", ligaments);
    add("ligament_force", "N", "force of a ligament", "sum over its strands", "ligament", ligaments);
    add("ligament_failure_fraction", "1", "strain over the failure strain", "of the ligaments whose failure strain is known", "rated_ligament", rated);
    add("muscle_length", "mm", "length of a fascicle with its tendon", "", "fascicle", fascicles);
    add("muscle_force", "N", "force of a fascicle", "", "fascicle", fascicles);
    add("muscle_activation", "1", "activation of a fascicle", "tone and stretch reflex", "fascicle", fascicles);
    add("muscle_eccentric_strain", "1", "lengthening of a fascicle's fibres while active", "soreness marker: sum since the start, over the optimal length", "fascicle", fascicles);
}

std::size_t SpineObserver::offset(const std::string& name) const {
    std::size_t at = 0;
    for (const Observable& o : observables_) {
        if (o.name == name) return at;
        at += o.size();
    }
    FORAMEN_EXPECTS(false, name);
    return 0;
}

namespace {

std::vector<DiscState> read_discs(const SpineModel& m, const engine::NewtonSolver& newton, const std::vector<Eigen::Matrix3d>& rest, std::vector<double>& out) {
    const auto present = m.spec.present_discs();
    std::vector<DiscState> states(present.size());
    engine::in_parallel(static_cast<int>(present.size()), [&](int i) { states[i] = disc_state(m, present[i]); });
    std::array<std::array<double, disc_count>, 11> v{};
    std::array<double, disc_count> moment{}, fibre{};
    for (std::size_t slot = 0; slot < present.size(); ++slot) {
        const int d = present[slot];
        const DiscState& state = states[slot];
        const std::array<double, 5> heights = disc_heights(m, d);
        v[0][d] = state.pressure;
        v[1][d] = state.fluid_pressure;
        v[2][d] = state.osmotic_pressure;
        for (int i = 0; i < 5; ++i) v[3 + i][d] = heights[i];
        v[8][d] = posterior_bulge(m, d);
        v[9][d] = state.fluid_volume;
        const engine::Pose& low = m.system.poses[static_cast<int>(lower_body(d))];
        const engine::Pose& high = m.system.poses[static_cast<int>(upper_body(d))];
        v[10][d] = engine::vector_from_rotation(low.rotation.transpose() * high.rotation * rest[m.slot(d)].transpose()).y() / degree;
        fibre[d] = state.peak_fibre_strain;
        // moment of the disc on the lower body, moved from its origin to the middle of its end-plate
        const Eigen::Vector3d arm = low.rotation * m.geometry.upper_plate(lower_body(d)).origin;
        const Eigen::Vector3d force = -newton.residuals()[m.slot(d)].tie.head<3>(), at_origin = -newton.residuals()[m.slot(d)].tie.segment<3>(3);
        moment[d] = (at_origin - arm.cross(force)).dot(low.rotation.col(1));
    }
    for (const auto& row : v) append_present(out, m, row);
    const Carried c = carried(m, newton);
    for (const auto* row : {&c.disc, &c.ligaments, &c.facets, &c.muscles}) append_present(out, m, *row);
    for (const int d : m.spec.present_discs()) out.push_back(c.disc[d] + c.ligaments[d] + c.facets[d] + c.muscles[d]);
    append_present(out, m, moment);
    append_present(out, m, fibre);
    append_present(out, m, force_balance(m, newton));
    return states;
}

void read_foramina(const SpineModel& m, const std::vector<ForamenLandmarks>& foramina, std::vector<double>& out) {
    std::vector<ForamenMeasures> all(foramina.size());
    engine::in_parallel(static_cast<int>(foramina.size()), [&](int i) { all[i] = measure_foramen(m, foramina[i]); });
    for (const auto member : {&ForamenMeasures::height, &ForamenMeasures::width_superior, &ForamenMeasures::width_mid,
                              &ForamenMeasures::width_inferior, &ForamenMeasures::area, &ForamenMeasures::clearance,
                              &ForamenMeasures::ganglion_gap})
        for (const ForamenMeasures& f : all) out.push_back(f.*member);
}

void read_attachments(const SpineModel& m, std::vector<double>& out) {
    const engine::System& s = m.system;
    std::vector<double> gap, force, pressure;
    for (const auto& facet : s.facets) {
        const engine::FacetState f = engine::facet_state(facet, s.poses);
        gap.push_back(f.gap);
        force.push_back(f.force);
        pressure.push_back(f.pressure);
    }
    for (const auto* v : {&gap, &force, &pressure}) append(out, *v);
    std::vector<double> length, strain, tension, failure;
    for (const CableGroup& g : m.ligaments) {
        double l = 0.0, e = 0.0, t = 0.0, rated = 0.0;
        for (int i = g.first; i < g.first + g.count; ++i) {
            const engine::Cable& cable = s.cables[i];
            const double now = cable.length(s.poses);
            const double slack = std::holds_alternative<engine::StrandLaw>(cable.law) ? std::get<engine::StrandLaw>(cable.law).slack_length
                                                                                      : std::get<engine::BilinearLaw>(cable.law).slack_length;
            l += now / g.count;
            e += (now - slack) / slack / g.count;
            rated += (now - slack) / std::max(slack, shortest_rated) / g.count;
            t += engine::tension(cable.law, now).force;
        }
        length.push_back(l);
        strain.push_back(e);
        tension.push_back(t);
        if (std::isfinite(g.failure_strain)) failure.push_back(std::max(rated, 0.0) / g.failure_strain);
    }
    for (const auto* v : {&length, &strain, &tension, &failure}) append(out, *v);

    std::vector<double> muscle_length, muscle_force, activation;
    for (const CableGroup& g : m.muscles) {
        const engine::Cable& cable = s.cables[g.first];
        muscle_length.push_back(cable.length(s.poses));
        muscle_force.push_back(engine::tension(cable.law, muscle_length.back()).force);
        activation.push_back(std::get<engine::FascicleLaw>(cable.law).activation_at(muscle_length.back()));
    }
    for (const auto* v : {&muscle_length, &muscle_force, &activation}) append(out, *v);
    append(out, m.muscle_memory.eccentric);
}

}  // namespace

std::vector<double> SpineObserver::read(const SpineModel& model, const engine::NewtonSolver& newton) const {
    std::vector<double> out;
    if (model.laboratory) {
        read_laboratory(model, newton, rest_rotation_, out);
    } else {
        read_body(model, rest_length_, out);
        read_levels(model, newton, rest_rotation_, out);
    }
    read_disc_changes(read_discs(model, newton, rest_rotation_, out), rest_water_, out);
    if (model.spec.posterior_elements()) read_canal(model, out);
    read_foramina(model, foramina_, out);
    read_roots(model, roots_, out);
    read_attachments(model, out);
    read_bones(model, newton, out);
    return out;
}

}  // namespace foramen::models
