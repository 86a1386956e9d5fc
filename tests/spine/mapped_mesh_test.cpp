// A disc of the parametric model written as .inp and read back through the map of its sets: the same disc.

#include <doctest/doctest.h>
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/core/units.hpp"
#include "io/diagnostics.hpp"
#include "io/import/anatomy_files.hpp"
#include "models/disc_state.hpp"
#include "models/morphometry.hpp"
#include "tests/support/close.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

constexpr int L4_L5 = 3;

DiscMesh parametric_mesh(const SpineGeometry& g, const SpineSpec& spec) {
    return build_disc(g, spec, L4_L5, {g.target_height[L4_L5], g.tables.discs[L4_L5].lordotic_wedge}, disc_curves(g, spec, L4_L5))
        .mesh;
}

std::string list_of(const std::vector<int>& numbers) {
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        text += fmt::format("{}{}", numbers[i] + 1, i % 8 == 7 || i + 1 == numbers.size() ? "\n" : ", ");
    return text;
}

/// Numbers from 1, the last element first: the order of a file means nothing.
void write_inp(const DiscMesh& disc, const std::string& path) {
    std::ofstream file(path);
    file << "*NODE\n";
    for (int n = 0; n < disc.mesh.node_count(); ++n)
        file << fmt::format("{}, {:.15g}, {:.15g}, {:.15g}\n", n + 1, disc.mesh.nodes(0, n), disc.mesh.nodes(1, n),
                            disc.mesh.nodes(2, n));
    for (int e = disc.mesh.element_count() - 1; e >= 0; --e) {
        constexpr const char* names[3] = {"NUCLEUS", "ANNULUS", "CEP"};
        file << "*ELEMENT, TYPE=C3D8P, ELSET=" << names[static_cast<int>(disc.tissue[e]) - 1] << "\n" << e + 1;
        for (const int n : disc.mesh.elements[e]) file << ", " << n + 1;
        file << "\n";
    }
    file << "*NSET, NSET=LOW\n"
         << list_of(disc.mesh.node_set("lower")) << "*NSET, NSET=TOP\n"
         << list_of(disc.mesh.node_set("upper"));
}

struct Folder {
    testing::TemporaryFolder folder;
    std::string yaml =
        "anatomy: 1\ndiscs:\n  L4-L5: {mesh: disc.inp, unit: mm, nucleus: NUCLEUS, annulus: [ANNULUS], cartilage: CEP, lower: "
        "low, upper: TOP}\n";
    Folder() {
        const SpineSpec spec = testing::coarse_spec();
        write_inp(parametric_mesh(spine_geometry(testing::source_tables(), spec), spec), folder.file("disc.inp"));
    }
    [[nodiscard]] std::string write() const {
        std::ofstream(folder.file("spine.yaml")) << yaml;
        return folder.file("spine.yaml");
    }
    [[nodiscard]] std::string complaint() const {
        try {
            static_cast<void>(io::read_anatomy(write()));
        } catch (const io::ScenarioError& e) {
            std::string text = e.what();
            const std::string own = folder.file("");
            for (std::size_t at = text.find(own); at != std::string::npos; at = text.find(own)) text.erase(at, own.size());
            return text;
        }
        return "no error";
    }
};

/// Pressure without load, and angles at 5 Nm of flexion and of bending, of L4-L5 without its posterior elements.
std::array<double, 3> tested(const SpineSpec& spec) {
    SpineModel model = build_spine(testing::source_tables(), spec);
    REQUIRE(find_equilibrium(model, {}).converged);
    const double pressure = disc_state(model, L4_L5).pressure;
    testing::Machine machine(model);
    const engine::Pose rest = machine.relative(L4_L5);
    LaboratoryLoads loads;
    loads.flexion = 5000.0;
    machine.load(loads, 10.0);
    const double flexion = machine.angles(L4_L5, rest).flexion;
    loads = {};
    loads.left_bending = 5000.0;
    machine.load(loads, 20.0);
    return {pressure, flexion, machine.angles(L4_L5, rest).left_bending};
}

}  // namespace

TEST_SUITE_BEGIN("spine/imported");

TEST_CASE("a parametric disc comes back from its .inp: volumes to the digits of the file, axes, depth and angles of its fibres") {
    const Folder files;
    SpineSpec spec = testing::coarse_spec();
    spec.anatomy = io::read_anatomy(files.write()).anatomy;
    spec.imported_elements = ImportedElements::as_given;
    const SpineGeometry own = spine_geometry(testing::source_tables(), spec);
    const SpineGeometry law = spine_geometry(testing::source_tables(), testing::coarse_spec());
    const DiscMesh& read = *own.imported->discs[L4_L5];
    const DiscMesh given = parametric_mesh(law, testing::coarse_spec());
    const int count = given.mesh.element_count();
    REQUIRE(read.mesh.element_count() == count);
    for (const DiscTissue t : {DiscTissue::nucleus, DiscTissue::annulus, DiscTissue::cartilage})
        CHECK_CLOSE(tissue_volume(read, t), tissue_volume(given, t), 1e-12);
    CHECK(read.mesh.node_set("outer").size() == given.mesh.node_set("outer").size());
    CHECK(read.mesh.node_set("cartilage_bone").size() == given.mesh.node_set("cartilage_bone").size());
    double worst_depth = 0.0, worst_tangent = 0.0, worst_angle = 0.0;
    for (int e = 0; e < count; ++e) {
        if (given.tissue[e] != DiscTissue::annulus) continue;
        const int r = count - 1 - e;  // the file has the last one first
        worst_depth = std::max(worst_depth, std::abs(read.depth[r] - given.depth[e]));
        // their frames differ by the end-plates' fit: about a quarter of a degree
        worst_tangent = std::max(worst_tangent, std::acos(std::min(1.0, read.tangent[r].dot(given.tangent[e]))));
        worst_angle = std::max(worst_angle, std::abs(read.circumference[r] - given.circumference[e]));
    }
    CHECK(worst_depth < 0.08);             // harmonic against linear across a ring
    CHECK(worst_tangent < 12.0 * degree);  // gradients against chords of 12 elements around
    CHECK(worst_angle < 8.0 * degree);     // about the middle of the plate against that of the O-grid
}

TEST_CASE("a parametric disc read from its .inp is as stiff and as full as before") {
    const Folder files;
    SpineSpec spec = testing::coarse_spec();
    spec.specimen = testing::level(Body::L4, Body::L5, false);
    const std::array<double, 3> before = tested(spec);
    spec.anatomy = io::read_anatomy(files.write()).anatomy;
    spec.imported_elements = ImportedElements::as_given;
    const std::array<double, 3> after = tested(spec);
    CHECK_CLOSE(after[0], before[0], 0.002);  // measured 1e-4
    CHECK_CLOSE(after[1], before[1], 0.02);   // 0.007, 0.012: depth and angles of the fibres are found anew
    CHECK_CLOSE(after[2], before[2], 0.02);
}

TEST_CASE("factors on the tissues that a map names are in the elements of the disc; `as_tables` leaves them out") {
    Folder files;
    files.yaml += "tissues: {annulus_shear: 0.5, nucleus_moduli: 3, fibre_k2: 0.25, fibre_angle: 0.9, annulus_shear_inner: 0.8, fibre_k2_inner: 2}\n";
    SpineSpec spec = testing::coarse_spec();
    spec.specimen = testing::level(Body::L4, Body::L5, false);
    spec.anatomy = io::read_anatomy(files.write()).anatomy;
    REQUIRE(spec.anatomy->tissues);
    CHECK(*spec.anatomy->tissues ==
          DiscTissueFactors{.fibre_k2 = 0.25, .fibre_k2_inner = 2.0, .fibre_angle = 0.9, .annulus_shear = 0.5, .annulus_shear_inner = 0.8, .nucleus_moduli = 3.0});
    struct Element {
        engine::ElementTissue tissue;
        double depth;
    };
    const auto amid = [&](DiscTissue tissue, ImportedTissues whose) -> Element {
        spec.imported_tissues = whose;
        const SpineGeometry g = spine_geometry(testing::source_tables(), spec);
        const Disc disc = build_disc(g, spec, L4_L5, {g.target_height[L4_L5], g.tables.discs[L4_L5].lordotic_wedge}, disc_curves(g, spec, L4_L5));
        std::size_t best = disc.mesh.tissue.size();
        for (std::size_t e = 0; e < disc.mesh.tissue.size(); ++e)
            if (disc.mesh.tissue[e] == tissue && (best == disc.mesh.tissue.size() || std::abs(disc.mesh.depth[e] - 0.5) < std::abs(disc.mesh.depth[best] - 0.5)))
                best = e;
        return {disc.domain.tissues.at(best), disc.mesh.depth[best]};
    };
    const auto ratio = [&](DiscTissue tissue) {
        return amid(tissue, ImportedTissues::calibrated).tissue.ground.c10 / amid(tissue, ImportedTissues::as_tables).tissue.ground.c10;
    };
    CHECK_CLOSE(ratio(DiscTissue::nucleus), 3.0, 1e-12);
    CHECK_CLOSE(ratio(DiscTissue::cartilage), 1.0, 1e-12);
    const Element own = amid(DiscTissue::annulus, ImportedTissues::calibrated), tables = amid(DiscTissue::annulus, ImportedTissues::as_tables);
    CHECK(std::abs(own.depth - 0.5) < 0.2);
    CHECK_CLOSE(ratio(DiscTissue::annulus), 0.5 * std::pow(0.8, own.depth), 1e-12);
    // k2 is linear between the layers of the tables, which are multiplied at their depths: a geometric factor but for the chord
    CHECK_CLOSE(own.tissue.fibres[0].k2 / tables.tissue.fibres[0].k2, 0.25 * std::pow(2.0, own.depth), 0.01);
}

TEST_CASE("a map that does not fit its mesh is refused with what to do") {
    Folder files;
    const auto replaced = [&](const std::string& from, const std::string& to) {
        files.yaml.replace(files.yaml.find(from), from.size(), to);
    };
    SUBCASE("a set that is missing") {
        replaced("TOP}", "ROOF}");
        CHECK(files.complaint() ==
              "spine.yaml:3:110: error: discs.L4-L5.upper: there is no set \"ROOF\" in the mesh\n"
              "  3 |   L4-L5: {mesh: disc.inp, unit: mm, nucleus: NUCLEUS, annulus: [ANNULUS], cartilage: CEP, lower: low, "
              "upper: ROOF}\n"
              "    |                                                                                                             "
              " ^^^^\n"
              "  hint: sets of the mesh: LOW, TOP\nspine.yaml: 1 error; nothing was run");
    }
    SUBCASE("elements without tissue") {
        replaced("cartilage: CEP, ", "");
        const std::string text = files.complaint();
        INFO(text);
        CHECK(text.find("elements have no tissue, among them element ") != std::string::npos);
    }
    SUBCASE("a level that does not exist, a unit that does not, a key that does not") {
        files.yaml += "  L6-L7: {mesh: disc.inp}\n";
        replaced("unit: mm", "unit: ft");
        replaced("lower: low", "floor: LOW, lower: low");
        const std::string text = files.complaint();
        INFO(text);
        CHECK(text.find("discs.L6-L7: unknown key") != std::string::npos);
        CHECK(text.find("discs.L4-L5.unit: expected one of mm, cm, m, got \"ft\"") != std::string::npos);
        CHECK(text.find("discs.L4-L5.floor: unknown key") != std::string::npos);
        CHECK(text.find("3 errors; nothing was run") != std::string::npos);
    }
    SUBCASE("a factor that is none, one out of its range, one that does not exist") {
        files.yaml += "tissues: {annulus_shear: soft, fibre_k2: 0, nucleus_modul: 2}\n";
        const std::string text = files.complaint();
        INFO(text);
        CHECK(text.find("spine.yaml:4:26: error: tissues.annulus_shear: expected a factor from 0.05 to 20, got \"soft\"") != std::string::npos);
        CHECK(text.find("tissues.fibre_k2: expected a factor from 0.05 to 20, got \"0\"") != std::string::npos);
        CHECK(text.find("tissues.nucleus_modul: unknown key") != std::string::npos);
        CHECK(text.find("did you mean \"nucleus_moduli\"?") != std::string::npos);
        CHECK(text.find("3 errors; nothing was run") != std::string::npos);
    }
    SUBCASE("no mesh there") {
        replaced("disc.inp", "disk.inp");
        const std::string text = files.complaint();
        INFO(text);
        CHECK(text.find("disk.inp: cannot be opened") != std::string::npos);
    }
}

TEST_SUITE_END();
