#include "io/verify/elastic_disc.hpp"

#include <stdexcept>

#include "engine/time/time_stepper.hpp"
#include "io/verify/case.hpp"
#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::io {

using namespace engine;

void describe(FieldVisitor& v, ElasticDisc& c) {
    v.text("mesh", c.mesh,
           {.help = "mesh to import", .absent = "a mesh of our own", .example = "peer-cases/disc-2k/disc-2k.inp"});
    v.word("refinement", c.refinement, peer_refinement_words, {.help = "hexahedra of a mesh of our own"});
    v.whole("splits", c.splits, 0, 2, "", {.help = "times that each hexahedron is cut into eight"});
    v.word("drainage", c.drainage, drainage_words, {.help = "without any fluid pressure, or sealed and at once"});
    v.word("stabilised", c.stabilised, off_on_words, {.help = "pressure projection of the element"});
    v.quantity("modulus", c.modulus, Dimension::pressure, {1e-6, 1e6}, {.help = "Young's modulus of the matrix"});
    v.quantity("poisson", c.poisson, Dimension::none, {0.0, 0.499}, {.help = "Poisson's ratio of the matrix"});
    v.quantity("strain", c.strain, Dimension::none, {1e-9, 0.1}, {.help = "compression of the height"});
}

namespace {

DomainSpec elastic_domain(const ElasticDisc& c, HexMesh mesh) {
    models::TissueInput tissue;
    tissue.modulus = c.modulus;
    tissue.poisson = c.poisson;
    DomainSpec spec = models::one_tissue(std::move(mesh), tissue);
    for (int axis = 0; axis < 3; ++axis)
        for (const char* plate : {"BOTTOM", "TOP"}) models::fix(spec, plate, axis);
    if (c.drainage == Drainage::drained)
        for (int n = 0; n < spec.mesh.node_count(); ++n) spec.drained.push_back(n);
    spec.stabilised = c.stabilised == OffOn::on;
    spec.ordering = OrderingCare::one_factor;
    return spec;
}

/// Outward moves of the nodes at half of the height over that of the plate.
std::vector<models::Trace> outward(const BiphasicDomain& domain, double move) {
    const std::vector<int> nodes = equator(domain.mesh());
    const auto at = [&](int n) {
        const Eigen::Vector2d place = domain.mesh().nodes.col(n).head<2>();
        return domain.u.segment<2>(3 * n).dot(place.normalized()) / move;
    };
    double sum = 0.0;
    for (const int n : nodes) sum += at(n);
    const double middle = 0.5 * peer_disc_height;
    return {models::number("bulge", sum / static_cast<double>(nodes.size())),
            models::number("side", at(nearest_node(domain.mesh(), {0.5 * peer_disc_width, 0.0, middle}))),
            models::number("front", at(nearest_node(domain.mesh(), {0.0, 0.5 * peer_disc_depth, middle})))};
}

}  // namespace

std::vector<models::Trace> run(const ElasticDisc& c) {
    const std::filesystem::path file = find_case_data(c.mesh, "");
    if (!c.mesh.empty() && file.empty()) throw std::runtime_error("there is no file " + c.mesh);
    HexMesh mesh = c.mesh.empty() ? peer_disc_mesh(c.refinement).mesh : read_peer_disc_mesh(file).mesh;
    for (int i = 0; i < c.splits; ++i) mesh = split_in_eight(mesh);
    System system = models::one_domain(elastic_domain(c, std::move(mesh)), SolverKind::supernodal_f32);
    BiphasicDomain& domain = system.domains[0];
    const double move = c.strain * peer_disc_height;
    NewtonSolver newton(system, models::newton_scales(c.modulus * c.strain, peer_disc_height, move, 1e-6));
    TimeStepper stepper(system, newton, {});
    constexpr double at_once = 1e-9;  // s: no fluid moves
    const Drive drive{[move](double, System& s) {
                          for (const int n : s.domains[0].mesh().node_set("TOP")) s.domains[0].u[3 * n + 2] = -move;
                      },
                      {at_once}};
    models::finish(stepper.settle(0.0, at_once, drive), "the elastic disc");
    double reaction = 0.0;
    for (const int n : domain.mesh().node_set("TOP")) reaction -= newton.residuals()[0].force[3 * n + 2];
    std::vector<models::Trace> traces = outward(domain, move);
    traces.push_back(models::number("reaction", reaction / c.strain, "N"));
    return traces;
}

}  // namespace foramen::io
