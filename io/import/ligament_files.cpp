#include "io/import/ligament_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "models/anatomy.hpp"

namespace foramen::io {

namespace {

constexpr double metre = 1000.0;  // mm

/// LF of L45_LF, CL_R of L45_CL_R.
std::string without_level(const std::string& name) { return name.substr(name.find('_') + 1); }
/// CL of CL_R.
std::string without_side(const std::string& name) {
    return name.ends_with("_L") || name.ends_with("_R") ? name.substr(0, name.size() - 2) : name;
}

using Law = std::array<double, 4>;

std::map<std::string, Law> read_laws(ImportFiles& files, const std::string& name) {
    std::map<std::string, Law> laws;
    const auto rows = files.rows(name);
    if (!rows || rows->empty()) return laws;
    InpProblems& problems = files.problems();
    const int asked = inp_number(rows->front().front(), "the number of ligaments", problems);
    for (std::size_t r = 1; r < rows->size(); ++r) {
        const FileRow& row = (*rows)[r];
        if (row.size() != 5) {
            problems.report("short line", row[0].mark, fmt::format("expected a name and four numbers, got {} words", row.size()));
            continue;
        }
        Law& law = laws[without_level(row[0].text)];
        for (std::size_t i = 0; i < 4; ++i) law[i] = inp_real(row[i + 1], "a number", problems);
        if (law[0] <= -1.0)
            problems.report("reference strain", row[1].mark,
                            fmt::format("a reference strain of {} leaves no length", row[1].text));
        if (law[1] <= 0.0)
            problems.report("transition strain", row[2].mark,
                            fmt::format("the transition strain must be above 0, is {}", row[2].text));
        if (law[2] < 0.0) problems.report("stiffness", row[3].mark, fmt::format("a negative stiffness, {}", row[3].text));
    }
    if (asked > 0 && static_cast<int>(rows->size()) - 1 != asked)
        problems.report("count", rows->front().front().mark,
                        fmt::format("expected {} ligaments, got {}", asked, rows->size() - 1), "was the file cut?");
    return laws;
}

/// One strand: three numbers a point.
std::vector<Eigen::Vector3d> read_strand(const FileRow& row, InpProblems& problems) {
    std::vector<Eigen::Vector3d> strand;
    for (std::size_t i = 0; i + 2 < row.size(); i += 3) {
        Eigen::Vector3d x;
        for (std::size_t k = 0; k < 3; ++k)
            x[static_cast<Eigen::Index>(k)] = metre * inp_real(row[i + k], "a coordinate", problems);
        strand.push_back(x);
    }
    return strand;
}

class LigamentReader {
public:
    LigamentReader(ImportFiles& files, int disc) : files_(files), problems_(files.problems()), disc_(disc) {}

    /// @param via  the third number of a ligament's row is how many points a strand has; else they have two
    void read(const std::string& name, const std::string& laws_name, bool via) {
        const std::map<std::string, Law> laws = read_laws(files_, laws_name);
        const auto rows = files_.rows(name);
        if (!rows || rows->empty()) return;
        int left = inp_number(rows->front().front(), "the number of ligaments", problems_);
        for (std::size_t r = 1; r < rows->size(); --left) {
            const FileRow& head = (*rows)[r++];
            if (head.size() != 3) {
                problems_.report("short line", head[0].mark,
                                 fmt::format("expected a ligament's name and two numbers, got \"{}\" and {} more", head[0].text,
                                             head.size() - 1));
                return;
            }
            const int strands = inp_number(head[1], "the number of strands", problems_);
            const int points = via ? inp_number(head[2], "the number of points", problems_) : 2;
            models::ImportedLigament* const ligament = named(head[0], laws);
            for (int s = 0; s < strands; ++s, ++r) {
                if (r >= rows->size() || (*rows)[r].size() != 3 * static_cast<std::size_t>(points)) {
                    problems_.report(
                        "strands", head[0].mark,
                        fmt::format("{}: expected {} strands of {} points, got {}", head[0].text, strands, points, s),
                        "was the file cut?");
                    return;
                }
                if (ligament) ligament->strands.push_back(read_strand((*rows)[r], problems_));
            }
        }
        if (left != 0)
            problems_.report("count", rows->front().front().mark, fmt::format("the number of ligaments is off by {}", left),
                             "was the file cut?");
    }

    [[nodiscard]] std::vector<models::ImportedLigament> all() && { return std::move(ligaments_); }

private:
    /// The ligament that a row begins or goes on with (its other side); null and a report where it has no law.
    models::ImportedLigament* named(const InpWord& word, const std::map<std::string, Law>& laws) {
        const std::string name = without_level(word.text);
        const auto law = laws.find(name);
        if (law == laws.end()) {
            problems_.report("law", word.mark, fmt::format("{} has no row in the file of the laws", word.text));
            return nullptr;
        }
        const std::string whole = without_side(name);
        const auto& [reference, transition, stiffness, force] = law->second;
        for (models::ImportedLigament& known : ligaments_)
            if (known.name == whole && known.reference_strain == reference && known.transition_strain == transition &&
                known.stiffness == stiffness)
                return &known;
        ligaments_.push_back({whole, disc_, {}, reference, transition, stiffness, force});
        return &ligaments_.back();
    }

    ImportFiles& files_;
    InpProblems& problems_;
    int disc_;
    std::vector<models::ImportedLigament> ligaments_;
};

}  // namespace

std::vector<models::ImportedLigament> read_ligament_files(ImportFiles& files, const std::string& prefix, int disc) {
    LigamentReader reader(files, disc);
    for (const bool via : {false, true}) {
        const std::string stem = "ligament/" + prefix + (via ? "_Ligs_MP" : "_Ligs_AS");
        if (files.has(stem + ".lig")) reader.read(stem + ".lig", stem + "_UWMat.lig", via);
    }
    return std::move(reader).all();
}

}  // namespace foramen::io
