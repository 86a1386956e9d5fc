#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/core/piecewise_linear.hpp"
#include "engine/time/time_stepper.hpp"
#include "tests/verification/abaqus_reader.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;
namespace fs = std::filesystem;

namespace {

/// The folder of the peer cases: FORAMEN_PEER_CASES, or beside the repository; empty where there is none.
fs::path peer_cases() {
    const char* given = std::getenv("FORAMEN_PEER_CASES");
    const fs::path folder = given != nullptr ? fs::path(given) : fs::path(FORAMEN_SOURCE_DIR) / ".." / "shared" / "peer-cases";
    return fs::exists(folder / "disc-2k" / "disc-2k.inp") ? folder / "disc-2k" : fs::path();
}

/// Rows of numbers after one line of names.
struct Table {
    std::vector<std::string> names;
    std::vector<std::vector<double>> rows;
    [[nodiscard]] int column(const std::string& name) const {
        const auto found = std::find(names.begin(), names.end(), name);
        REQUIRE(found != names.end());
        return static_cast<int>(found - names.begin());
    }
};

Table read_csv(const fs::path& path) {
    std::ifstream file(path);
    REQUIRE(file.good());
    Table table;
    std::string line, cell;
    std::getline(file, line);
    for (std::istringstream cells(line); std::getline(cells, cell, ',');) table.names.push_back(cell);
    while (std::getline(file, line)) {
        table.rows.emplace_back();
        for (std::istringstream cells(line); std::getline(cells, cell, ',');) table.rows.back().push_back(std::stod(cell));
    }
    return table;
}

/// Nucleus and annulus as the README of the peer cases describes them: neo-Hookean, aligned fibres (beta = 2 is the HGO law with
/// k1 = xi, k2 = alpha, kappa = 0), Holmes-Mow permeability, no osmotic pressure.
DomainSpec disc(const fs::path& folder) {
    DomainSpec spec;
    spec.mesh = testing::read_abaqus(folder / "disc-2k.inp");
    spec.curves = {permeability_curve(HolmesMowPermeability{7.5e-4, 0.17, 8.5, 2.0}),
                   permeability_curve(HolmesMowPermeability{7.5e-4, 0.32, 8.5, 2.0}), no_osmotic_pressure()};
    spec.tissues.resize(spec.mesh.elements.size());
    for (const int e : spec.mesh.element_sets.at("NUCLEUS")) {
        spec.tissues[e].ground = neo_hookean(1.0, 0.17);
        spec.tissues[e].permeability = &spec.curves[0];
    }
    for (const int e : spec.mesh.element_sets.at("ANNULUS")) {
        spec.tissues[e].ground = neo_hookean(2.5, 0.17);
        spec.tissues[e].permeability = &spec.curves[1];
    }
    for (ElementTissue& t : spec.tissues) t.osmotic_pressure = &spec.curves[2];
    for (const std::vector<double>& row : read_csv(folder / "fibre-directions.csv").rows) {
        ElementTissue& t = spec.tissues[static_cast<std::size_t>(row[0]) - 1];
        t.fibre_count = 2;
        for (std::size_t f = 0; f < 2; ++f) t.fibres[f] = {3.0, 45.0, 0.0, {row[1 + 3 * f], row[2 + 3 * f], row[3 + 3 * f]}};
    }
    for (int axis = 0; axis < 3; ++axis) testing::fix(spec, "BOTTOM", axis);
    spec.drained = spec.mesh.node_set("DRAINED");
    spec.slot_count = 1;
    for (const int n : spec.mesh.node_set("TOP"))
        spec.ties.push_back({n, 0, spec.mesh.nodes.col(n) - Eigen::Vector3d(0.0, 0.0, 11.0)});
    spec.stabilised = false;  // the peer's element is the plain one
    return spec;
}

/// (0 s, 0 N) (60, -500) (660, -500), then five times +10 s -> +300, hold 60 s, +10 s -> 0, hold 20 s.
PiecewiseLinear session() {
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

/// A number of every step against a column of the peer's table; both have a row every 5 s.
struct History {
    std::string name;
    std::function<double(const System&)> read;
    const Table* table;
    double worst = 0.0, low = 1e300, high = -1e300;

    void compare(const System& system, double time) {
        const std::vector<double>& row = table->rows.at(static_cast<std::size_t>(std::lround(time / 5.0)));
        REQUIRE(std::abs(row[0] - time) < 1e-9);
        const double theirs = row[table->column(name)];
        low = std::min(low, theirs);
        high = std::max(high, theirs);
        worst = std::max(worst, std::abs(read(system) - theirs));
    }
};

/// The histories at every step, and every node where the peer has written all of them.
class Comparison : public Observer {
public:
    std::vector<History> histories;
    int fields = 0;
    double worst_displacement = 0.0, worst_pressure = 0.0;
    explicit Comparison(fs::path folder) : folder_(std::move(folder)) {}

    void on_step(const StepView& v) override {
        for (History& h : histories) h.compare(v.system, v.time);
        const fs::path file = folder_ / ("febio-nodes_t" + std::to_string(std::lround(v.time)) + ".csv");
        if (!fs::exists(file)) return;
        ++fields;
        const BiphasicDomain& d = v.system.domains[0];
        for (const std::vector<double>& row : read_csv(file).rows) {
            const int n = static_cast<int>(row[0]) - 1;
            worst_displacement =
                std::max(worst_displacement, (d.u.segment<3>(3 * n) - Eigen::Vector3d(row[1], row[2], row[3])).norm());
            worst_pressure = std::max(worst_pressure, std::abs(d.p[n] - row[4]));
        }
    }

private:
    fs::path folder_;
};

System disc_under_plate(const fs::path& folder) {
    System system;
    system.add_body({Eigen::Matrix3d::Identity(), {0.0, 0.0, 11.0}});
    system.free[0] = {false, false, true, false, false, false};
    system.add_domain(BiphasicDomain(disc(folder)), {0});
    system.forces.push_back({{0, Eigen::Vector3d::Zero()}, Eigen::Vector3d::Zero()});
    return system;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("a biphasic disc through a pull-rest session agrees with FEBio on the same mesh, element and steps") {
    const fs::path folder = peer_cases();
    if (folder.empty()) {
        MESSAGE("skipped: no peer cases; set FORAMEN_PEER_CASES to the folder that holds disc-2k");
        return;
    }
    System system = disc_under_plate(folder);
    NewtonSolver newton(system, testing::newton_scales(0.35, 37.8, 1.0, 1e-5));  // 500 N over the disc's 1430 mm2
    StepperOptions stepping;
    stepping.scheme = Scheme::backward_euler;
    stepping.fixed_steps = true;
    stepping.first_step = 5.0;
    TimeStepper stepper(system, newton, stepping);

    const Table plate = read_csv(folder / "febio-endplate.csv"), probes = read_csv(folder / "febio-probes.csv");
    Comparison comparison(folder);
    comparison.histories.push_back({"z", [](const System& s) { return s.poses[0].origin.z(); }, &plate});
    const std::pair<const char*, int> nodes[] = {
        {"centre", 1110}, {"np_quarter", 1113}, {"np_af_lateral", 1162}, {"af_mid_lateral", 1210}, {"centre_low", 893}};
    for (const auto& [name, node] : nodes)
        comparison.histories.push_back(
            {std::string(name) + "_p", [n = node - 1](const System& s) { return s.domains[0].p[n]; }, &probes});
    const PiecewiseLinear force = session();
    const Drive drive{[&](double t, System& s) { s.forces[0].force.z() = force.value(t); },
                      {force.x().begin() + 1, force.x().end()}};
    const std::clock_t before = std::clock();
    const RunReport report = stepper.run(0.0, drive, {&comparison});
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    REQUIRE(report.reason == StopReason::finished);
    CHECK(report.steps == 232);
    MESSAGE(report.steps << " steps, " << report.iterations << " iterations, " << report.refreshes << " factors; " << seconds
                         << " CPU s");

    // same element, same mesh, same steps: what differs is the solvers' tolerances and the peer's nine digits
    for (const History& h : comparison.histories) {
        INFO(h.name << ": off by " << h.worst << " of a range of " << h.high - h.low);
        CHECK(h.worst < 5e-5 * (h.high - h.low));
    }
    CHECK(comparison.fields == 4);
    CHECK(comparison.worst_displacement < 2e-5);  // [mm], of 1.2
    CHECK(comparison.worst_pressure < 5e-5);      // [MPa], of 0.8
}

TEST_SUITE_END();
