#include "io/inp_mesh.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "engine/elements/hex_measure.hpp"
#include "io/inp_sets.hpp"
#include "io/inp_text.hpp"
#include "io/result_file.hpp"
#include "io/spelling.hpp"

namespace foramen::io {

namespace {

/// Nodes that a line of an element type lists; 0 for a type that is not read. C3D8, C3D8R, C3D8H, C3D8P, C3D8I, C3D8RH ...
std::size_t nodes_of(const std::string& type) {
    const auto family = [&](const std::string& name) {
        return type.starts_with(name) &&
               std::all_of(type.begin() + static_cast<std::ptrdiff_t>(name.size()), type.end(),
                           [](char c) { return std::string_view("RHPI").find(c) != std::string_view::npos; });
    };
    return family("C3D8") ? 8 : family("C3D20") ? 20 : 0;
}

class MeshReader {
public:
    MeshReader(std::string text, const std::string& name)
        : blocks_(read_inp_blocks(name, std::move(text), diagnostics_)), problems_(diagnostics_) {}

    InpMesh read() {
        for (const InpBlock& block : blocks_) {
            const std::string& keyword = block.keyword.text;
            if (keyword == "NODE") read_nodes(block);
            if (keyword == "ELEMENT") read_elements(block);
            if (keyword == "NSET") read_set(block, "NSET", node_sets_);
            if (keyword == "ELSET") read_set(block, "ELSET", element_sets_);
            refuse(block);
        }
        if (elements_.empty() && !skipped_elements_ && !diagnostics_.has_errors())
            problems_.report("elements", {0, 0, 0, 1}, "no hexahedra", "they stand below *ELEMENT, TYPE=C3D8");
        InpMesh result = assemble();
        problems_.close();
        if (diagnostics_.has_errors()) throw ScenarioError(diagnostics_.source(0).name, diagnostics_.sorted());
        return result;
    }

private:
    struct Node {
        Eigen::Vector3d place;
        int line;
        int index = -2;  // in the mesh; -2: no corner of an element
    };
    struct Element {
        int number;
        std::array<int, 8> nodes;  // numbers
        std::array<Mark, 8> marks;
        Mark mark;
    };

    void read_nodes(const InpBlock& block) {
        const InpParameter* set = block.parameter("NSET");
        if (const InpParameter* system = block.parameter("SYSTEM"); system != nullptr && in_capitals(system->value.text) != "R")
            problems_.report("system", system->value.mark, "coordinates other than rectangular are not read", "write x, y, z");
        nodes_.reserve(nodes_.size() + block.lines.size());
        std::vector<InpWord> line;
        for (const InpLine& given : block.lines) {
            read_words(given, line);
            if (line.size() < 4) {
                const Mark at = line.empty() ? block.keyword.mark : line.front().mark;
                problems_.report("short line", at, "expected the number of a node and three coordinates");
                continue;
            }
            const int number = inp_number(line[0], "the number of a node", problems_);
            const Eigen::Vector3d place(inp_real(line[1], "a coordinate", problems_), inp_real(line[2], "a coordinate", problems_),
                                        inp_real(line[3], "a coordinate", problems_));
            if (number == 0) continue;
            const auto [found, is_new] = nodes_.try_emplace(number, Node{place, line[0].mark.line + 1});
            if (!is_new)
                problems_.report("number twice", line[0].mark,
                                 fmt::format("node {} was given already, in line {}", number, found->second.line),
                                 "several parts in one file: number their nodes differently");
            if (set != nullptr) node_sets_.add(set->value, {number, number, 1, line[0].mark});
        }
    }

    void read_elements(const InpBlock& block) {
        const InpParameter* type = block.parameter("TYPE");
        const std::size_t count = type == nullptr ? 0 : nodes_of(in_capitals(type->value.text));
        if (count == 0) {
            skipped_elements_ = true;
            const std::string given =
                type == nullptr ? "*ELEMENT without a TYPE" : fmt::format("unknown element type \"{}\"", type->value.text);
            problems_.report("element type", type == nullptr ? block.keyword.mark : type->value.mark, given,
                             "read are C3D8, C3D8R, C3D8H, C3D8P, and C3D20 by their corners");
            return;
        }
        element_index_.reserve(element_index_.size() + block.lines.size());
        elements_.reserve(elements_.size() + block.lines.size());
        std::vector<InpWord> words, line;  // of one element, which may go over several lines
        for (const InpLine& given : block.lines) {
            read_words(given, words.empty() ? words : line);
            if (!line.empty()) words.insert(words.end(), line.begin(), line.end());
            line.clear();
            if (words.size() < count + 1) continue;
            add_element(block, words, count);
            words.clear();
        }
        if (!words.empty())
            problems_.report("short line", words.front().mark,
                             fmt::format("expected the number of an element and {} nodes, got {} numbers", count, words.size()));
    }

    void add_element(const InpBlock& block, const std::vector<InpWord>& words, std::size_t count) {
        if (words.size() > count + 1) {
            problems_.report("long line", words[count + 1].mark,
                             fmt::format("expected {} nodes of an element, got {}", count, words.size() - 1));
            return;
        }
        Element element{inp_number(words[0], "the number of an element", problems_), {}, {}, words[0].mark};
        for (std::size_t a = 0; a < 8; ++a) {
            element.nodes[a] = inp_number(words[a + 1], "the number of a node", problems_);
            element.marks[a] = words[a + 1].mark;
        }
        if (element.number == 0 || std::count(element.nodes.begin(), element.nodes.end(), 0) > 0) {
            skipped_elements_ = true;
            return;
        }
        const auto [found, is_new] = element_index_.try_emplace(element.number, static_cast<int>(elements_.size()));
        if (!is_new) {
            const int line = elements_[static_cast<std::size_t>(found->second)].mark.line + 1;
            problems_.report("number twice", element.mark,
                             fmt::format("element {} was given already, in line {}", element.number, line));
            return;
        }
        elements_.push_back(element);
        if (const InpParameter* set = block.parameter("ELSET"))
            element_sets_.add(set->value, {element.number, element.number, 1, element.mark});
    }

    void read_set(const InpBlock& block, const std::string& keyword, InpSets& sets) {
        const InpParameter* name = block.parameter(keyword);
        if (name == nullptr || name->value.text.empty()) {
            problems_.report("set name", block.keyword.mark, fmt::format("*{0} without a name", keyword),
                             fmt::format("write *{0}, {0}=NAME", keyword));
            return;
        }
        sets.add_lines(name->value, block, block.parameter("GENERATE") != nullptr);
    }

    /// Keywords that make or move nodes and elements: passing over them would read another mesh than the one that was meant.
    void refuse(const InpBlock& block) {
        static const std::vector<std::string> makers{"NGEN", "NFILL", "NCOPY", "NMAP", "ELGEN", "ELCOPY", "SYSTEM", "TRANSLATE"};
        if (std::find(makers.begin(), makers.end(), block.keyword.text) != makers.end())
            problems_.report("keyword", block.keyword.mark, fmt::format("*{} is not read", block.keyword.text),
                             "write out the nodes and elements that it makes");
        if (block.keyword.text == "INSTANCE" && !block.lines.empty())
            problems_.report("keyword", block.keyword.mark, "an instance that is moved is not read",
                             "write the mesh without parts and instances");
    }

    InpMesh assemble() {
        InpMesh result;
        std::vector<std::pair<int, Node*>> used;  // by number
        std::vector<std::array<const Node*, 8>> corners;
        corners.reserve(elements_.size());
        for (const Element& e : elements_) {
            std::array<const Node*, 8>& own = corners.emplace_back();
            for (std::size_t a = 0; a < 8; ++a) {
                const auto node = nodes_.find(e.nodes[a]);
                own[a] = node == nodes_.end() ? nullptr : &node->second;
                if (node == nodes_.end())
                    problems_.report("missing node", e.marks[a],
                                     fmt::format("element {} needs node {}, which is missing", e.number, e.nodes[a]));
                else if (std::exchange(node->second.index, 0) == -2)
                    used.emplace_back(e.nodes[a], &node->second);
            }
        }
        std::sort(used.begin(), used.end());
        result.mesh.nodes.resize(3, static_cast<Eigen::Index>(used.size()));
        for (std::size_t n = 0; n < used.size(); ++n) {
            const auto& [number, node] = used[n];
            result.node_number.push_back(number);
            node->index = static_cast<int>(n);
            result.mesh.nodes.col(static_cast<Eigen::Index>(n)) = node->place;
        }
        for (std::size_t e = 0; e < elements_.size(); ++e) add_hexahedron(elements_[e], corners[e], result);
        const auto node_index = [this](int number) {
            const auto node = nodes_.find(number);
            return node == nodes_.end() ? -1 : node->second.index;
        };
        const auto element_index = [this](int number) {
            const auto element = element_index_.find(number);
            return element != element_index_.end() ? element->second : skipped_elements_ ? -2 : -1;
        };
        result.mesh.node_sets = node_sets_.resolved(node_index);
        result.mesh.element_sets = element_sets_.resolved(element_index);
        return result;
    }

    void add_hexahedron(const Element& e, const std::array<const Node*, 8>& corners, InpMesh& result) {
        std::array<int, 8>& nodes = result.mesh.elements.emplace_back();
        result.element_number.push_back(e.number);
        for (std::size_t a = 0; a < 8; ++a) {
            if (corners[a] == nullptr) return;
            nodes[a] = corners[a]->index;
        }
        constexpr double flat = 1e-10;  // above rounding, far below any shape that a mesh could want
        if (engine::hex_measure(result.mesh, result.mesh.element_count() - 1).relative_determinant > flat) return;
        problems_.report("inverted element", e.mark, fmt::format("element {} is inverted or flat", e.number),
                         "seen from nodes 5 to 8, nodes 1 to 4 must run counter-clockwise");
    }

    Diagnostics diagnostics_;
    std::vector<InpBlock> blocks_;
    InpProblems problems_;
    std::unordered_map<int, Node> nodes_;
    std::vector<Element> elements_;
    std::unordered_map<int, int> element_index_;
    InpSets node_sets_{"node", problems_}, element_sets_{"element", problems_};
    bool skipped_elements_ = false;  // because of an error that is reported
};

}  // namespace

InpMesh read_inp_mesh(const std::filesystem::path& path) {
    std::string text;
    if (!read_whole_file(path, text)) throw FileError(fmt::format("{}: cannot be opened", path.string()));
    return read_inp_mesh_text(std::move(text), path.string());
}

InpMesh read_inp_mesh_text(std::string text, const std::string& name) { return MeshReader(std::move(text), name).read(); }

}  // namespace foramen::io
