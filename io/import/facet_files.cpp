#include "io/import/facet_files.hpp"

#include <fmt/core.h>

#include <map>
#include <set>

#include "io/import/disc_files.hpp"
#include "io/import/obj_surface.hpp"

namespace foramen::io {

namespace {

constexpr double metre = 1000.0;  // mm

/// The triangle of a wedge that is not on the bone, turned away from the other one; adds its nodes to the surface.
void add_wedge(const FileRow& row, const NumberedNodes& nodes, const std::set<int>& bone, std::map<int, int>& index,
               models::TriangleSurface& out, InpProblems& problems) {
    std::array<int, 6> number{};
    for (std::size_t i = 0; i < 6; ++i) {
        number[i] = inp_number(row[i], "the number of a node", problems);
        if (number[i] == 0 || nodes.nodes.contains(number[i])) continue;
        problems.report("missing node", row[i].mark, fmt::format("a wedge needs node {}, which is missing", number[i]));
        number[i] = 0;
    }
    if (std::count(number.begin(), number.end(), 0) > 0) return;
    const auto on_bone = [&](int first) {
        return bone.contains(number[first]) && bone.contains(number[first + 1]) && bone.contains(number[first + 2]);
    };
    if (on_bone(0) == on_bone(3)) {
        problems.report("wedge", row[0].mark, "a wedge of cartilage must have one of its triangles on the bone");
        return;
    }
    const int free = on_bone(0) ? 3 : 0, held = 3 - free;
    const auto x = [&](int i) -> Eigen::Vector3d { return nodes.nodes.at(number[i]).place; };
    std::array<int, 3> triangle{};
    for (int i = 0; i < 3; ++i) {
        const auto [found, is_new] = index.try_emplace(number[free + i], static_cast<int>(out.points.size()));
        if (is_new) out.points.push_back(x(free + i));
        triangle[static_cast<std::size_t>(i)] = found->second;
    }
    const Eigen::Vector3d normal = (x(free + 1) - x(free)).cross(x(free + 2) - x(free));
    if (normal.dot(x(free) - x(held)) < 0.0) std::swap(triangle[1], triangle[2]);
    out.triangles.push_back(triangle);
}

}  // namespace

models::ImportedFacet read_facet_files(ImportFiles& files, int disc, models::Side side) {
    models::ImportedFacet facet;
    const std::string upper(models::body_names[static_cast<std::size_t>(models::upper_body(disc))]);
    const std::string lower(models::body_names[static_cast<std::size_t>(models::lower_body(disc))]);
    const bool left = side == models::Side::left;
    const std::string stem = fmt::format("facet/{}{}_FAC{}_{}", upper, lower.substr(1), left ? "L" : "R", upper);
    if (!files.has(stem + ".node")) return facet;
    NumberedNodes nodes;
    read_nodes(files, stem + ".node", metre, nodes);
    std::set<int> bone;
    if (const auto rows = files.rows(stem + "_RB.txt"))
        for (const FileRow& row : *rows)
            for (const InpWord& word : row) bone.insert(inp_number(word, "the number of a node", files.problems()));
    std::map<int, int> index;
    if (const auto rows = files.rows(stem + ".elem")) {
        for (const FileRow& row : *rows) {
            if (row.size() < 6)
                files.problems().report("short line", row[0].mark,
                                        fmt::format("expected six nodes of a wedge, got {} numbers", row.size()),
                                        "was the file cut?");
            else
                add_wedge(row, nodes, bone, index, facet.inferior, files.problems());
        }
    }
    facet.superior = read_obj(files, fmt::format("bone/{}_PD{}_a.obj", lower, left ? "l" : "r"), metre);
    return facet;
}

}  // namespace foramen::io
