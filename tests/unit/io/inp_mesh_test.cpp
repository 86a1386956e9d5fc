#include "io/inp_mesh.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "io/diagnostics.hpp"
#include "io/result_file.hpp"
#include "tests/support/random.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using namespace foramen::io;

namespace {

/// Two cubes of side 1 on top of each other.
const std::string two_cubes = R"(** a comment
*Heading
anything, at all
*Node, nset=All
1, 0, 0, 0
2, 1., 0., 0.
3, 1.0E0, 1.0D+0, 0
4, 0, +1, 0
5, 0, 0, 1
6, 1, 0, 1
7, 1, 1, 1
8, 0, 1, 1
15, 0, 0, 2
16, 1, 0, 2
17, 1, 1, 2
18, 0, 1, 2
*ELEMENT,
 TYPE=C3D8P,
 ELSET="Lower"
1, 1, 2, 3, 4, 5, 6, 7, 8
*Element, type=c3d8r, elset=upper
20, 5, 6, 7, 8,
 15, 16, 17, 18
*NSET, NSET=BOTTOM, GENERATE
1, 4
*NSET, NSET=EDGE
1, 5, 15
15
*NSET, NSET=BOTH
bottom, EDGE, 18
*ELSET, ELSET=DISC
LOWER, Upper
)";

std::string replaced(const std::string& from, const std::string& to, std::string text = two_cubes) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string complaint(const std::string& text) {
    try {
        (void)read_inp_mesh_text(text, "m.inp");
    } catch (const ScenarioError& e) {
        return e.what();
    }
    return "no error";
}

/// A 20-node brick with its corners on the unit cube; where the other nodes lie does not matter.
std::string brick_of_twenty(const std::string& type) {
    std::string text = "*NODE\n1,0,0,0\n2,1,0,0\n3,1,1,0\n4,0,1,0\n5,0,0,1\n6,1,0,1\n7,1,1,1\n8,0,1,1\n";
    for (int n = 9; n <= 20; ++n) text += std::to_string(n) + ", 0.5, 0.5, 0.5\n";
    return text + "*ELEMENT, TYPE=" + type + ", ELSET=E\n1, 1,2,3,4,5,6,7,8, 9,10,\n 11,12,13,14,15,16,17,18,\n 19,20\n" +
           "*NSET, NSET=ALL, GENERATE\n1, 20\n*NSET, NSET=MIDDLES, GENERATE\n9, 20\n";
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("an .inp mesh: nodes, elements and sets, in capitals or not, over several lines") {
        const InpMesh m = read_inp_mesh_text(two_cubes, "m.inp");
        REQUIRE(m.mesh.node_count() == 12);
        REQUIRE(m.mesh.element_count() == 2);
        CHECK(m.node_number == std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 17, 18});
        CHECK(m.element_number == std::vector<int>{1, 20});
        CHECK(m.mesh.nodes.col(2) == Eigen::Vector3d(1.0, 1.0, 0.0));
        CHECK(m.mesh.nodes.col(11) == Eigen::Vector3d(0.0, 1.0, 2.0));
        CHECK(m.mesh.elements[1] == std::array<int, 8>{4, 5, 6, 7, 8, 9, 10, 11});
        CHECK(m.mesh.node_set("ALL").size() == 12);
        CHECK(m.mesh.node_set("BOTTOM") == std::vector<int>{0, 1, 2, 3});
        CHECK(m.mesh.node_set("EDGE") == std::vector<int>{0, 4, 8});
        CHECK(m.mesh.node_set("BOTH") == std::vector<int>{0, 1, 2, 3, 4, 8, 11});
        CHECK(m.mesh.element_sets.at("LOWER") == std::vector<int>{0});
        CHECK(m.mesh.element_sets.at("DISC") == std::vector<int>{0, 1});
        CHECK(engine::mesh_quality(m.mesh).volume == doctest::Approx(2.0));
    }

    TEST_CASE("an .inp mesh: twenty-node bricks become their corners") {
        for (const char* type : {"C3D20", "C3D20R", "c3d20rh", "C3D20RP"}) {
            const InpMesh m = read_inp_mesh_text(brick_of_twenty(type), "m.inp");
            CHECK(m.mesh.node_count() == 8);
            CHECK(m.mesh.elements == std::vector<std::array<int, 8>>{{0, 1, 2, 3, 4, 5, 6, 7}});
            CHECK(m.mesh.node_set("ALL").size() == 8);
            CHECK(m.mesh.node_sets.count("MIDDLES") == 0);
        }
    }

    TEST_CASE("an .inp mesh: includes beside the file that names them, nested, and never in a circle") {
        const testing::TemporaryFolder folder;
        const std::size_t cut = two_cubes.find("*ELEMENT");
        std::ofstream(folder.file("nodes.inp")) << two_cubes.substr(0, cut);
        std::ofstream(folder.file("outer.inp")) << "*Include, input=nodes.inp\n" << two_cubes.substr(cut);
        std::ofstream(folder.file("outermost.inp")) << "*INCLUDE,\nINPUT=outer.inp\n*NSET, NSET=TIP\n18\n";
        const InpMesh m = read_inp_mesh(folder.file("outermost.inp"));
        CHECK(m.mesh.element_count() == 2);
        CHECK(m.mesh.node_set("TIP") == std::vector<int>{11});
        std::ofstream(folder.file("circle.inp")) << "*INCLUDE, INPUT=circle.inp\n";
        CHECK_THROWS_WITH_AS((void)read_inp_mesh(folder.file("circle.inp")), doctest::Contains("circle.inp includes itself"),
                             ScenarioError);
        CHECK(complaint("*INCLUDE, INPUT=nowhere.inp\n") == R"(m.inp:1:17: error: "nowhere.inp" cannot be opened
  1 | *INCLUDE, INPUT=nowhere.inp
    |                 ^^^^^^^^^^^
  hint: files are looked for beside the one that names them
m.inp: 1 error; nothing was run)");
        CHECK_THROWS_AS((void)read_inp_mesh(folder.file("absent.inp")), FileError);
        CHECK_THROWS_AS((void)read_inp_mesh(folder.file("")), FileError);
    }

    TEST_CASE("an .inp mesh that is wrong: the file, the line, a caret, the reason, a hint; everything at once") {
        std::string text = replaced("c3d8r", "C3D10");
        text = replaced("5, 0, 0, 1\n", "5, 0, O, 1\n", text);
        text = replaced("EDGE, 18", "EGDE, 19", text);
        CHECK(complaint(text) == R"(m.inp:9:7: error: expected a coordinate, got "O"
  9 | 5, 0, O, 1
    |       ^
m.inp:21:16: error: unknown element type "C3D10"
 21 | *Element, type=C3D10, elset=upper
    |                ^^^^^
  hint: read are C3D8, C3D8R, C3D8H, C3D8P, and C3D20 by their corners
m.inp:30:9: error: there is no node set "EGDE"
 30 | bottom, EGDE, 19
    |         ^^^^
  hint: did you mean "EDGE"?
m.inp:30:15: error: there is no node 19
 30 | bottom, EGDE, 19
    |               ^^
m.inp:32:8: error: there is no element set "Upper"
 32 | LOWER, Upper
    |        ^^^^^
  hint: known: DISC, LOWER
m.inp: 5 errors; nothing was run)");
    }

    TEST_CASE("an .inp mesh refuses each thing by its name") {
        const auto refused = [](const std::string& from, const std::string& to, const std::string& expected) {
            INFO(from << " -> " << to << ": " << complaint(replaced(from, to)));
            CHECK(complaint(replaced(from, to)).find(expected) != std::string::npos);
        };
        refused("4, 0, +1, 0\n", "", "m.inp:19:13: error: element 1 needs node 4, which is missing");
        refused("20, 5, 6, 7, 8,", "20, 5, 8, 7, 6,", "element 20 is inverted or flat");
        refused("1, 1, 2, 3, 4, 5", "1, 5, 6, 7, 8, 5", "element 1 is inverted or flat");
        refused("15, 0, 0, 2", "8, 0, 0, 2", "node 8 was given already, in line 12");
        refused("20, 5, 6", "1, 5, 6", "element 1 was given already, in line 20");
        refused("1, 5, 15\n15\n", "", "the node set EDGE is empty");
        refused("bottom, EDGE", "bottom, both", "the node set BOTH contains itself");
        refused("1, 4\n*NSET", "1, 9\n*NSET", "m.inp:25:1: error: there is no node 9");
        refused("1, 4\n*NSET", "4, 1\n*NSET", "the range ends at 1, before it begins at 4");
        refused("1, 4\n*NSET", "4\n*NSET", "GENERATE: expected first, last and step of a range");
        refused("15, 16, 17, 18", "15, 16, 17, 18, 3", "expected 8 nodes of an element, got 9");
        refused("15, 16, 17, 18", "15, 16", "expected the number of an element and 8 nodes, got 7 numbers");
        refused("2, 1., 0., 0.", "2, 1., 0.", "expected the number of a node and three coordinates");
        refused("2, 1., 0., 0.", "-2, 1., 0., 0.", "expected the number of a node (a whole number of at least 1), got \"-2\"");
        refused("2, 1., 0., 0.", "2, nan, 0., 0.", "expected a coordinate, got \"nan\"");
        refused("2, 1., 0., 0.", "2, 1e999, 0., 0.", "expected a coordinate, got \"1e999\"");
        refused(", type=c3d8r", "", "*ELEMENT without a TYPE");
        refused("*NSET, NSET=EDGE", "*NSET", "*NSET without a name");
        refused("*Heading", "*NGEN", "*NGEN is not read");
        refused("*Node, nset=All", "*Node, system=C", "coordinates other than rectangular are not read");
        refused("** a comment", "hello", "a line before the first keyword");
        CHECK(complaint("").find("no hexahedra") != std::string::npos);
    }

    TEST_CASE("an .inp mesh that is wrong in every line is reported in few lines") {
        std::string text = "*NODE\n";
        for (int n = 1; n <= 500; ++n) text += std::to_string(n) + ", x, 0, 0\n";
        const std::string what = complaint(text);
        CHECK(what.find("490 more of the kind \"coordinate\", up to here") != std::string::npos);
        CHECK(what.find("m.inp: 11 errors") != std::string::npos);
    }

    TEST_CASE("an .inp mesh that somebody has damaged is read or refused, and nothing else") {
        testing::Uniform random(20240519);
        const auto below = [&](std::size_t n) {
            return static_cast<std::size_t>((random() + 1.0) * 0.5 * static_cast<double>(n)) % n;
        };
        const std::string letters = "*,=\n\r\"0199999999-+.eE \t\0x\xff";
        int refused = 0;
        for (int trial = 0; trial < 4000; ++trial) {
            std::string text = two_cubes;
            for (std::size_t edit = 0; edit <= below(4); ++edit) {
                const std::size_t at = below(text.size()), length = std::min<std::size_t>(below(12), text.size() - at);
                switch (below(4)) {
                    case 0:
                        text[at] = letters[below(letters.size())];
                        break;
                    case 1:
                        text.erase(at, length);
                        break;
                    case 2:
                        text.insert(at, text.substr(below(text.size()), length));
                        break;
                    default:
                        text.insert(at, 1, letters[below(letters.size())]);
                }
            }
            if (trial % 10 == 0) text.resize(below(text.size()));
            try {
                const InpMesh m = read_inp_mesh_text(text, "m.inp");
                for (const auto& element : m.mesh.elements)
                    for (const int node : element) REQUIRE((node >= 0 && node < m.mesh.node_count()));
            } catch (const ScenarioError& e) {
                ++refused;
                REQUIRE_FALSE(e.diagnostics().empty());
            }
        }
        CHECK(refused > 1000);
        CHECK(refused < 4000);
    }
}
