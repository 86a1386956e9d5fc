// A spine of somebody's own files through the whole model. The data set of Remus et al. (2021), vhm-lumbar, is looked for in the
// folder of FORAMEN_ANATOMY and in shared/anatomy beside the source; the cases are passed over, with a message, where it is
// absent.

#include <doctest/doctest.h>

#include <cstdlib>

#include "engine/core/units.hpp"
#include "engine/elements/hex_measure.hpp"
#include "engine/mesh/boundary_faces.hpp"
#include "io/import/anatomy_files.hpp"
#include "models/imported_disc_mesh.hpp"
#include "models/imported_geometry.hpp"
#include "models/morphometry.hpp"
#include "models/observables.hpp"
#include "tests/support/close.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/tiny_anatomy.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

constexpr int L4_L5 = 3;

std::shared_ptr<const ImportedAnatomy> vhm() {
    static const auto anatomy = []() -> std::shared_ptr<const ImportedAnatomy> {
        const auto path = io::find_anatomy("vhm-lumbar", std::string(FORAMEN_SOURCE_DIR) + "/../shared/anatomy");
        return path ? io::read_anatomy(*path).anatomy : nullptr;
    }();
    if (!anatomy) MESSAGE("vhm-lumbar is not here; FORAMEN_ANATOMY names the folder that holds it");
    return anatomy;
}

SpineSpec vhm_spec() {
    SpineSpec spec = testing::coarse_spec();
    spec.sex = Sex::male;
    spec.anatomy = vhm();
    spec.imported_elements = ImportedElements::as_given;  // whole, to be held against the files
    return spec;
}

const SpineModel& vhm_spine() {
    static const SpineModel model = build_spine(testing::source_tables(), vhm_spec());
    return model;
}

double set_volume(const ImportedDisc& disc, const std::string& set) {
    double volume = 0.0;
    for (const int e : disc.mesh.element_sets.at(set)) volume += engine::hex_measure(disc.mesh, e).volume;
    return volume;
}

}  // namespace

TEST_SUITE_BEGIN("spine/imported");

TEST_CASE("the data set's discs have the volumes, counts and shares of nucleus that its description gives") {
    if (!vhm()) return;
    struct Row {
        std::size_t annulus, nucleus;
        int nodes;
        std::array<int, 5> volume;  // mm3, R1 .. R4, nucleus
        double share;
    };
    const std::array<Row, disc_count> rows{{{960, 732, 2121, {1738, 2022, 2413, 2807, 7601}, 0.458},
                                            {960, 708, 2093, {2189, 2191, 2485, 2869, 7489}, 0.435},
                                            {960, 708, 2093, {2331, 2283, 2548, 2693, 8182}, 0.454},
                                            {960, 756, 2149, {2584, 2448, 2920, 3317, 9783}, 0.465},
                                            {1056, 660, 2163, {2097, 2328, 2797, 3310, 7893}, 0.428}}};
    const char* const sets[5] = {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"};
    for (int d = 0; d < disc_count; ++d) {
        CAPTURE(d);
        const ImportedDisc& disc = *vhm()->discs[d];
        CHECK(static_cast<std::size_t>(disc.mesh.element_count()) == rows[d].annulus + rows[d].nucleus);
        CHECK(disc.mesh.element_sets.at("NP").size() == rows[d].nucleus);
        CHECK(disc.mesh.node_count() == rows[d].nodes);
        double sum = 0.0;
        for (int s = 0; s < 5; ++s) {
            CHECK(std::lround(set_volume(disc, sets[s])) == rows[d].volume[static_cast<std::size_t>(s)]);
            sum += set_volume(disc, sets[s]);
        }
        CHECK(std::abs(set_volume(disc, "NP") / sum - rows[d].share) < 5.1e-4);
    }
}

TEST_CASE("the neutral stack of an imported spine is that of its files, and its measures are those of the tables made from it") {
    if (!vhm()) return;
    const SpineGeometry& g = vhm_spine().geometry;
    const ImportedGeometry& imported = *g.imported;
    for (int d = 0; d < disc_count; ++d) {
        CAPTURE(d);
        const Body low = lower_body(d), high = upper_body(d);
        const auto relative = [](const engine::Pose& a, const engine::Pose& b) -> Eigen::Vector3d { return a.local(b.origin); };
        CHECK((relative(g.pose(low), g.pose(high)) -
               relative(imported.body[static_cast<int>(low)], imported.body[static_cast<int>(high)]))
                  .norm() < 1e-10);
        const Eigen::Matrix3d turn = g.pose(low).rotation.transpose() * g.pose(high).rotation;
        const Eigen::Matrix3d given =
            imported.body[static_cast<int>(low)].rotation.transpose() * imported.body[static_cast<int>(high)].rotation;
        CHECK((turn - given).norm() < 1e-10);
        // wedges of data/anatomy/discs.csv were computed from the same files with other tools
        CHECK(std::abs(g.tables.discs[d].lordotic_wedge - testing::source_tables().discs[d].lordotic_wedge) < 0.1 * degree);
    }
}

TEST_CASE("fibre paths of the data set: both families in every element of the annulus, across each other, at angles of its own") {
    if (!vhm()) return;
    for (int d = 0; d < disc_count; ++d) {
        const DiscMesh& disc = *vhm_spine().geometry.imported->discs[d];
        CAPTURE(d);
        double least = 90.0, most = 0.0;
        for (int e = 0; e < disc.mesh.element_count(); ++e) {
            if (disc.tissue[e] != DiscTissue::annulus) continue;
            for (const int family : {0, 1}) {
                REQUIRE(std::abs(disc.fibres[e][family].norm() - 1.0) < 1e-12);
                const double angle = std::asin(std::abs(disc.fibres[e][family].dot(disc.axial[e]))) / degree;
                least = std::min(least, angle);
                most = std::max(most, angle);
            }
            CHECK(disc.fibres[e][0].dot(disc.tangent[e]) > 0.0);
            CHECK(disc.fibres[e][1].dot(disc.tangent[e]) < 0.0);
        }
        CHECK(least > 10.0);  // measured: 12 to 66, the steepest where L5-S1 is highest
        CHECK(most < 70.0);
    }
}

TEST_CASE("a factor on the fibres' angle turns those along the paths of files in the wall of the disc, and no others out of it") {
    if (!vhm()) return;
    const auto disc_with = [](double factor) {
        ImportedAnatomy anatomy = *vhm();
        anatomy.tissues = DiscTissueFactors{.fibre_angle = factor};
        SpineSpec spec = vhm_spec();
        spec.anatomy = std::make_shared<const ImportedAnatomy>(anatomy);
        const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
        return build_disc(g, spec, L4_L5, {g.target_height[L4_L5], g.tables.discs[L4_L5].lordotic_wedge}, disc_curves(g, spec, L4_L5));
    };
    const Disc given = disc_with(1.0), flatter = disc_with(0.9);
    double worst = 0.0;
    for (int e = 0; e < given.mesh.mesh.element_count(); ++e) {
        if (given.mesh.tissue[e] != DiscTissue::annulus) continue;
        for (const int family : {0, 1}) {
            const auto fibre = [&](const Disc& disc) -> Eigen::Vector3d {
                const auto& direction = disc.domain.tissues.at(static_cast<std::size_t>(e)).fibres[family].a;
                return {direction[0], direction[1], direction[2]};
            };
            const Eigen::Vector3d &tangent = given.mesh.tangent[e], &axial = given.mesh.axial[e], a = fibre(given), b = fibre(flatter);
            const auto angle = [&](const Eigen::Vector3d& f) { return std::atan2(f.dot(axial), std::abs(f.dot(tangent))); };
            worst = std::max(worst, std::abs(angle(b) - 0.9 * angle(a)));
            worst = std::max(worst, std::abs(b.norm() - 1.0));
            worst = std::max(worst, std::abs((b - a).dot(tangent.cross(axial))));
            CHECK(a.dot(tangent) * b.dot(tangent) > 0.0);
        }
    }
    CHECK(worst < 1e-12);
}

TEST_CASE("split beside drained surfaces: first elements of 0.15 mm, volumes and fibres those of the whole elements") {
    if (!vhm()) return;
    SpineSpec spec = vhm_spec();
    spec.imported_elements = ImportedElements::split;
    const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
    for (int d = 0; d < disc_count; ++d) {
        const DiscMesh &whole = *vhm_spine().geometry.imported->discs[d], &split = *g.imported->discs[d];
        CAPTURE(d);
        CHECK(whole.first_element > 2.0);
        CHECK(split.first_element < 0.2);
        CHECK(split.mesh.element_count() > 2 * whole.mesh.element_count());
        CHECK(engine::mesh_quality(split.mesh).min_scaled_jacobian > 0.0);
        CHECK_CLOSE(engine::mesh_quality(split.mesh).volume, engine::mesh_quality(whole.mesh).volume, 2e-3);  // faces are not flat
        int fibres = 0, annulus = 0;
        for (int e = 0; e < split.mesh.element_count(); ++e) {
            annulus += split.tissue[e] == DiscTissue::annulus;
            fibres += std::abs(split.fibres[e][0].norm() - 1.0) < 1e-12 && split.fibres[e][0].dot(split.tangent[e]) > 0.0;
        }
        CHECK(annulus > 0);
        CHECK(fibres == annulus);
    }
}

TEST_CASE("files without cartilage: the elements on bone pass as much as 0.6 mm of cartilage, whole or split, and no others are touched") {
    if (!vhm()) return;
    const DiscGradeRow& grade = testing::source_tables().grades[0];
    for (const ImportedElements elements : {ImportedElements::as_given, ImportedElements::split}) {
        SpineSpec spec = vhm_spec();
        spec.imported_elements = elements;
        spec.discs[L4_L5].endplates = EndplateState::sclerosed;
        spec.discs[L4_L5].grade = 1;
        const SpineModel model = build_spine(testing::source_tables(), spec);
        const DiscMesh& mesh = *model.geometry.imported->discs[L4_L5];
        const engine::DomainSpec& domain = model.domain(L4_L5).spec();
        REQUIRE(mesh.for_cartilage.size() == mesh.tissue.size());
        std::vector<char> on_bone(static_cast<std::size_t>(mesh.mesh.node_count()), 0);
        for (const int n : mesh.mesh.node_set("cartilage_bone")) on_bone[static_cast<std::size_t>(n)] = 1;
        double passed = 0.0, area = 0.0;  // mm3/s per MPa; mm2
        for (const engine::BoundaryFace& face : engine::boundary_faces(mesh.mesh)) {
            if (!std::ranges::all_of(face.nodes, [&](int n) { return on_bone[static_cast<std::size_t>(n)] != 0; })) continue;
            const double a = engine::face_area(mesh.mesh, face).norm(), thickness = engine::hex_measure(mesh.mesh, face.element).volume / a;
            area += a;
            passed += a * domain.tissues[static_cast<std::size_t>(face.element)].permeability->at(1.1).value / thickness;
        }
        CHECK(area > 1000.0);
        CHECK_CLOSE(passed / area, 0.1 * grade.endplate.permeability / 0.6, 0.02);  // a tenth: sclerosed
        for (int e = 0; e < mesh.mesh.element_count(); ++e) {
            if (mesh.for_cartilage[static_cast<std::size_t>(e)] > 0.0 || mesh.tissue[static_cast<std::size_t>(e)] != DiscTissue::nucleus) continue;
            CHECK_CLOSE(domain.tissues[static_cast<std::size_t>(e)].permeability->at(1.0).value, grade.nucleus.permeability, 1e-6);
        }
    }
}

TEST_CASE("pieces of paths go to the elements that hold both their nodes, apart for the two families") {
    const testing::TinyAnatomy tiny;
    const engine::OGrid grid(2, 5);
    const int plan = grid.node_count();
    const std::vector<int> outer = grid.outer_nodes();
    std::string paths = std::to_string(2 * outer.size()) + "\n";
    for (std::size_t i = 0; i < outer.size(); ++i) {
        const int here = outer[i] + 1, next = outer[(i + 1) % outer.size()] + 1;
        paths += std::to_string(here) + " " + std::to_string(next + plan) + "\n" + std::to_string(next) + " " +
                 std::to_string(here + plan) + "\n";
    }
    tiny.write("disc/L45_AN_R4A.fiber", paths + "end\n");
    const ImportedDisc disc = *io::read_anatomy(tiny.path()).anatomy->discs[L4_L5];
    const DiscMesh mesh = imported_disc_mesh(disc, {fit_plate(disc, "lower"), fit_plate(disc, "upper"), {}, {}}, ImportedElements::as_given);
    int with_paths = 0;
    for (int e = 0; e < mesh.mesh.element_count(); ++e) {
        const auto& [left, right] = mesh.fibres[e];
        if (left.isZero() && right.isZero()) continue;
        ++with_paths;
        CHECK(left.dot(mesh.tangent[e]) > 0.5);
        CHECK(right.dot(mesh.tangent[e]) < -0.5);
        // an eighth of the way around at 20 mm, 5 mm up: chords of 15.3 mm and their diagonals
        CHECK(std::abs(std::asin(left.dot(mesh.axial[e])) - std::atan(5.0 / 15.3)) < 0.05);
    }
    CHECK(with_paths == 8);
}

TEST_CASE("the direction of a fibre is that of the path through its element, as the file has it") {
    if (!vhm()) return;
    const ImportedDisc& files = *vhm()->discs[L4_L5];
    const SpineGeometry& g = vhm_spine().geometry;
    const DiscMesh& disc = *g.imported->discs[L4_L5];
    // the first path on the outside of the annulus of L4-L5 begins at the mid-line behind and goes down to the left
    const Eigen::Vector3d from(-2.45, 0.0, 51.71), to(-2.42, 3.03, 50.0);  // mm, to a hundredth, in the files
    const Eigen::Matrix3d& body = g.imported->body[static_cast<int>(lower_body(L4_L5))].rotation;
    const auto nearest = [&](const Eigen::Vector3d& x) {
        Eigen::Index n = 0;
        CHECK((files.mesh.nodes.colwise() - x).colwise().norm().minCoeff(&n) < 0.02);
        return static_cast<int>(n);
    };
    const int a = nearest(from), b = nearest(to);
    int seen = 0;
    for (int e = 0; e < disc.mesh.element_count(); ++e) {
        const auto has = [&](int n) { return std::count(disc.mesh.elements[e].begin(), disc.mesh.elements[e].end(), n) > 0; };
        if (!has(a) || !has(b)) continue;
        ++seen;
        double best = 0.0;
        for (const int family : {0, 1})
            best = std::max(best, std::abs(disc.fibres[e][family].dot(body.transpose() * (to - from).normalized())));
        CHECK(best > std::cos(6.0 * degree));  // the mean with the path on the inside of the ring
    }
    CHECK(seen == 1);
}

TEST_CASE("facets of the data set: cartilage 0.5 to 0.8 mm from the process that it faces, mirrored at the sagittal plane") {
    if (!vhm()) return;
    for (int d = 0; d < disc_count; ++d) {
        CAPTURE(d);
        const FacetPatch &left = vhm_spine().geometry.facet(d, Side::left), &right = vhm_spine().geometry.facet(d, Side::right);
        CHECK(left.gap > 0.45);
        CHECK(right.gap < 0.85);
        CHECK((left.normal - Eigen::Vector3d(right.normal.x(), -right.normal.y(), right.normal.z())).norm() < 0.02);
        CHECK((left.centre - Eigen::Vector3d(right.centre.x(), -right.centre.y(), right.centre.z())).norm() < 0.8);
        CHECK(left.normal.y() > 0.0);
    }
}

TEST_CASE("a ligament of the files has its own lengths and strains, and the stiffness of the tables spread over its strands") {
    const AnatomyTables& tables = testing::source_tables();
    const auto row = std::find_if(tables.ligaments.begin(), tables.ligaments.end(), [](const LigamentRow& r) { return r.name == "ITL" && r.disc == L4_L5; });
    const testing::TinyAnatomy tiny;
    auto files = std::make_shared<ImportedAnatomy>(*io::read_anatomy(tiny.path()).anatomy);
    const auto strand = [](double y, double length) { return std::vector<Eigen::Vector3d>{{-25.0, y, length}, {-25.0, y, 0.0}}; };
    // three strands on the left and three on the right, whose laws differ; the tables have two and two
    files->ligaments.push_back({"ITL", L4_L5, {strand(40.0, 30.0), strand(41.0, 30.0), strand(42.0, 30.0)}, 0.05, 0.2, 150.0, 12.0});
    files->ligaments.push_back({"ITL", L4_L5, {strand(-40.0, 28.0), strand(-41.0, 28.0), strand(-42.0, 28.0)}, 0.01, 0.3, 170.0, 12.0});
    files->ligaments.push_back({"XYZ", L4_L5, {strand(0.0, 25.0)}, 0.02, 0.1, 77.0, 12.0});  // a name that the tables do not have
    SpineSpec spec = testing::coarse_spec();
    spec.anatomy = files;
    spec.specimen = testing::level(Body::L4, Body::L5);
    for (const ImportedLigaments whose : {ImportedLigaments::calibrated, ImportedLigaments::as_given}) {
        spec.imported_ligaments = whose;
        const SpineModel model = build_spine(tables, spec);
        std::vector<engine::StrandLaw> laws;
        for (const CableGroup& c : model.ligaments)
            for (int i = c.first; i < c.first + c.count && c.disc == L4_L5; ++i) laws.push_back(std::get<engine::StrandLaw>(model.system.cables[i].law));
        REQUIRE(laws.size() == 7);
        const bool calibrated = whose == ImportedLigaments::calibrated;
        for (int i = 0; i < 6; ++i) {
            CAPTURE(i);
            CHECK_CLOSE(laws[i].slack_length, i < 3 ? 30.0 * 1.05 : 28.0 * 1.01, 1e-12);
            CHECK(laws[i].transition_strain == (i < 3 ? 0.2 : 0.3));
            CHECK_CLOSE(laws[i].stiffness, calibrated ? row->stiffness * 4.0 / 6.0 : (i < 3 ? 150.0 : 170.0), 1e-12);
        }
        CHECK(laws[6].stiffness == 77.0);
    }
}

TEST_CASE("a ligament of a spine that has its own row in the tables is as stiff as that says, in that disc alone") {
    AnatomyTables tables = testing::source_tables();
    const auto row = std::find_if(tables.ligaments.begin(), tables.ligaments.end(), [](const LigamentRow& r) { return r.name == "SSL" && r.disc == L4_L5; });
    REQUIRE(row != tables.ligaments.end());
    tables.imported_ligaments = {{"nobody", "SSL", L4_L5, 9.0}, {"somebody", "SSL", 0, 4.0}, {"somebody", "SSL", L4_L5, 2.5}};
    const testing::TinyAnatomy tiny;
    auto files = std::make_shared<ImportedAnatomy>(*io::read_anatomy(tiny.path()).anatomy);
    files->name = "somebody";
    files->ligaments.push_back({"SSL", L4_L5, {{{-60.0, 0.0, 20.0}, {-60.0, 0.0, 0.0}}}, 0.05, 0.2, 150.0, 12.0});
    SpineSpec spec = testing::coarse_spec();
    spec.anatomy = files;
    spec.specimen = testing::level(Body::L4, Body::L5);
    const auto stiffness = [&] {
        const SpineModel model = build_spine(tables, spec);
        const auto own = std::find_if(model.ligaments.begin(), model.ligaments.end(), [](const CableGroup& c) { return c.name == "SSL" && c.disc == L4_L5; });
        REQUIRE(own != model.ligaments.end());
        return std::get<engine::StrandLaw>(model.system.cables[own->first].law).stiffness;
    };
    CHECK_CLOSE(stiffness(), 2.5 * row->stiffness * row->strands, 1e-12);
    spec.imported_tissues = ImportedTissues::as_tables;
    CHECK_CLOSE(stiffness(), row->stiffness * row->strands, 1e-12);
    spec.imported_tissues = ImportedTissues::calibrated;
    spec.imported_ligaments = ImportedLigaments::as_given;
    CHECK(stiffness() == 150.0);
}

TEST_CASE("a level of the imported spine finds its equilibrium at the heights of its files, and bends alike to both sides") {
    if (!vhm()) return;
    SpineSpec spec = vhm_spec();
    spec.specimen = testing::level(Body::L4, Body::L5);
    SpineModel model = build_spine(testing::source_tables(), spec);
    REQUIRE(find_equilibrium(model, {}).converged);
    CHECK(std::abs(disc_height(model, L4_L5) - model.geometry.target_height[L4_L5]) < 0.05);
    testing::Machine machine(model);
    const engine::Pose rest = machine.relative(L4_L5);
    const auto bend = [&](double moment) {
        LaboratoryLoads loads;
        loads.left_bending = moment;
        machine.load(loads, 10.0);
        return machine.angles(L4_L5, rest).left_bending;
    };
    const double left = bend(7500.0), right = bend(-7500.0);
    CHECK(left > 2.0 * degree);
    CHECK(left < 9.0 * degree);
    CHECK(std::abs(left + right) < 0.05 * left);  // the mesh is symmetric to 0.05 mm; the water remembers the first bend
}

TEST_CASE(
    "a person with the imported spine lies in equilibrium, is pulled, and every level carries what harness and table put on it") {
    if (!vhm()) return;
    SpineModel model = build_spine(testing::source_tables(), vhm_spec());
    const EquilibriumReport rest = find_equilibrium(model, {});
    INFO(rest.why);
    REQUIRE(rest.converged);
    const SpineObserver observer(model);
    engine::NewtonSolver newton(model.system, newton_options(model, 300.0));
    engine::TimeStepper stepper(model.system, newton, {});
    const std::array<double, disc_count> before = {disc_height(model, 0), disc_height(model, 1), disc_height(model, 2),
                                                   disc_height(model, 3), disc_height(model, 4)};
    const double area = measure_foramen(model, observer.foramina()[2 * L4_L5]).area;
    const engine::RunReport run =
        stepper.run(0.0, {[&](double t, engine::System&) { model.apply(t, 30.0 * t, 0.0); }, {10.0}}, {});
    INFO(run.why);
    REQUIRE(run.reason == engine::StopReason::finished);
    for (int d = 0; d < disc_count; ++d) {
        CAPTURE(d);
        CHECK(disc_height(model, d) - before[static_cast<std::size_t>(d)] > 0.2);
        CHECK(disc_height(model, d) - before[static_cast<std::size_t>(d)] < 1.5);
        CHECK(force_balance(model, newton)[static_cast<std::size_t>(d)] < 5e-3);
    }
    CHECK(measure_foramen(model, observer.foramina()[2 * L4_L5]).area > area);
    // the spine of the data set is symmetric, and so is the pull
    const ForamenMeasures left = measure_foramen(model, observer.foramina()[2 * L4_L5]),
                          right = measure_foramen(model, observer.foramina()[2 * L4_L5 + 1]);
    CHECK(std::abs(left.area - right.area) < 0.02 * left.area);
    CHECK(std::abs(model.system.poses[static_cast<int>(Body::L1)].origin.y()) < 0.3);
}

TEST_SUITE_END();
