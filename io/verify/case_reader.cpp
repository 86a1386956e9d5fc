#include <fmt/format.h>

#include <cstdlib>

#include "io/case_files.hpp"
#include "io/verify/case.hpp"
#include "scenarios/range_check.hpp"

namespace foramen::io {

namespace fs = std::filesystem;
using engine::Dimension;
using engine::FieldVisitor;

void describe(FieldVisitor& v, Expectation& e) {
    v.text("what", e.what, {.help = "what is compared", .example = "settlement of the surface", .required = true});
    v.text("trace", e.trace, {.help = "of the problem", .example = "settlement", .required = true});
    v.text("curve", e.curve, {.help = "file of the reference curve; its first column is x"});
    v.text("column", e.column, {.help = "of the reference curve"});
    v.quantity("from", e.from, Dimension::none, {}, {.help = "least x that is compared"});
    v.quantity("to", e.to, Dimension::none, {}, {.help = "largest x that is compared"});
    v.quantity("value", e.value, Dimension::none, {}, {.help = "reference of a number"});
    v.quantity("at_least", e.at_least, Dimension::none, {}, {.help = "least allowed value"});
    v.quantity("at_most", e.at_most, Dimension::none, {}, {.help = "largest allowed value"});
    v.quantity("tolerance", e.tolerance, Dimension::fraction, {0.0, 1e6}, {.help = "of the difference", .example = "0.1 %"});
    v.word("of", e.of, scale_words, {.help = "what the difference is divided by"});
    v.text("source", e.source, {.help = "of the reference", .example = "closed form", .required = true});
    v.text("why", e.why, {.help = "this tolerance", .example = "40 layers", .required = true});
}

namespace {

constexpr std::array<std::string_view, 2> flag_words{"false", "true"};

const std::vector<std::string_view>& kind_words() {
    static const std::vector<std::string_view> words = [] {
        std::vector<std::string_view> names;
        for (const models::BenchmarkKind& kind : verification_kinds()) names.push_back(kind.name);
        return names;
    }();
    return words;
}

/// Describes a case; its input is that of the kind which was read before it.
void describe_case(FieldVisitor& v, VerificationCase& c) {
    v.text("title", c.title, {.help = "one sentence", .example = "A layer creeps", .required = true});
    v.text("about", c.about, {.help = "what is asked, and what a wrong engine would do", .example = "...", .required = true});
    v.on_word({"problem", kind_words(), {}, {.help = "kind of problem", .example = "confined_compression", .required = true}},
              c.kind);
    v.word("full", c.full, flag_words, {.help = "whether it runs only when all is asked for"});
    v.text("needs", c.needs, {.help = "data that is not in the tree"});
    if (!c.benchmark) c.benchmark = verification_kinds()[static_cast<std::size_t>(c.kind)].make();
    v.on_section("input", {.help = "of the problem"}, nullptr, [&] { c.benchmark->describe_input(v); });
    v.list("expect", c.expect, {.help = "what must come out", .example = "- what: ...", .required = true});
}

/// What no description says of an expectation.
std::string fault_of(const Expectation& e) {
    const int given = (e.curve.empty() ? 0 : 1) + (e.value ? 1 : 0) + (e.at_least ? 1 : 0) + (e.at_most ? 1 : 0);
    if (given != 1) return "expected exactly one of curve, value, at_least, at_most";
    if (e.curve.empty() != e.column.empty()) return "curve and column belong together";
    const bool compared = !e.curve.empty() || e.value;
    if (compared != e.tolerance.has_value()) return "tolerance belongs to curve and value, and they need one";
    if (e.of == Scale::range && e.curve.empty()) return "only a curve has a range";
    return "";
}

void report_problems(VerificationCase& c, const FieldReader& reader, Diagnostics& diagnostics) {
    for (const auto& problem : scenarios::out_of_range([&](FieldVisitor& v) { describe_case(v, c); })) {
        if (!diagnostics.touches(problem.path)) diagnostics.error(reader.place(problem.path), problem.path, problem.reason);
    }
    for (std::size_t i = 0; i < c.expect.size(); ++i) {
        const std::string path = fmt::format("expect[{}]", i + 1);
        if (diagnostics.touches(path)) continue;
        const Expectation& e = c.expect[i];
        if (const std::string fault = fault_of(e); !fault.empty()) diagnostics.error(reader.place(path), path, fault);
        const bool elsewhere = e.curve.starts_with("peer-cases/");
        if (!e.curve.empty() && !elsewhere && find_case_data(e.curve, c.folder / "curves").empty())
            diagnostics.error(reader.place(path + ".curve"), path + ".curve", fmt::format("there is no \"{}\"", e.curve),
                              "curves lie in the folder curves beside the case");
    }
}

}  // namespace

fs::path find_case_data(const std::string& name, const fs::path& folder) {
    constexpr std::string_view peers = "peer-cases/";
    std::error_code ignored;
    if (!name.starts_with(peers)) return fs::exists(folder / name, ignored) ? folder / name : fs::path();
    const char* const given = std::getenv("FORAMEN_PEER_CASES");
    const fs::path root = given != nullptr ? fs::path(given) : fs::path(FORAMEN_SOURCE_FOLDER) / ".." / "shared" / "peer-cases";
    const fs::path file = root / name.substr(peers.size());
    return fs::exists(file, ignored) ? fs::weakly_canonical(file, ignored) : fs::path();
}

VerificationCase read_case(const fs::path& file) {
    VerificationCase c;
    c.name = file.stem().string();
    c.folder = file.parent_path();
    read_described(
        file, [&](FieldVisitor& v) { describe_case(v, c); },
        [&](const FieldReader& reader, Diagnostics& diagnostics) { report_problems(c, reader, diagnostics); });
    return c;
}

std::vector<VerificationCase> read_cases(const fs::path& folder, const std::function<bool(const std::string&)>& wanted) {
    std::vector<Diagnostic> problems;
    std::vector<VerificationCase> cases = read_all<VerificationCase>(folder, read_case, problems, wanted);
    if (!problems.empty()) throw ScenarioError(folder.string(), problems);
    return cases;
}

}  // namespace foramen::io
