#include "io/verify/peer_disc.hpp"

#include <omp.h>

#include <stdexcept>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "io/verify/case.hpp"
#include "io/verify/peer_disc_history.hpp"
#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::io {

using namespace engine;

void describe(FieldVisitor& v, PeerDisc& c) {
    v.text("mesh", c.mesh,
           {.help = "mesh to import", .absent = "a mesh of our own", .example = "peer-cases/disc-2k/disc-2k.inp"});
    v.word("refinement", c.refinement, peer_refinement_words, {.help = "hexahedra of a mesh of our own"});
    v.word("layers", c.layers, peer_layers_words, {.help = "of a mesh of our own: as thick as the peer's, or thin at the plates"});
    v.word("stabilised", c.stabilised, off_on_words, {.help = "pressure projection of the element"});
    v.word("scheme", c.scheme, scheme_words, {.help = "fixed steps of backward Euler, or SDIRK2 with error control"});
    v.quantity("step", c.step, Dimension::time, {1e-3, 1e4}, {.help = "of backward Euler"});
    v.quantity("tolerance", c.tolerance, Dimension::length, {1e-7, 1.0}, {.help = "of SDIRK2: displacement per step"});
    v.quantity("end", c.end, Dimension::time, {1.0, 1160.0}, {.help = "of the session"});
    v.quantity("force_tolerance", c.force_tolerance, Dimension::none, {1e-9, 0.01}, {.help = "unbalanced force over the largest on the plate at which an iteration ends"});
}

namespace {

/// One thread: the cost is compared with that of other programs, and several cases run side by side.
class OneThread {
public:
    OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~OneThread() { omp_set_num_threads(before_); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int before_;
};

/// Constants of peer-cases/README.md; its fibre law with beta = 2 is that of Holzapfel, Gasser & Ogden with k1 = xi, k2 = alpha,
/// kappa = 0.
DomainSpec disc_domain(const PeerDiscMesh& disc, bool stabilised) {
    DomainSpec spec;
    spec.mesh = disc.mesh;
    spec.curves = {permeability_curve(HolmesMowPermeability{7.5e-4, 0.17, 8.5, 2.0}),
                   permeability_curve(HolmesMowPermeability{7.5e-4, 0.32, 8.5, 2.0}), no_osmotic_pressure()};
    spec.tissues.resize(spec.mesh.elements.size());
    for (const int e : spec.mesh.element_sets.at("NUCLEUS")) {
        spec.tissues[e].ground = neo_hookean(1.0, 0.17);
        spec.tissues[e].permeability = &spec.curves[0];
    }
    for (const int e : spec.mesh.element_sets.at("ANNULUS")) {
        ElementTissue& t = spec.tissues[e];
        t.ground = neo_hookean(2.5, 0.17);
        t.permeability = &spec.curves[1];
        t.fibre_count = 2;
        const auto directions = peer_disc_fibres(spec.mesh, e);
        for (std::size_t f = 0; f < 2; ++f)
            t.fibres[f] = {3.0, 45.0, 0.0, {directions[f].x(), directions[f].y(), directions[f].z()}};
    }
    for (ElementTissue& t : spec.tissues) {
        if (t.permeability == nullptr)
            throw std::runtime_error("the mesh has elements that are neither of NUCLEUS nor of ANNULUS");
        t.osmotic_pressure = &spec.curves[2];
    }
    for (int axis = 0; axis < 3; ++axis) models::fix(spec, "BOTTOM", axis);
    spec.drained = spec.mesh.node_set("DRAINED");
    spec.slot_count = 1;
    for (const int n : spec.mesh.node_set("TOP"))
        spec.ties.push_back({n, 0, spec.mesh.nodes.col(n) - peer_disc_height * Eigen::Vector3d::UnitZ()});
    spec.stabilised = stabilised;
    return spec;
}

System disc_under_plate(DomainSpec disc) {
    System system;
    system.add_body({Eigen::Matrix3d::Identity(), peer_disc_height * Eigen::Vector3d::UnitZ()});
    system.free[0] = {false, false, true, false, false, false};
    system.add_domain(BiphasicDomain(std::move(disc)), {0});
    system.forces.push_back({{0, Eigen::Vector3d::Zero()}, Eigen::Vector3d::Zero()});
    return system;
}

StepperOptions stepping(const PeerDisc& c) {
    StepperOptions o;
    o.scheme = c.scheme;
    o.displacement_tolerance = c.tolerance;
    o.pressure_tolerance = c.tolerance;  // a pressure of 1 MPa moves the plate by about 1 mm
    if (c.scheme == Scheme::backward_euler) {
        o.fixed_steps = true;
        o.first_step = c.step;
    }
    return o;
}

/// Corners of the load up to the end.
std::vector<double> corners(const PiecewiseLinear& load, double end) {
    std::vector<double> times;
    for (const double t : load.x())
        if (t > 0.0 && t < end) times.push_back(t);
    times.push_back(end);
    return times;
}

}  // namespace

PiecewiseLinear peer_disc_force() {
    std::vector<double> t{0.0, 60.0, 660.0}, force{0.0, -500.0, -500.0};
    for (int cycle = 0; cycle < 5; ++cycle) {
        for (const auto& [duration, value] :
             {std::pair(10.0, 300.0), std::pair(60.0, 300.0), std::pair(10.0, 0.0), std::pair(20.0, 0.0)}) {
            t.push_back(t.back() + duration);
            force.push_back(value);
        }
    }
    return {t, force};
}

std::vector<models::Trace> run(const PeerDisc& c) {
    const OneThread one_thread;
    const std::filesystem::path file = find_case_data(c.mesh, "");
    if (!c.mesh.empty() && file.empty()) throw std::runtime_error("there is no file " + c.mesh);
    const PeerDiscMesh disc = c.mesh.empty() ? peer_disc_mesh(c.refinement, c.layers) : read_peer_disc_mesh(file);
    System system = disc_under_plate(disc_domain(disc, c.stabilised == OffOn::on));
    const double area = 1430.0;  // of the mesh's section, whose outline is a polygon [mm2]
    NewtonSolver newton(system, models::newton_scales(500.0 / area, std::sqrt(area), 1.0, c.force_tolerance));
    TimeStepper stepper(system, newton, stepping(c));
    PeerDiscHistory history(disc);
    if (!c.mesh.empty()) history.compare_nodes(file.parent_path());
    const PiecewiseLinear force = peer_disc_force();
    const Drive drive{[&](double t, System& s) { s.forces[0].force.z() = force.value(t); }, corners(force, c.end)};
    const RunReport report = stepper.run(0.0, drive, {&history});
    models::finish(report);
    std::vector<models::Trace> traces = history.traces();
    traces.push_back(models::number("steps", report.steps));
    return traces;
}

}  // namespace foramen::io
