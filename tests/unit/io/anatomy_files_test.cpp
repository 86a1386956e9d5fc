// Readers of imported anatomies on small files: what is read, and what is said about files that are wrong.

#include "io/import/anatomy_files.hpp"

#include <doctest/doctest.h>

#include "engine/elements/hex_measure.hpp"
#include "io/result_file.hpp"
#include "models/morphometry.hpp"
#include "tests/support/close.hpp"
#include "tests/support/tiny_anatomy.hpp"

using namespace foramen;
using namespace foramen::io;
using testing::TinyAnatomy;

namespace {

/// All that is said about an anatomy, without the folder's own path.
std::string complaint(const TinyAnatomy& tiny, const std::string& path = "") {
    std::string text = "no error";
    try {
        static_cast<void>(read_anatomy(path.empty() ? tiny.path() : path));
    } catch (const ScenarioError& e) {
        text = e.what();
    }
    const std::string folder = tiny.path();
    for (const std::string& own : {folder + "/", folder, folder.substr(0, folder.size() - 1)})
        for (std::size_t at = text.find(own); at != std::string::npos; at = text.find(own)) text.erase(at, own.size());
    return text;
}

void check_says(const TinyAnatomy& tiny, const std::string& part, const std::string& path = "") {
    const std::string text = complaint(tiny, path);
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
}

const std::string strands =
    "2\nL45_LF, 2, 0.1\n-.02, 0.001, .008, -.02, .001, .001\n-.02, -.001, .008, -.02, -.001, .001\nL45_CL_R, 1, "
    "0.1\n-.02,-.01,.008,-.021,-.01,.004\n";
const std::string laws = "2\nL45_LF, -0.03, 0.09, 30.0, 75\nL45_CL_R, 0.55, 0.95, 40.0, 36\n";

}  // namespace

TEST_SUITE_BEGIN("unit/io");

TEST_CASE("a small folder is read: nodes in mm, tissues, plates, volume of a prism with twelve sides") {
    const TinyAnatomy tiny;
    const models::ImportedAnatomy anatomy = *read_anatomy(tiny.path()).anatomy;
    REQUIRE(anatomy.discs[3]);
    CHECK_FALSE(anatomy.discs[0]);
    const models::ImportedDisc& disc = *anatomy.discs[3];
    CHECK(disc.mesh.element_count() == 2 * (4 + 5 * 8));
    CHECK(std::count(disc.tissue.begin(), disc.tissue.end(), models::DiscTissue::nucleus) == 2 * 12);
    CHECK(disc.mesh.element_sets.at("AN_R4").size() == 16);
    double volume = 0.0;
    for (int e = 0; e < disc.mesh.element_count(); ++e) volume += engine::hex_measure(disc.mesh, e).volume;
    // an octagon of radius 20 mm has 2 sqrt(2) r^2 of area; its corners are those of a square with rounded sides
    CHECK(volume > 0.97 * 10.0 * 2.0 * std::sqrt(2.0) * 400.0);
    CHECK(volume < 1.001 * 10.0 * 2.0 * std::sqrt(2.0) * 400.0);
    CHECK(disc.fibres.empty());
}

TEST_CASE("wedges with repeated nodes are read as they are") {
    const TinyAnatomy tiny;
    // the first element of the core becomes two wedges
    const std::string text = tiny.text("disc/L45_NP.elem");
    std::istringstream first(text.substr(0, text.find('\n')));
    std::array<int, 8> n{};
    for (int& node : n) first >> node;
    const auto row = [](const std::array<int, 8>& nodes, int number) {
        std::string line;
        for (const int node : nodes) line += std::to_string(node) + " ";
        return line + "1 1 1 1 0 " + std::to_string(number) + "\n";
    };
    tiny.write("disc/L45_NP.elem", row({n[0], n[1], n[2], n[2], n[4], n[5], n[6], n[6]}, 1) +
                                       row({n[0], n[2], n[3], n[3], n[4], n[6], n[7], n[7]}, 1000) +
                                       text.substr(text.find('\n') + 1));
    const TinyAnatomy whole;
    const auto volume = [](const TinyAnatomy& t) {
        const auto anatomy = read_anatomy(t.path()).anatomy;
        double sum = 0.0;
        for (int e = 0; e < anatomy->discs[3]->mesh.element_count(); ++e)
            sum += engine::hex_measure(anatomy->discs[3]->mesh, e).volume;
        return sum;
    };
    CHECK_CLOSE(volume(tiny), volume(whole), 1e-12);
}

TEST_CASE("ligaments: strands, laws by name without level and side, both sides one ligament") {
    const TinyAnatomy tiny;
    tiny.write("ligament/L45_Ligs_AS.lig", strands);
    tiny.write("ligament/L45_Ligs_AS_UWMat.lig", laws);
    tiny.write("ligament/L45_Ligs_MP.lig", "1\nL45_ALL, 1, 3\n.02,0,.010,  .021,0,.005,  .02,0,.000\n");
    tiny.write("ligament/L45_Ligs_MP_UWMat.lig", "1\nL45_ALL, -0.03, 0.08, 485.0, 24\n");
    const auto anatomy = read_anatomy(tiny.path()).anatomy;
    REQUIRE(anatomy->ligaments.size() == 3);
    CHECK(anatomy->ligaments[0].name == "LF");
    CHECK(anatomy->ligaments[0].strands.size() == 2);
    CHECK(anatomy->ligaments[0].strands[0].front().isApprox(Eigen::Vector3d(-20.0, 1.0, 8.0), 1e-12));
    CHECK(anatomy->ligaments[1].name == "CL");
    CHECK(anatomy->ligaments[1].reference_strain == 0.55);
    CHECK(anatomy->ligaments[1].max_force == 36.0);
    CHECK(anatomy->ligaments[2].name == "ALL");
    CHECK(anatomy->ligaments[2].strands[0].size() == 3);
}

TEST_CASE("an element inside out is named with file, line and number") {
    const TinyAnatomy tiny;
    std::string text = tiny.text("disc/L45_NP.elem");
    std::istringstream first(text.substr(0, text.find('\n')));
    std::array<int, 8> n{};
    for (int& node : n) first >> node;
    std::string row;
    for (const int a : {4, 5, 6, 7, 0, 1, 2, 3}) row += std::to_string(n[static_cast<std::size_t>(a)]) + " ";
    row += "1 1 1 1 0 1";
    tiny.write("disc/L45_NP.elem", row + text.substr(text.find('\n')));
    const std::string caret = std::string(row.size() - 1, ' ') + "^";
    CHECK(complaint(tiny) ==
          "disc/L45_NP.elem:1:" + std::to_string(row.size()) + ": error: L45: element 1 is inverted or flat\n  1 | " + row +
              "\n    | " + caret +
              "\n  hint: seen from nodes 5 to 8, nodes 1 to 4 must run counter-clockwise\n: 1 error; nothing was run");
}

TEST_CASE("files that are cut, missing, or name what is not there") {
    SUBCASE("a row of elements cut short") {
        const TinyAnatomy tiny;
        const std::string text = tiny.text("disc/L45_AN_R2.elem");
        tiny.write("disc/L45_AN_R2.elem", text.substr(0, text.size() - 20));
        check_says(tiny, "disc/L45_AN_R2.elem:16:1: error: expected 14 numbers of an element, got 7");
        check_says(tiny, "hint: eight nodes, five columns, the element's number; was the file cut?");
    }
    SUBCASE("a table of nodes cut short") {
        const TinyAnatomy tiny;
        for (const char* part : {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"}) {
            const std::string name = std::string("disc/L45_") + part + ".node", text = tiny.text(name);
            tiny.write(name, text.substr(0, text.rfind("\n147 ") + 1));
        }
        check_says(tiny, "needs node 147, which is in no .node file");
    }
    SUBCASE("a part that is not there") {
        const TinyAnatomy tiny;
        tiny.remove("disc/L45_AN_R3.elem");
        check_says(tiny, "error: disc/L45_AN_R3.elem cannot be read\n  hint: it belongs to what else is given there");
    }
    SUBCASE("an end-plate that names an unknown node") {
        const TinyAnatomy tiny;
        tiny.edit("disc/L45_NPO.txt", "99\n", "999\n");
        check_says(tiny, "error: node 999 belongs to no element of the disc");
    }
    SUBCASE("an end-plate without nodes: the disc touches no vertebra") {
        const TinyAnatomy tiny;
        for (const char* part : {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"})
            tiny.write(std::string("disc/L45_") + part + "O.txt", "99\n");
        check_says(tiny, "error: L45: no face of the mesh lies on the upper end-plate: it touches no vertebra there");
    }
    SUBCASE("upside down") {
        const TinyAnatomy tiny;
        for (const char* part : {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"}) {
            const std::string stem = std::string("disc/L45_") + part, low = tiny.text(stem + "U.txt");
            tiny.write(stem + "U.txt", tiny.text(stem + "O.txt"));
            tiny.write(stem + "O.txt", low);
        }
        check_says(tiny, "error: L4-L5: its upper end-plate lies below its lower one\n  hint: z must point to cranial");
    }
    SUBCASE("a bone in another unit") {
        const TinyAnatomy tiny;
        tiny.write("bone/L4_body.obj", "v 10 0 0\nv 10 1 0\nv 10 0 1\nf 1 2 3\n");
        check_says(tiny, "error: L4-L5: its upper end-plate touches no vertebra: L4 is ");
    }
    SUBCASE("fibres cut") {
        const TinyAnatomy tiny;
        tiny.write("disc/L45_AN_R1A.fiber", "2\n1 2 3\n");
        check_says(tiny, "disc/L45_AN_R1A.fiber:1:1: error: expected 2 paths of fibres and \"end\", got 1 paths");
    }
    SUBCASE("a ligament without its law") {
        const TinyAnatomy tiny;
        tiny.write("ligament/L45_Ligs_AS.lig", strands);
        tiny.write("ligament/L45_Ligs_AS_UWMat.lig", "1\nL45_LF, -0.03, 0.09, 30.0, 75\n");
        check_says(tiny, "ligament/L45_Ligs_AS.lig:5:1: error: L45_CL_R has no row in the file of the laws");
    }
    SUBCASE("strands cut") {
        const TinyAnatomy tiny;
        tiny.write("ligament/L45_Ligs_AS.lig", strands.substr(0, strands.rfind("-.02,-.01")));
        tiny.write("ligament/L45_Ligs_AS_UWMat.lig", laws);
        check_says(tiny, "ligament/L45_Ligs_AS.lig:5:1: error: L45_CL_R: expected 1 strands of 2 points, got 0");
    }
    SUBCASE("a surface with a vertex that is not there") {
        const TinyAnatomy tiny;
        tiny.write("bone/L4_Schrumpfverpacken.obj", "v 0 0 0\nv 0 1 0\nv 0 0 1\nf 1/1/1 2/2/2 4/4/4\n");
        check_says(tiny, "bone/L4_Schrumpfverpacken.obj:4:15: error: there is no vertex \"4\": 3 stand above");
    }
    SUBCASE("a folder without a disc") {
        const TinyAnatomy tiny;
        tiny.remove("disc/L45_NP.node");
        tiny.remove("disc/L45_AN_R1.node");
        check_says(tiny, "error: there is no disc in this folder");
    }
}

TEST_CASE("all problems of all files are told at once") {
    const TinyAnatomy tiny;
    tiny.remove("disc/L45_AN_R3U.txt");
    tiny.write("disc/L45_AN_R1A.fiber", "2\n1 2 3\n");
    tiny.edit("disc/L45_NPO.txt", "99\n", "x99\n");
    const std::string text = complaint(tiny);
    INFO(text);
    CHECK(text.find(": 3 errors; nothing was run") != std::string::npos);
}

TEST_CASE("a path with nothing there is a file error") {
    CHECK_THROWS_AS(static_cast<void>(read_anatomy("no-such-anatomy")), FileError);
    CHECK_FALSE(find_anatomy("no-such-anatomy", "."));
}

TEST_SUITE_END();
