#pragma once

#include <fstream>
#include <string>

#include "engine/mesh/o_grid.hpp"
#include "tests/support/temporary_folder.hpp"

namespace foramen::testing {

/// A folder with one small round disc, L4-L5, in the layout that io/import reads: a core and a ring of nucleus, four rings of annulus,
/// two layers of 5 mm, radius 20 mm; numbers from 1 as the mesh has them.
class TinyAnatomy {
public:
    TinyAnatomy() {
        for (const char* sub : {"disc", "ligament", "bone", "facet"}) std::filesystem::create_directories(folder_.file(sub));
        write_nodes();
        write_elements();
        for (const char* part : {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"}) {
            write(std::string("disc/L45_") + part + "U.txt", numbers(0));
            write(std::string("disc/L45_") + part + "O.txt", numbers(2));
        }
    }

    [[nodiscard]] std::string path() const { return folder_.file("."); }
    [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }
    [[nodiscard]] std::string text(const std::string& name) const {
        std::ifstream stream(file(name));
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    void write(const std::string& name, const std::string& text) const { std::ofstream(file(name)) << text; }
    void remove(const std::string& name) const { std::filesystem::remove(file(name)); }
    /// Replaces the first occurrence of a text in a file.
    void edit(const std::string& name, const std::string& from, const std::string& to) const {
        std::string all = text(name);
        const std::size_t at = all.find(from);
        if (at == std::string::npos) throw std::runtime_error(name + " does not hold " + from);
        write(name, all.replace(at, from.size(), to));
    }

private:
    static constexpr int rings = 5;

    [[nodiscard]] std::string numbers(int layer) const {
        std::string all;
        for (int n = 0; n < grid_.node_count(); ++n) all += std::to_string(layer * grid_.node_count() + n + 1) + "\n";
        return all;
    }

    void write_nodes() const {
        std::string all;
        for (int layer = 0; layer < 3; ++layer) {
            for (int n = 0; n < grid_.node_count(); ++n) {
                const engine::OGridPoint p = grid_.point(n);
                const double radius = p.ring == 0 ? 0.006 * p.core_radius : 0.008 + 0.003 * (p.ring - 1);  // m
                all += std::to_string(layer * grid_.node_count() + n + 1) + " " + std::to_string(radius * std::cos(p.angle)) + " " +
                       std::to_string(radius * std::sin(p.angle)) + " " + std::to_string(0.005 * layer) + "\n";
            }
        }
        for (const char* part : {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"}) write(std::string("disc/L45_") + part + ".node", all);
    }

    void write_elements() const {
        std::array<std::string, rings + 1> text;
        const auto hexes = grid_.extrude(3);
        for (std::size_t e = 0; e < hexes.size(); ++e) {
            std::string& part = text[static_cast<std::size_t>(grid_.quad_ring()[e % grid_.quads().size()])];
            for (const int n : hexes[e]) part += std::to_string(n + 1) + " ";
            part += "1 1 1 1 0 " + std::to_string(e + 1) + "\n";
        }
        write("disc/L45_NP.elem", text[0] + text[1]);
        for (int r = 2; r <= rings; ++r) write("disc/L45_AN_R" + std::to_string(r - 1) + ".elem", text[static_cast<std::size_t>(r)]);
    }

    TemporaryFolder folder_;
    engine::OGrid grid_{2, rings};
};

}  // namespace foramen::testing
