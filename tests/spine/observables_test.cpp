// Observables on geometries whose answers are known: what is asked is not the model's but the reader's.

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/core/units.hpp"
#include "models/canal.hpp"
#include "models/dose.hpp"
#include "tests/support/close.hpp"
#include "tests/support/specimens.hpp"

using namespace foramen;
using namespace foramen::models;
using foramen::testing::coarse_spec;
using foramen::testing::source_tables;

namespace {

constexpr int d = 3;  // L4-L5

/// L4-L5, not in equilibrium: both end-plates of the disc alike and parallel, the disc without displacement, L5 at the origin.
SpineModel plain_segment() {
    AnatomyTables tables = source_tables();
    VertebraRow &above = tables.vertebrae[3], &below = tables.vertebrae[4];
    above.endplate_width_lower = below.endplate_width_upper;
    above.endplate_depth_lower = below.endplate_depth_upper;
    above.canal_depth = below.canal_depth;
    tables.discs[d].lordotic_wedge = 0.0;
    SpineSpec spec = coarse_spec();
    spec.specimen = testing::level(Body::L4, Body::L5);
    SpineModel model = build_spine(tables, spec);
    model.domain(d).u.setZero();
    const engine::Pose top = model.disc_mesh(d).shape.upper_plate, plate = lower_endplate(model.geometry.vertebra(Body::L4));
    engine::Pose &upper = model.system.poses[static_cast<int>(Body::L4)], &lower = model.system.poses[static_cast<int>(Body::L5)];
    lower = {Eigen::Matrix3d::Identity(), Eigen::Vector3d::Zero()};
    upper.rotation = top.rotation * plate.rotation.transpose();
    upper.origin = top.origin - upper.rotation * plate.origin;
    return model;
}

Eigen::Vector3d disc_normal(const SpineModel& model) { return model.disc_mesh(d).shape.lower_plate.rotation.col(2); }

/// Puts a node somewhere.
void put(SpineModel& model, int node, const Eigen::Vector3d& x) {
    model.domain(d).u.segment<3>(3 * node) = x - model.domain(d).mesh().nodes.col(node);
}

/// Moves every node of the disc by a field.
void move(SpineModel& model, const auto& field) {
    for (int n = 0; n < model.domain(d).node_count(); ++n)
        put(model, n, field(Eigen::Vector3d(model.domain(d).mesh().nodes.col(n))));
}

}  // namespace

TEST_SUITE_BEGIN("spine/observables");

TEST_CASE(
    "a foramen that is a rectangle of 10 by 20 mm has its area, height, widths and clearance; a bulge takes its triangle away") {
    SpineModel model = plain_segment();
    model.system.poses[static_cast<int>(Body::L4)] = model.system.poses[static_cast<int>(Body::L5)];
    const int column = model.disc_mesh(d).outline.front(), plan = model.disc_mesh(d).plan_nodes,
              layers = model.domain(d).node_count() / plan;
    for (int k = 0; k < layers; ++k) put(model, k * plan + column, {0.0, 0.0, 20.0 * k / (layers - 1)});
    ForamenLandmarks f{};
    f.disc = d;
    f.upper_pedicle = {-5, 0, 20};
    f.upper_wall = {-1, 0, 20};
    f.upper_back = {-6, 0, 20};
    f.pars = {-10, 0, 20};
    f.upper_corner = {0, 0, 20};
    f.process_tip = {-10, 0, 12};
    f.process_front = {-10, 0, 6};
    f.lower_back = {-10, 0, 0};
    f.lower_wall = {-4, 0, 0};
    f.lower_pedicle = {-5, 0, 0};
    f.lower_corner = {0, 0, 0};
    for (int k = 1; k + 1 < layers; ++k) f.margin.push_back({{{k * plan + column, k * plan + column}, {1.0, 0.0}}, Eigen::Vector3d::Zero()});
    f.ganglion_width = 6.0;
    ForamenMeasures m = measure_foramen(model, f);
    CHECK_CLOSE(m.area, 200.0, 1e-12);
    CHECK_CLOSE(m.height, 20.0, 1e-12);
    for (const double width : {m.width_superior, m.width_mid, m.width_inferior}) CHECK_CLOSE(width, 10.0, 1e-12);
    CHECK_CLOSE(m.clearance, 200.0 - std::numbers::pi * 9.0, 1e-12);
    const int middle = layers / 2;
    put(model, middle * plan + column, {-3.0, 0.0, 20.0 * middle / (layers - 1)});
    m = measure_foramen(model, f);
    CHECK_CLOSE(m.area, 200.0 - 3.0 * 20.0 / (layers - 1), 1e-12);
}

TEST_CASE("a canal between two alike, parallel end-plates is as deep as the bony one; a bulge of 3 mm takes 3 mm of it") {
    SpineModel model = plain_segment();
    const VertebraRow &above = model.geometry.vertebra(Body::L4), &below = model.geometry.vertebra(Body::L5);
    CanalMeasures canal = measure_canal(model, d);
    CHECK(std::abs(canal.depth - below.canal_depth) < 1e-6);
    CHECK_CLOSE(canal.area, 0.25 * std::numbers::pi * below.canal_depth * 0.5 * (above.canal_width + below.canal_width), 1e-6);
    const Eigen::Vector3d back = -model.disc_mesh(d).shape.lower_plate.rotation.col(0);
    const int plan = model.disc_mesh(d).plan_nodes, layers = model.domain(d).node_count() / plan;
    for (const int n : model.disc_mesh(d).outline) {
        const int node = layers / 2 * plan + n;
        put(model, node, model.domain(d).mesh().nodes.col(node) + 3.0 * back);
    }
    canal = measure_canal(model, d);
    CHECK(std::abs(canal.depth - (below.canal_depth - 3.0)) < 1e-6);
    CHECK(std::abs(posterior_bulge(model, d) - 3.0) < 0.02);  // measured backwards in the vertebra's frame, not in the plate's
}

TEST_CASE("five heights of a disc that is lifted by 2 mm and then flexed by 8 degrees about its upper end-plate's middle") {
    SpineModel model = plain_segment();
    const std::array<double, 5> before = disc_heights(model, d);
    engine::Pose& upper = model.system.poses[static_cast<int>(Body::L4)];
    upper.origin += 2.0 * disc_normal(model);
    std::array<double, 5> now = disc_heights(model, d);
    for (std::size_t i = 0; i < 5; ++i) CHECK(std::abs(now[i] - before[i] - 2.0) < 1e-10);

    const double h = now[0], turn = 8.0 * degree;
    const VertebraRow& below = model.geometry.vertebra(Body::L5);
    const double hollow = model.geometry.tables.discs[d].posterior_concavity;
    const auto radius = [&](double angle) {
        return outline_radius(angle, below.endplate_width_upper, below.endplate_depth_upper, hollow);
    };
    const Eigen::Vector3d centre = upper.point(lower_endplate(model.geometry.vertebra(Body::L4)).origin);
    const Eigen::Matrix3d flexion = engine::rotation_from_vector(turn * model.disc_mesh(d).shape.lower_plate.rotation.col(1));
    upper = {flexion * upper.rotation, centre + flexion * (upper.origin - centre)};
    now = disc_heights(model, d);
    const double half = 0.5 * turn;  // heights lie along the mean of the two normals
    CHECK(std::abs(now[0] - h) < 1e-10);
    CHECK(std::abs(now[1] - (h * std::cos(half) - 2.0 * radius(0.0) * std::sin(half))) < 1e-10);
    CHECK(std::abs(now[2] - (h * std::cos(half) + 2.0 * radius(std::numbers::pi) * std::sin(half))) < 1e-10);
    for (const std::size_t side : {3, 4}) CHECK(std::abs(now[side] - h * std::cos(half)) < 1e-10);
}

TEST_CASE("a disc that grows by 2 % in every direction: strain of its fibres, water, and stress against pressure") {
    SpineModel model = plain_segment();
    const DiscState before = disc_state(model, d);
    CHECK(before.peak_fibre_strain < 1e-12);
    move(model, [](const Eigen::Vector3d& x) { return Eigen::Vector3d(1.02 * x); });
    model.domain(d).p.setZero();
    const DiscState grown = disc_state(model, d);
    const double volume = engine::mesh_quality(model.disc_mesh(d).mesh).volume;
    CHECK_CLOSE(grown.peak_fibre_strain, 0.02, 1e-10);
    CHECK_CLOSE(grown.fluid_volume - before.fluid_volume, (1.02 * 1.02 * 1.02 - 1.0) * volume, 1e-9);
    model.domain(d).p.setConstant(0.1);
    CHECK_CLOSE(disc_state(model, d).peak_principal_stress, grown.peak_principal_stress - 0.1, 1e-10);
}

TEST_CASE("the place of the largest strain is where the field strains most, in the lower vertebra's frame") {
    SpineModel model = plain_segment();
    const double reach = model.domain(d).mesh().nodes.row(1).maxCoeff();
    const Eigen::Vector3d aside(0.0, 7.0, 0.0);
    model.system.poses[static_cast<int>(Body::L5)].origin = aside;
    move(model, [&](const Eigen::Vector3d& x) -> Eigen::Vector3d {
        const double s =
            std::max(0.0, x.y() / reach);  // the left half widens, most at its margin; taut where the rim runs sideways
        return Eigen::Vector3d(x.x() * (1.0 + 0.05 * s * s), x.y(), x.z()) + aside;
    });
    const DiscState state = disc_state(model, d);
    CHECK(state.peak_fibre_strain > 0.0);
    CHECK(state.peak_fibre_place.y() > 0.7 * reach);
    CHECK(state.peak_fibre_place.y() < reach);
}

TEST_CASE("facets with a gap of 0.4 mm, opened and closed by 0.3 mm along their normal; ligaments pulled by 2 mm") {
    SpineModel model = testing::mounted(testing::level(Body::L4, Body::L5));
    testing::Machine machine(model);
    machine.load({}, 1.0);  // what the observer reads of the solver is there
    const SpineObserver observer(model);
    auto& poses = model.system.poses;
    const auto place_upper = [&](const Eigen::Vector3d& away) {
        for (const Body b : {Body::L4, Body::L5}) poses[static_cast<int>(b)] = model.geometry.pose(b);
        poses[static_cast<int>(Body::L4)].origin += away;
        return observer.read(model, machine.newton());
    };
    const auto value = [&](const std::vector<double>& row, const char* name, std::size_t label = 0) {
        return row[observer.offset(name) + label];
    };
    const FacetPatch patch = facet_patch(model.geometry.tables.facets[d], Side::left);
    const Eigen::Vector3d normal =
        model.geometry.pose(Body::L4).rotation * patch.normal;  // from the upper to the lower vertebra's facet
    CHECK(std::abs(value(place_upper(Eigen::Vector3d::Zero()), "facet_gap") - 0.4) < 1e-10);
    CHECK(std::abs(value(place_upper(-0.3 * normal), "facet_gap") - 0.7) < 1e-10);
    const std::vector<double> closed = place_upper(0.3 * normal);
    const double x = 1.0 - 0.1 / 0.55,
                 pressure = 0.35 / (std::numbers::e - 1.0) * x * (std::exp(x) - 1.0);  // docs/model.md, section 5
    CHECK(std::abs(value(closed, "facet_gap") - 0.1) < 1e-10);
    CHECK_CLOSE(value(closed, "facet_pressure"), pressure, 1e-10);
    CHECK_CLOSE(value(closed, "facet_force"), pressure * patch.width * patch.height, 1e-10);

    const Eigen::Vector3d pull(0.0, 0.0, 2.0);
    const std::vector<double> pulled = place_upper(pull);
    std::size_t group = 0, rated = 0;
    for (const CableGroup& g : model.ligaments) {
        CAPTURE(g.name);
        double length = 0.0, strain = 0.0, force = 0.0;
        for (int i = g.first; i < g.first + g.count; ++i) {  // straight between its two ends
            const engine::Cable& strand = model.system.cables[i];
            REQUIRE(strand.path.size() == 2);
            const auto end = [&](std::size_t k) {
                return model.geometry.neutral[static_cast<std::size_t>(strand.path[k].body)].point(strand.path[k].local);
            };
            const double sign = strand.path[0].body == static_cast<int>(Body::L4) ? 1.0 : -1.0;
            const double l = (end(0) - end(1) + sign * pull).norm();
            const auto& law = std::get<engine::StrandLaw>(strand.law);
            const double e = (l - law.slack_length) / law.slack_length, toe = law.transition_strain;
            length += l / g.count;
            strain += e / g.count;
            force += e <= 0.0 ? 0.0 : e < toe ? law.stiffness * e * e / (2.0 * toe) : law.stiffness * (e - 0.5 * toe);
        }
        CHECK(std::abs(value(pulled, "ligament_length", group) - length) < 1e-9);
        CHECK(std::abs(value(pulled, "ligament_strain", group) - strain) < 1e-9);
        CHECK(std::abs(value(pulled, "ligament_force", group) - force) < 1e-7);
        if (std::isfinite(g.failure_strain))
            CHECK(std::abs(value(pulled, "ligament_failure_fraction", rated++) - std::max(strain, 0.0) / g.failure_strain) <
                  1e-9);
        ++group;
    }
    CHECK(group == 7);
}

TEST_CASE("the dose of a session written by hand") {
    const SpineModel model = build_spine(source_tables(), coarse_spec());
    const SpineObserver observer(model);
    Dose dose(observer);
    std::size_t width = 0;
    for (const Observable& o : observer.observables()) width += o.size();
    const std::size_t idp = observer.offset("idp") + 3, area = observer.offset("foramen_area") + 6,
                      water = observer.offset("fluid_content") + 3;
    std::vector<double> last;
    // time, pressure, area, water: two pulls; the third fall of the pressure is too small to count
    for (const auto& [t, p, a, w] : {std::array{0.0, 0.20, 100.0, 5000.0},
                                     {10.0, 0.10, 110.0, 5010.0},
                                     {30.0, 0.10, 110.0, 5020.0},
                                     {40.0, 0.22, 98.0, 5015.0},
                                     {50.0, 0.12, 108.0, 5030.0},
                                     {60.0, 0.20, 100.0, 5025.0},
                                     {70.0, 0.19, 100.0, 5025.0},
                                     {80.0, 0.20, 100.0, 5025.0}}) {
        std::vector<double> row(width, 0.0);
        row[idp] = p;
        row[area] = a;
        row[water] = w;
        last = dose.add(t, row);
    }
    const auto total = [&](const std::string& name, std::size_t label) {
        std::size_t at = 0;
        for (const Observable& o : dose.observables()) {
            if (o.name == name) return last[at + label];
            at += o.size();
        }
        return -1.0;
    };
    const double back = 10.0 * 0.10 / 0.12,
                 again = 10.0 * 0.08 / 0.10;  // of the rise to 0.22 and the fall from it: time below 0.20
    CHECK_CLOSE(total("dose_low_pressure_time", 3), 10.0 + 20.0 + back + again + 10.0 + 20.0, 1e-12);
    CHECK_CLOSE(total("dose_low_pressure", 3), 0.5 + 2.0 + 0.05 * back + 0.04 * again + 0.4 + 0.05 + 0.05, 1e-12);
    CHECK_CLOSE(total("dose_open_time", 6), 10.0 + 20.0 + 10.0 * 10.0 / 12.0 + 10.0 * 8.0 / 10.0 + 10.0, 1e-12);
    CHECK_CLOSE(total("dose_opening", 6), 50.0 + 200.0 + 5.0 * 10.0 * 10.0 / 12.0 + 4.0 * 8.0 + 40.0, 1e-12);
    CHECK_CLOSE(total("dose_fluid_exchanged", 3), 10.0 + 10.0 + 5.0 + 15.0 + 5.0, 1e-12);
    CHECK(total("dose_cycles", 3) == 2.0);
    CHECK(total("dose_cycles", 2) == 0.0);
}

TEST_SUITE_END();
