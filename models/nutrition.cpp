#include "models/nutrition.hpp"

#include <omp.h>

#include <algorithm>
#include <sstream>

#include "models/disc.hpp"
#include "models/disc_state.hpp"

namespace foramen::models {

using engine::Solute;

namespace {

/// What one disc's cells have, in the order of the observables.
struct Supply {
    double oxygen_lowest, oxygen_nucleus, glucose_lowest, glucose_nucleus, ph_lowest, ph_nucleus;
    double starved_share, acid_share;
};

Supply supply(const engine::SoluteField& field, const Eigen::VectorXd& nucleus) {
    const Eigen::VectorXd &oxygen = field.concentration(Solute::oxygen), &glucose = field.concentration(Solute::glucose),
                          &lactate = field.concentration(Solute::lactate);
    const double volume = nucleus.sum();
    double starved = 0.0, acid = 0.0, acidity = 0.0;
    for (Eigen::Index n = 0; n < nucleus.size(); ++n) {
        const double pH = engine::acidity(lactate[n]);
        if (glucose[n] < engine::least_glucose) starved += nucleus[n];
        if (pH < engine::least_acidity) acid += nucleus[n];
        acidity += nucleus[n] * pH;
    }
    return {oxygen.minCoeff(),
            nucleus.dot(oxygen) / volume,
            glucose.minCoeff(),
            nucleus.dot(glucose) / volume,
            engine::acidity(lactate.maxCoeff()),
            acidity / volume,
            starved / volume,
            acid / volume};
}

engine::PoreSpec pore_spec(const SpineModel& model, int d) {
    const AnatomyTables& tables = model.geometry.tables;
    const DiscMesh& mesh = model.disc_mesh(d);
    engine::PoreSpec spec;
    spec.mesh = model.domain(d).mesh();
    spec.open_nodes = model.domain(d).spec().drained;
    for (int e = 0; e < spec.mesh.element_count(); ++e) {
        const int tissue = static_cast<int>(mesh.tissue[e]) - 1;
        const bool cartilage = mesh.tissue[e] == DiscTissue::cartilage;
        spec.water_fraction.push_back(tissue_row(model, d, e).water_fraction);
        spec.open_share.push_back(cartilage ? open_share(model.spec.discs[d]) : 1.0);
        spec.cells.push_back(tables.cells[tissue].density * (cartilage ? open_share(model.spec.discs[d]) : 1.0));
    }
    return spec;
}

engine::SoluteSpec solute_spec(const SpineModel& model, int d, bool advection) {
    const AnatomyTables& tables = model.geometry.tables;
    engine::SoluteSpec spec;
    spec.advection = advection;
    spec.turnover = engine::cell_turnover;
    for (int s = 0; s < engine::solute_count; ++s) spec.diffusivity[s] = tables.solutes[s].diffusivity;
    const auto at = [&](const SoluteSupplyRow& row) { return engine::SoluteValues{row.oxygen, row.glucose, row.lactate}; };
    std::vector<char> held(model.domain(d).node_count(), 0);
    for (const int n : model.domain(d).mesh().node_set("outer")) {
        held[n] = 1;
        spec.held.push_back({n, at(tables.annulus_supply)});
    }
    if (model.spec.discs[d].endplates == EndplateState::blocked) return spec;
    for (const int n : model.domain(d).mesh().node_set("cartilage_bone"))
        if (!held[n]) spec.held.push_back({n, at(tables.endplate_supply)});
    return spec;
}

}  // namespace

SpineNutrition::Disc SpineNutrition::make_disc(const SpineModel& model, int d) {
    const engine::BiphasicDomain& domain = model.domain(d);
    Disc disc;
    disc.pores = std::make_unique<engine::PoreSpace>(pore_spec(model, d));
    disc.pores->place(domain.u);
    for (const bool advection : {true, false}) disc.with_and_without.emplace_back(*disc.pores, solute_spec(model, d, advection));
    disc.settled = disc.with_and_without[0].settle();
    for (const Solute s : {Solute::oxygen, Solute::glucose, Solute::lactate})
        disc.with_and_without[1].set(s, disc.with_and_without[0].concentration(s));
    disc.nucleus.setZero(domain.node_count());
    for (const engine::BiphasicBatch& batch : domain.batches())
        for (int lane = 0; lane < batch.filled; ++lane) {
            if (model.disc_mesh(d).tissue[batch.element[lane]] != DiscTissue::nucleus) continue;
            for (int a = 0; a < 8; ++a)
                for (int q = 0; q < 8; ++q) disc.nucleus[batch.node[a][lane]] += engine::hex8_shape(q, a) * batch.dV[q][lane];
        }
    return disc;
}

SpineNutrition::SpineNutrition(const SpineModel& model) : discs_(model.disc_meshes.size()) {
    const int count = static_cast<int>(discs_.size());
#pragma omp parallel for schedule(dynamic)
    for (int i = 0; i < count; ++i) discs_[i] = make_disc(model, model.spec.first_disc() + i);
    observables_ = solute_observables(model);
}

void SpineNutrition::advance_disc(Disc& disc, const engine::BiphasicDomain& domain, double h) {
    ++disc.steps;
    bool solved = disc.pores->advance(domain.u, engine::element_flows(domain), h);
    for (engine::SoluteField& field : disc.with_and_without) {
        const engine::SoluteReport report = field.step(h);
        disc.sweeps += report.sweeps;
        solved = solved && report.converged;
    }
    if (!solved) ++disc.unsolved;
}

void SpineNutrition::advance(const SpineModel& model, double h) {
    const int count = static_cast<int>(discs_.size());
#pragma omp parallel for schedule(dynamic)
    for (int i = 0; i < count; ++i) advance_disc(discs_[i], model.system.domains[i], h);
}

std::vector<Observable> solute_observables(const SpineModel& model) {
    std::vector<Observable> all;
    std::vector<std::string> names;
    for (const int d : model.spec.present_discs()) names.emplace_back(disc_names[d]);
    const auto add = [&](const std::string& name, const char* units, const std::string& long_name, const char* comment) {
        all.push_back({name, units, long_name, comment, "disc", names});
    };
    for (const auto& [suffix, alone] : {std::pair{"", ""}, std::pair{"_without_advection", ", by diffusion alone"}}) {
        const std::string end = suffix, how = alone;
        add("oxygen_lowest" + end, "kPa", "lowest partial pressure of oxygen in the disc" + how, "");
        add("oxygen_nucleus" + end, "kPa", "mean partial pressure of oxygen in the nucleus" + how, "over its undeformed volume");
        add("glucose_lowest" + end, "mmol/l", "lowest concentration of glucose in the disc" + how, "in the water");
        add("glucose_nucleus" + end, "mmol/l", "mean concentration of glucose in the nucleus" + how,
            "over its undeformed volume");
        add("ph_lowest" + end, "1", "lowest pH in the disc" + how, "of the lactate");
        add("ph_nucleus" + end, "1", "mean pH in the nucleus" + how, "over its undeformed volume");
        add("starved_share" + end, "1", "share of the nucleus with less glucose than cells survive on" + how, "below 0.5 mmol/l");
        add("acid_share" + end, "1", "share of the nucleus that is more acid than cells survive" + how, "below pH 6.78");
    }
    return all;
}

std::vector<double> SpineNutrition::read() const {
    std::vector<double> out;
    for (const std::size_t variant : {0, 1}) {
        std::vector<Supply> all;
        for (const Disc& disc : discs_) all.push_back(supply(disc.with_and_without[variant], disc.nucleus));
        for (const auto member :
             {&Supply::oxygen_lowest, &Supply::oxygen_nucleus, &Supply::glucose_lowest, &Supply::glucose_nucleus,
              &Supply::ph_lowest, &Supply::ph_nucleus, &Supply::starved_share, &Supply::acid_share})
            for (const Supply& s : all) out.push_back(s.*member);
    }
    return out;
}

SpineNutrition::Fields SpineNutrition::fields(int slot) const {
    const engine::SoluteField& field = discs_[slot].with_and_without[0];
    const auto values = [&](Solute s) {
        return std::vector<double>(field.concentration(s).begin(), field.concentration(s).end());
    };
    Fields f{values(Solute::oxygen), values(Solute::glucose), values(Solute::lactate), {}};
    for (const double lactate : f.lactate) f.pH.push_back(engine::acidity(lactate));
    return f;
}

std::string SpineNutrition::report() const {
    int settled = 0, steps = 0, sweeps = 0, unsolved = 0;
    for (const Disc& disc : discs_) {
        settled += disc.settled.converged ? 1 : 0;
        steps += disc.steps;
        sweeps += disc.sweeps;
        unsolved += disc.unsolved;
    }
    std::ostringstream text;
    text << "steady state found in " << settled << " of " << discs_.size() << " discs; " << steps << " steps of discs, " << sweeps
         << " sweeps over their solutes, " << unsolved << " steps not solved to the tolerance";
    return text.str();
}

}  // namespace foramen::models
