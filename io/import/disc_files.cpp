#include "io/import/disc_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "engine/elements/hex_measure.hpp"
#include "engine/mesh/boundary_faces.hpp"
#include "models/plate_fit.hpp"

namespace foramen::io {

namespace {

using models::DiscTissue;

constexpr double metre = 1000.0;     // mm
constexpr double same_place = 1e-3;  // mm
constexpr const char* parts[5] = {"AN_R1", "AN_R2", "AN_R3", "AN_R4", "NP"};
constexpr std::size_t element_row = 14;  // eight nodes, five columns of materials, the number

class DiscReader {
public:
    DiscReader(ImportFiles& files, std::string prefix) : files_(files), problems_(files.problems()), prefix_(std::move(prefix)) {}

    models::ImportedDisc read() {
        for (const char* part : parts) read_nodes(files_, file(part, ".node"), metre, numbered_);
        for (const char* part : parts) read_elements(part);
        number_mesh();
        for (const char* part : parts) {
            read_plate(file(part, "U.txt"), "lower");
            read_plate(file(part, "O.txt"), "upper");
        }
        for (auto& [name, set] : disc_.mesh.node_sets) {
            std::sort(set.begin(), set.end());
            set.erase(std::unique(set.begin(), set.end()), set.end());
        }
        for (const char* fibres : {"AN_R1I", "AN_R1A", "AN_R2A", "AN_R3A", "AN_R4A"})
            if (files_.has(file(fibres, ".fiber"))) read_fibres(file(fibres, ".fiber"));
        check_disc(disc_, prefix_, numbers_, marks_, files_);
        return std::move(disc_);
    }

private:
    [[nodiscard]] std::string file(const std::string& part, const std::string& ending) const {
        return "disc/" + prefix_ + "_" + part + ending;
    }

    void read_elements(const std::string& part) {
        const auto rows = files_.rows(file(part, ".elem"));
        if (!rows) return;
        for (const FileRow& row : *rows) {
            if (row.size() != element_row) {
                problems_.report("short line", row[0].mark,
                                 fmt::format("expected {} numbers of an element, got {}", element_row, row.size()),
                                 "eight nodes, five columns, the element's number; was the file cut?");
                continue;
            }
            const int number = inp_number(row.back(), "the number of an element", problems_);
            std::array<int, 8> nodes{};
            bool known = number > 0;
            for (std::size_t a = 0; a < 8; ++a) {
                nodes[a] = inp_number(row[a], "the number of a node", problems_);
                if (nodes[a] == 0 || numbered_.nodes.contains(nodes[a])) continue;
                problems_.report("missing node", row[a].mark,
                                 fmt::format("element {} needs node {}, which is in no .node file", number, nodes[a]));
                known = false;
            }
            if (!known || std::count(nodes.begin(), nodes.end(), 0) > 0) continue;
            if (!seen_.insert(number).second)
                problems_.report("number twice", row.back().mark, fmt::format("element {} was given already", number));
            disc_.mesh.element_sets[part].push_back(disc_.mesh.element_count());
            disc_.mesh.elements.push_back(nodes);
            disc_.tissue.push_back(part == "NP" ? DiscTissue::nucleus : DiscTissue::annulus);
            numbers_.push_back(number);
            marks_.push_back(row.back().mark);
        }
    }

    /// Nodes that elements use, in the order of their numbers.
    void number_mesh() {
        for (const auto& element : disc_.mesh.elements)
            for (const int number : element) numbered_.nodes.at(number).index = 0;
        int count = 0;
        for (auto& [number, node] : numbered_.nodes)
            if (node.index == 0) node.index = count++;
        disc_.mesh.nodes.resize(3, count);
        for (const auto& [number, node] : numbered_.nodes)
            if (node.index >= 0) disc_.mesh.nodes.col(node.index) = node.place;
        for (auto& element : disc_.mesh.elements)
            for (int& node : element) node = numbered_.nodes.at(node).index;
    }

    /// Index of a node that a set or a path names; -1 and a report where no element has it.
    int index_of(const InpWord& word) {
        const int number = inp_number(word, "the number of a node", problems_);
        if (number == 0) return -1;
        const auto found = numbered_.nodes.find(number);
        if (found != numbered_.nodes.end() && found->second.index >= 0) return found->second.index;
        problems_.report("unknown node", word.mark, fmt::format("node {} belongs to no element of the disc", number));
        return -1;
    }

    void read_plate(const std::string& name, const std::string& set) {
        const auto rows = files_.rows(name);
        if (!rows) return;
        for (const FileRow& row : *rows)
            for (const InpWord& word : row)
                if (const int index = index_of(word); index >= 0) disc_.mesh.node_sets[set].push_back(index);
    }

    void read_fibres(const std::string& name) {
        const auto rows = files_.rows(name);
        if (!rows || rows->empty()) return;
        const int asked = inp_number(rows->front().front(), "the number of paths", problems_);
        const auto end = std::find_if(rows->begin(), rows->end(), [](const FileRow& row) { return row.front().text == "end"; });
        const auto paths = static_cast<int>(end - rows->begin()) - 1;
        if (asked > 0 && (paths != asked || end == rows->end()))
            problems_.report("count", rows->front().front().mark,
                             fmt::format("expected {} paths of fibres and \"end\", got {} paths", asked, paths),
                             "was the file cut?");
        for (auto row = rows->begin() + 1; row != end; ++row) {
            int last = -1;
            for (const InpWord& word : *row) {
                const int index = index_of(word);
                if (last >= 0 && index >= 0) disc_.fibres.push_back({last, index});
                last = index;
            }
        }
    }

    ImportFiles& files_;
    InpProblems& problems_;
    std::string prefix_;
    NumberedNodes numbered_;
    models::ImportedDisc disc_;
    std::set<int> seen_;
    std::vector<int> numbers_;
    std::vector<Mark> marks_;
};

void check_plates(const models::ImportedDisc& disc, const std::string& what, ImportFiles& files) {
    const auto faces = engine::boundary_faces(disc.mesh);
    const std::vector<char> lower = models::flagged(disc.mesh, "lower"), upper = models::flagged(disc.mesh, "upper");
    for (const int n : disc.mesh.node_set("lower"))
        if (upper[n]) return files.report(fmt::format("{}: a node lies on the lower and on the upper end-plate", what));
    int outside = 0;
    for (const auto& [name, in] : {std::pair{"lower", lower}, {"upper", upper}}) {
        const auto on = [&](const engine::BoundaryFace& f) {
            return std::all_of(f.nodes.begin(), f.nodes.end(), [&](int n) { return in[n]; });
        };
        const auto covered = std::count_if(faces.begin(), faces.end(), on);
        if (covered == 0)
            files.report(
                fmt::format("{}: no face of the mesh lies on the {} end-plate: it touches no vertebra there", what, name));
        outside += static_cast<int>(covered);
    }
    if (outside == static_cast<int>(faces.size()))
        files.report(fmt::format("{}: the mesh has no outer surface between its end-plates", what));
}

}  // namespace

void read_nodes(ImportFiles& files, const std::string& name, double scale, NumberedNodes& out) {
    const auto rows = files.rows(name);
    if (!rows) return;
    InpProblems& problems = files.problems();
    for (const FileRow& row : *rows) {
        if (row.size() != 4) {
            problems.report("short line", row[0].mark,
                            fmt::format("expected the number of a node and three coordinates, got {} words", row.size()),
                            "was the file cut?");
            continue;
        }
        const int number = inp_number(row[0], "the number of a node", problems);
        Eigen::Vector3d x;
        for (int i = 0; i < 3; ++i) x[i] = scale * inp_real(row[static_cast<std::size_t>(i) + 1], "a coordinate", problems);
        if (number == 0) continue;
        const auto [found, is_new] = out.nodes.try_emplace(number, NumberedNodes::Node{x, -1});
        if (!is_new && (found->second.place - x).norm() > same_place)
            problems.report("number twice", row[0].mark, fmt::format("node {} was given already, at another place", number));
    }
}

models::ImportedDisc read_disc_files(ImportFiles& files, const std::string& prefix) { return DiscReader(files, prefix).read(); }

void check_disc(const models::ImportedDisc& disc, const std::string& what, const std::vector<int>& element_number,
                const std::vector<Mark>& element_mark, ImportFiles& files) {
    constexpr double flat = 1e-10;
    for (int e = 0; e < disc.mesh.element_count(); ++e) {
        if (engine::hex_measure(disc.mesh, e).relative_determinant > flat) continue;
        const std::string reason =
            fmt::format("{}: element {} is inverted or flat", what, element_number[static_cast<std::size_t>(e)]);
        files.problems().report("inverted element", element_mark.empty() ? Mark{} : element_mark[static_cast<std::size_t>(e)],
                                reason, "seen from nodes 5 to 8, nodes 1 to 4 must run counter-clockwise");
    }
    for (const char* set : {"lower", "upper"})
        if (!disc.mesh.node_sets.contains(set))
            return files.report(fmt::format("{}: its {} end-plate has no nodes: it touches no vertebra there", what, set));
    check_plates(disc, what, files);
}

}  // namespace foramen::io
