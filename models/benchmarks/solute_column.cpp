#include "models/benchmarks/solute_column.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "engine/system/solute_field.hpp"
#include "models/benchmarks/grid_convergence.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, SoluteColumn& c) {
    v.quantity("length", c.length, Dimension::length, {1e-3, 1e3}, {.help = "undeformed"});
    v.whole("elements", c.elements, 2, 2000, "", {.help = "along the column"});
    v.quantity("water", c.water, Dimension::fraction, {0.1, 1.0}, {.help = "content undeformed"});
    v.quantity("stretch", c.stretch, Dimension::none, {0.5, 2.0}, {.help = "along the axis"});
    v.quantity("diffusivity", c.diffusivity, Dimension::none, {1e-9, 1e3}, {.help = "in free water, mm2/s"});
    v.quantity("flow", c.flow, Dimension::none, {-1e3, 1e3}, {.help = "of water over the section, mm/s"});
    v.quantity("decay", c.decay, Dimension::frequency, {0.0, 1e3}, {.help = "first order"});
    v.quantity("source", c.source, Dimension::none, {0.0, 1e3}, {.help = "zeroth order, mmol/(l s)"});
    v.quantity("cells", c.cells, Dimension::none, {0.0, 1e6}, {.help = "of the disc, 1/mm3; 0: decay and source"});
    v.quantity("start", c.start, Dimension::none, {0.0, 1e3}, {.help = "concentration before, mmol/l"});
    v.quantity("held", c.held, Dimension::none, {0.0, 1e3}, {.help = "concentration at the base, mmol/l"});
    v.quantity("duration", c.duration, Dimension::time, {0.0, 1e9}, {.help = "0: the steady state"});
    v.quantity("step", c.step, Dimension::time, {1e-6, 1e9}, {.help = "of time"});
    v.whole("meshes", c.meshes, 1, 3, "", {.help = "each twice as fine as the one before"});
}

namespace {

constexpr SoluteValues disc_diffusivity{3.0e-3, 9.16667e-4, 1.39e-3}, disc_supply{5.1, 4.0, 0.8};

class Column {
public:
    Column(const SoluteColumn& c, int elements)
        : c_(c), pores_(pore_spec(c, elements)), field_(pores_, solute_spec(c, pores_.spec().mesh)) {
        for (int n = 0; n < pores_.node_count(); ++n) moved_.push_back(c.stretch * pores_.spec().mesh.nodes(2, n));
        displacement_.setZero(3 * pores_.node_count());
        for (int n = 0; n < pores_.node_count(); ++n) displacement_[3 * n + 2] = moved_[n] - pores_.spec().mesh.nodes(2, n);
        pores_.place(displacement_);
    }

    void settle() {
        if (!field_.settle().converged) throw std::runtime_error("no steady state was found");
    }

    void run() {
        field_.set(Solute::oxygen, Eigen::VectorXd::Constant(pores_.node_count(), c_.start));
        const auto steps = static_cast<int>(std::lround(c_.duration / c_.step));
        for (int i = 0; i < steps; ++i) {
            const double before = free_mass();
            if (!pores_.advance(displacement_, flows(), c_.step) || !field_.step(c_.step).converged)
                throw std::runtime_error("a step was not solved");
            const double gained = free_mass() - before, exchanged = c_.step * field_.left(Solute::oxygen),
                         made = c_.step * field_.made(Solute::oxygen);
            balance_ = std::max(balance_, std::abs(gained - made + exchanged) /
                                              std::max({std::abs(gained), std::abs(exchanged), std::abs(made)}));
            smallest_ = std::min(smallest_, field_.concentration(Solute::oxygen).minCoeff());
        }
    }

    [[nodiscard]] Trace profile(Solute solute, const char* name, const char* unit) const {
        Trace trace{name, unit, {}, "mm", {}};
        for (int n = 0; n < pores_.node_count(); n += 4) {
            trace.x.push_back(moved_[n]);
            trace.y.push_back(field_.concentration(solute)[n]);
        }
        return trace;
    }
    [[nodiscard]] double far_end() const { return field_.concentration(Solute::oxygen)[pores_.node_count() - 1]; }
    [[nodiscard]] double balance() const { return balance_; }
    [[nodiscard]] double smallest() const { return smallest_; }

private:
    static PoreSpec pore_spec(const SoluteColumn& c, int elements) {
        PoreSpec spec;
        spec.mesh = box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, uniform_planes(c.length, elements)});
        spec.water_fraction.assign(elements, c.water);
        spec.open_share.assign(elements, 1.0);
        spec.cells.assign(elements, c.cells > 0.0 ? c.cells : 1.0);
        for (const char* const end : {"z0", "z1"})
            for (const int n : spec.mesh.node_set(end)) spec.open_nodes.push_back(n);
        return spec;
    }

    static SoluteSpec solute_spec(const SoluteColumn& c, const HexMesh& mesh) {
        SoluteSpec spec;
        const bool cells = c.cells > 0.0;
        spec.diffusivity = cells ? disc_diffusivity : SoluteValues{c.diffusivity, 0.0, 0.0};
        for (const int n : mesh.node_set("z0")) spec.held.push_back({n, cells ? disc_supply : SoluteValues{c.held, 0.0, 0.0}});
        if (cells)
            spec.turnover = cell_turnover;
        else
            spec.turnover = [gain = c.source, loss = c.decay](const SoluteValues&) {
                return Turnover{{gain, 0.0, 0.0}, {loss, 0.0, 0.0}};
            };
        return spec;
    }

    /// int -grad N_a . w dv of a uniform flow along the axis.
    [[nodiscard]] ElementFlows flows() const {
        ElementFlows all(pores_.spec().mesh.elements.size());
        for (auto& corners : all)
            for (int a = 0; a < 8; ++a) corners[a] = (a < 4 ? 0.25 : -0.25) * c_.flow;
        return all;
    }

    [[nodiscard]] double free_mass() const {
        const double held = pores_.spec().mesh.nodes(2, 0);
        double mass = 0.0;
        for (int n = 0; n < pores_.node_count(); ++n)
            if (pores_.spec().mesh.nodes(2, n) > held) mass += pores_.water()[n] * field_.concentration(Solute::oxygen)[n];
        return mass;
    }

    const SoluteColumn& c_;
    PoreSpace pores_;
    SoluteField field_;
    std::vector<double> moved_;
    Eigen::VectorXd displacement_;
    double balance_ = 0.0, smallest_ = 1e300;
};

double far_end(const SoluteColumn& c, int elements) {
    Column column(c, elements);
    column.settle();
    return column.far_end();
}

}  // namespace

std::vector<Trace> run(const SoluteColumn& c) {
    Column column(c, c.elements);
    c.duration > 0.0 ? column.run() : column.settle();
    std::vector<Trace> traces;
    if (c.cells > 0.0) {
        traces.push_back(column.profile(Solute::oxygen, "oxygen", "kPa"));
        traces.push_back(column.profile(Solute::glucose, "glucose", "mmol/l"));
        traces.push_back(column.profile(Solute::lactate, "lactate", "mmol/l"));
    } else {
        traces.push_back(column.profile(Solute::oxygen, "concentration", "mmol/l"));
    }
    if (c.duration > 0.0) {
        traces.push_back(number("balance", column.balance()));
        traces.push_back(number("smallest", column.smallest(), "mmol/l"));
    }
    if (c.meshes == 3) {
        const std::array<double, 3> values{far_end(c, c.elements), far_end(c, 2 * c.elements), far_end(c, 4 * c.elements)};
        const double h = c.length / c.elements;
        traces.push_back(number("order", grid_convergence(values, {h, h / 2.0, h / 4.0}).order));
    }
    return traces;
}

}  // namespace foramen::models
