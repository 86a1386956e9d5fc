#include <doctest/doctest.h>
#include <omp.h>

#include <cstring>

#include "engine/time/time_stepper.hpp"
#include "tests/support/tiny_models.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

/// Every unknown, every residual and every step's length of a run, one number after another.
class Everything : public Observer {
public:
    std::vector<double> numbers;
    void on_step(const StepView& v) override {
        numbers.push_back(v.time);
        numbers.push_back(v.step);
        for (const Pose& pose : v.system.poses) {
            add(pose.origin);
            add(Eigen::Map<const Eigen::VectorXd>(pose.rotation.data(), 9));
        }
        add(v.newton.body_gradient());
        for (std::size_t d = 0; d < v.system.domains.size(); ++d) {
            add(v.system.domains[d].u);
            add(v.system.domains[d].p);
            const DomainResidual& r = v.newton.residuals()[d];
            for (const Eigen::VectorXd* part : {&r.r, &r.tie, &r.volume, &r.outflow, &r.force}) add(*part);
        }
    }

private:
    void add(const Eigen::VectorXd& v) { numbers.insert(numbers.end(), v.begin(), v.end()); }
};

constexpr double spacing = 2.0;

/// The distorted block of the unit tests, between body `level` and the next.
BiphasicDomain level_block(int level) {
    const BiphasicDomain model = testing::distorted_block(true);
    DomainSpec spec = model.spec();
    spec.mesh.nodes.row(2).array() += spacing * level;
    for (ElementTissue& t : spec.tissues) {
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
    }
    for (Tie& tie : spec.ties)
        tie.local = spec.mesh.nodes.col(tie.node) - Eigen::Vector3d(1.5, 1.0, spacing * (level + tie.slot));
    return BiphasicDomain(std::move(spec));
}

/// Three blocks between four bodies, with cables and a facet: what the parallel loop over the domains treats.
System column_of_blocks() {
    System system;
    for (int body = 0; body < 4; ++body) system.add_body({Eigen::Matrix3d::Identity(), {1.5, 1.0, spacing * body}});
    system.free[0] = {false, false, false, false, false, false};
    for (int level = 0; level < 3; ++level) {
        system.add_domain(level_block(level), {level, level + 1});
        system.cables.push_back({{{level, {-3.0, 0.0, 0.5}}, {level + 1, {-3.0, 0.0, -0.5}}}, StrandLaw{0.9, 0.05, 0.4}});
    }
    system.cables.push_back({{{0, {0.0, 3.0, 0.0}}, {1, {0.0, 3.5, 0.0}}, {3, {0.0, 3.0, 0.0}}}, ConstantTension{0.05}});
    FacetContact facet{.point_body = 1,
                       .points = {{2.5, 0.3, 0.5}, {2.5, -0.3, 0.5}},
                       .areas = {0.3, 0.3},
                       .surface_body = 2,
                       .origin = {2.6, 0.0, -1.5},
                       .normal = {0.0, 0.0, -1.0},
                       .across = {0.0, 1.0, 0.0},
                       .curvature = 0.1,
                       .law = ExponentialOverclosure{0.05, 0.2}};
    system.facets.push_back(facet);
    system.forces.push_back({{3, {0.4, 0.3, 0.0}}, Eigen::Vector3d::Zero()});
    return system;
}

/// One block of 1000 elements: what the parallel loop over the batches of a domain treats.
System single_block() {
    DomainSpec spec = testing::one_tissue(
        testing::distorted_cube(10.0, 10, 0.2, 3), {0.2, 0.05, 0.4},
        {permeability_curve(HolmesMowPermeability{2e-3, 0.2, 3.0, 2.0}), osmotic_curve(IdealDonnan{0.2, 0.8})});
    for (ElementTissue& t : spec.tissues) {
        t.fibre_count = 1;
        t.fibres[0] = {2.0, 5.0, 0.05, {0.8, 0.0, 0.6}};
    }
    spec.slot_count = 2;
    for (const int n : spec.mesh.node_set("z0")) spec.ties.push_back({n, 0, spec.mesh.nodes.col(n)});
    for (const int n : spec.mesh.node_set("z1"))
        spec.ties.push_back({n, 1, spec.mesh.nodes.col(n) - Eigen::Vector3d(5.0, 5.0, 10.0)});
    spec.drained = spec.mesh.node_set("z1");
    System system;
    system.add_body({});
    system.add_body({Eigen::Matrix3d::Identity(), {5.0, 5.0, 10.0}});
    system.free[0] = {false, false, false, false, false, false};
    system.add_domain(BiphasicDomain(std::move(spec)), {0, 1});
    system.forces.push_back({{1, {1.0, 0.5, 0.0}}, Eigen::Vector3d::Zero()});
    return system;
}

std::vector<double> run(System system, double pull, double length, const std::vector<double>& corners, int threads) {
    omp_set_num_threads(threads);
    int team = 0;
#pragma omp parallel
#pragma omp single
    team = omp_get_num_threads();
    REQUIRE(team == threads);
    NewtonSolver newton(system, testing::newton_scales(pull / (length * length), length, 0.02 * length, 1e-6));
    StepperOptions stepping;
    stepping.first_step = 0.5;
    stepping.displacement_tolerance = 0.005 * length;
    stepping.pressure_tolerance = 0.02;
    TimeStepper stepper(system, newton, stepping);
    const Drive drive{[&](double t, System& s) {
                          s.forces[0].force = {0.0, 0.0, pull * std::min(t / corners[0], 1.0)};
                      },
                      corners};
    Everything record;
    REQUIRE(stepper.run(0.0, drive, {&record}).reason == StopReason::finished);
    return record.numbers;
}

void check_same_bits(const std::function<System()>& make, double pull, double length, const std::vector<double>& corners) {
    const int threads_before = omp_get_max_threads(), dynamic_before = omp_get_dynamic();
    omp_set_dynamic(0);
    const std::vector<double> reference = run(make(), pull, length, corners, 1);
    REQUIRE(reference.size() > 1000);
    for (const int threads : {2, 3}) {
        CAPTURE(threads);
        const std::vector<double> ours = run(make(), pull, length, corners, threads);
        REQUIRE(ours.size() == reference.size());
        CHECK(std::memcmp(ours.data(), reference.data(), reference.size() * sizeof(double)) == 0);
    }
    omp_set_dynamic(dynamic_before);
    omp_set_num_threads(threads_before);
}

}  // namespace

TEST_SUITE_BEGIN("determinism");

TEST_CASE("three domains between four bodies take the same steps to the same bits with one, two and three threads") {
    const System start = column_of_blocks();
    REQUIRE(facet_state(start.facets[0], start.poses).force > 0.01);
    for (const Cable& cable : start.cables) REQUIRE(tension(cable.law, cable.length(start.poses)).force > 0.01);
    check_same_bits(column_of_blocks, 1.0, 2.0, {2.0, 10.0});
}

TEST_CASE("a single domain of a thousand elements gives the same bits with one, two and three threads") {
    check_same_bits(single_block, 10.0, 10.0, {2.0, 5.0});
}

TEST_SUITE_END();
