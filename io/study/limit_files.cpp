#include "io/study/limit_files.hpp"

#include "io/case_files.hpp"

namespace foramen::io {

namespace fs = std::filesystem;
using scenarios::Limit;

namespace {

Limit read_limit(const fs::path& file) {
    Limit limit;
    limit.name = file.stem().string();
    const auto describe_limit = [&](engine::FieldVisitor& v) { scenarios::describe(v, limit); };
    read_described(file, describe_limit, [&](const FieldReader& reader, Diagnostics& diagnostics) {
        for (const scenarios::Problem& problem : scenarios::out_of_range(describe_limit))
            if (!diagnostics.touches(problem.path)) diagnostics.error(reader.place(problem.path), problem.path, problem.reason);
        if (diagnostics.has_errors()) return;
        if (const std::string fault = scenarios::fault(limit); !fault.empty()) diagnostics.error(reader.place("distribution"), "distribution", fault);
    });
    return limit;
}

}  // namespace

std::vector<Limit> read_limits(const fs::path& data) {
    std::vector<Diagnostic> problems;
    std::vector<Limit> limits = read_all<Limit>(data / "limits", read_limit, problems);
    if (!problems.empty()) throw ScenarioError((data / "limits").string(), problems);
    return limits;
}

}  // namespace foramen::io
