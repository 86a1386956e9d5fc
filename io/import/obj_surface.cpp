#include "io/import/obj_surface.hpp"

#include <fmt/core.h>

#include <charconv>

namespace foramen::io {

namespace {

/// Index of a vertex from "7/3/9", "7" or "-1" (counted from the last one so far); -1 and a report for anything else.
int vertex_index(const InpWord& word, int count, InpProblems& problems) {
    int number = 0;
    const std::string text = word.text.substr(0, word.text.find('/'));
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const int index = number < 0 ? count + number : number - 1;
    if (error == std::errc() && stop == text.data() + text.size() && index >= 0 && index < count) return index;
    problems.report("vertex", word.mark, fmt::format("there is no vertex \"{}\": {} stand above", text, count));
    return -1;
}

}  // namespace

models::TriangleSurface read_obj(ImportFiles& files, const std::string& name, double scale) {
    models::TriangleSurface surface;
    const auto rows = files.rows(name);
    if (!rows) return surface;
    InpProblems& problems = files.problems();
    for (const FileRow& row : *rows) {
        if (row[0].text == "v") {
            if (row.size() < 4) {
                problems.report("short line", row[0].mark, "expected three coordinates of a vertex");
                continue;
            }
            Eigen::Vector3d x;
            for (int i = 0; i < 3; ++i) x[i] = scale * inp_real(row[static_cast<std::size_t>(i) + 1], "a coordinate", problems);
            surface.points.push_back(x);
        } else if (row[0].text == "f") {
            if (row.size() < 4) {
                problems.report("short line", row[0].mark, "expected three vertices of a face or more");
                continue;
            }
            std::vector<int> corners;
            for (std::size_t i = 1; i < row.size(); ++i)
                corners.push_back(vertex_index(row[i], static_cast<int>(surface.points.size()), problems));
            for (std::size_t i = 1; i + 1 < corners.size(); ++i)
                surface.triangles.push_back({corners[0], corners[i], corners[i + 1]});
        }
    }
    if (surface.triangles.empty()) files.diagnostics().error(files.start(), "", "no faces");
    return surface;
}

}  // namespace foramen::io
