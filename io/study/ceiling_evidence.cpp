#include <fmt/format.h>

#include <array>

#include "io/study/ceiling_report.hpp"
#include "io/study/study_charts.hpp"
#include "io/study/study_plan.hpp"

namespace foramen::io {

namespace {

void discretization(Document& d, const CeilingResult& r) {
    d.heading(1, "8. Discretization: convergence of the ceiling itself");
    if (r.convergence.empty() || !r.governing_row) {
        d.paragraph("NOT PROVIDED: ceiling.convergence is none, or no patient was computed. docs/convergence.md has that of the series.");
        return;
    }
    const scenarios::PatientCeiling& base = r.rows[*r.governing_row].ceiling;
    Document::Table t{{"patient at the percentile, row " + std::to_string(*r.governing_row + 1), "ceiling", "first seen to exceed", "change of the ceiling", "limit that governs"}, {}};
    t.rows.push_back({"as in the study", fmt::format("{:.1f} N", base.force), fmt::format("{:.1f} N", base.exceeded), "", r.limits[base.limit].title + " " + base.where});
    for (const ConvergenceRow& row : r.convergence)
        t.rows.push_back({row.what, fmt::format("{:.1f} N, {}", row.ceiling.force, ceiling_end_words[static_cast<std::size_t>(row.ceiling.end)]), fmt::format("{:.1f} N", row.ceiling.exceeded),
                          fmt::format("{:+.1f} N", row.ceiling.force - base.force), r.limits[row.ceiling.limit].title + " " + row.ceiling.where});
    d.table(std::move(t));
    d.paragraph("Two levels show a change, not an order: a grid convergence index needs a third mesh and is NOT PROVIDED. One patient was looked at.");
}

void numerics(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    const scenarios::ModelChoices& m = loaded.study.base_scenario.model;
    d.heading(1, "9. Numerical implementation");
    d.paragraph(fmt::format("Force tolerance {:.2g}, error per step {:.3g} mm, bracket of a ceiling {:.3g} N; {} sessions. A session that does not converge counts as one that exceeds a limit.", m.force_tolerance, m.time_tolerance, loaded.study.ceiling->tolerance, r.sessions));
    Document::Table t{{"row", "what could not be computed"}, {}};
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        if (!r.rows[i].there) t.rows.push_back({std::to_string(i + 1), r.rows[i].reason.empty() ? "not computed yet" : r.rows[i].reason});
        if (r.rows[i].there && !r.rows[i].ceiling.why.empty()) t.rows.push_back({std::to_string(i + 1), fmt::format("at {:.1f} N: {}", r.rows[i].ceiling.exceeded, r.rows[i].ceiling.why)});
    }
    t.rows.empty() ? d.paragraph("Every session was computed.") : d.table(std::move(t));
}

void validation(Document& d, const LoadedStudy& loaded) {
    d.heading(1, "10. Validation");
    d.paragraph("docs/validation.md: motion of the disc alone and of L1-L5, stiffening under a preload and creep are met; the start of compression, the slowness of recovery, pressures of a living man and the day's loss of height are missed. Nothing was tuned on traction, and no measurement of strain under traction is compared with.");
    d.paragraph("The maker's own bench tests: " + given_or_not(loaded.study.ceiling->report.bench_evidence));
}

void uncertainty(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    d.heading(1, "11. Uncertainty and sensitivity");
    const scenarios::DesignTable design = scenarios::design_table(loaded.study);
    d.paragraph(fmt::format("{}, {} patients, seed {}. Each patient's tissue strengths are drawn from the limits' laws, independently of each other and of the inputs.",
                            scenarios::design_kind_words[static_cast<std::size_t>(loaded.study.design.kind)], r.rows.size(), loaded.study.seed));
    Eigen::VectorXd ceilings(static_cast<Eigen::Index>(r.rows.size()));
    std::vector<double> so_far;
    Document::Table t{{"patients", "percentile", "lower end", "upper end"}, {}};
    const scenarios::CeilingSpec& c = *loaded.study.ceiling;
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        ceilings(static_cast<Eigen::Index>(i)) = r.rows[i].there ? r.rows[i].ceiling.force : std::numeric_limits<double>::quiet_NaN();
        if (r.rows[i].there) so_far.push_back(r.rows[i].ceiling.force);
        if (so_far.empty() || (i + 1 != r.rows.size() && (i + 1) * 4 % r.rows.size() >= 4)) continue;
        const scenarios::Percentile p = scenarios::population_percentile(so_far, c.percentile, c.confidence);
        const auto cell = [](const std::optional<double>& value) { return value ? fmt::format("{:.1f} N", *value) : std::string("sample too small"); };
        t.rows.push_back({std::to_string(so_far.size()), fmt::format("{:.1f} N", p.estimate), cell(p.low), cell(p.high)});
    }
    d.table(std::move(t));
    if (so_far.size() < 4) return;
    const std::vector<scenarios::Estimate> rank = scenarios::rank_correlations(design.values, ceilings, {.seed = static_cast<std::uint64_t>(loaded.study.seed)});
    std::vector<BarGroup> bars;
    for (std::size_t j = 0; j < rank.size(); ++j) bars.push_back({loaded.study.vary[j].field, {rank[j]}});
    d.drawing("Rank correlation of each input with the ceiling, 95 % bootstrap interval", interval_bars(bars, {"rank correlation"}));
}

void applicability(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    const scenarios::ReportWords& words = loaded.study.ceiling->report;
    d.heading(1, "12. Evidence with the device in the loop");
    d.paragraph("Rate, sample age, faults injected, stop times: NOT PROVIDED by this study. The maker's words: " + given_or_not(words.bench_evidence));
    d.heading(1, "13. Applicability and credibility");
    d.paragraph("Levels of credibility are the maker's to set and to judge: " + given_or_not(words.adequacy));
    const bool finer = !r.convergence.empty();
    const std::array<std::array<std::string, 3>, 13> factors{{
        {"software quality assurance", "tests of every commit; version and hashes in section 0", "section 0, docs/tests.md"},
        {"numerical code verification", "closed forms, manufactured solutions, other programs; not run in this study", "docs/verification.md"},
        {"discretization error", finer ? "the ceiling of one patient on two meshes" : std::string(not_provided), "section 8"},
        {"numerical solver error", finer ? "the ceiling of one patient with smaller steps" : std::string(not_provided), "section 8"},
        {"use error", "inputs are refused with place and reason; the resolved scenario is printed", "section 6"},
        {"model form", "assumptions are listed; alternatives were not run in this study", "docs/model.md, section 14"},
        {"model inputs", "distributions of the population and of the limits", "section 6"},
        {"test samples", "published specimens and people", "docs/validation.md"},
        {"test conditions", "published; none of them traction", "docs/validation.md"},
        {"equivalency of inputs", "as far as the papers say them", "docs/validation.md"},
        {"output comparison", "met and missed, with spreads", "docs/validation.md"},
        {"relevance of the quantities of interest", "no validated quantity is one of the limits", "section 10"},
        {"relevance of the validation to the context of use", std::string(not_provided), ""},
    }};
    Document::Table t{{"factor of ASME V&V 40", "what this study has", "evidence", "level aimed at", "level reached"}, {}};
    for (const auto& [factor, what, where] : factors) t.rows.push_back({factor, what, where.empty() ? std::string(not_provided) : where, std::string(not_provided), std::string(not_provided)});
    d.table(std::move(t));
}

void limitations(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    d.heading(1, "14. Limitations");
    if (!r.complete) d.paragraph("The study is not complete: patients are missing.");
    for (const std::string& name : r.not_computed) d.paragraph("Limit not held against: " + name + ".");
    d.paragraph("Strengths of different tissues of one patient are independent, and so are strength and degeneration: nothing measured was found for either.");
    d.paragraph("One session from rest: repeated sessions, fatigue and healing are not modelled. Nerve roots and skin are not modelled.");
    for (const std::string& assumption : loaded.base.assumptions) d.paragraph(assumption);
    d.heading(1, "15. Conclusions, references, traceability");
    d.paragraph(fmt::format("{}. {}.", r.verdict == CeilingVerdict::pass ? "PASS" : "FAIL", r.why));
    d.paragraph("Hazards of the maker's risk file: " + given_or_not(loaded.study.ceiling->report.hazards));
    d.paragraph("Order of sections: FDA, Reporting of Computational Modeling Studies in Medical Device Submissions (2016). Factors: ASME V&V 40 (2018). Model and data: docs/model.md, data/README.md.");
    d.heading(2, "Every patient");
    Document::Table t{{"row", "ceiling [N]", "exceeded at [N]", "%BW", "end", "limit", "where", "sessions"}, {}};
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        const CeilingRow& row = r.rows[i];
        if (!row.there) {
            t.rows.push_back({std::to_string(i + 1), "-", "-", "-", row.reason.empty() ? "missing" : "not valid", "", "", ""});
            continue;
        }
        t.rows.push_back({std::to_string(i + 1), fmt::format("{:.1f}", row.ceiling.force), fmt::format("{:.1f}", row.ceiling.exceeded), fmt::format("{:.1f}", 100.0 * row.ceiling.force / row.weight),
                          std::string(ceiling_end_words[static_cast<std::size_t>(row.ceiling.end)]), r.limits[row.ceiling.limit].name, row.ceiling.where, std::to_string(row.ceiling.sessions)});
    }
    d.table(std::move(t));
    d.paragraph("To repeat: foramen ceiling with the study whose SHA-256 is in section 0. Inputs of every row: ceiling.csv.");
    d.heading(2, "The study");
    d.preformatted(loaded.given);
}

}  // namespace

void add_evidence(Document& d, const LoadedStudy& loaded, const CeilingResult& result) {
    discretization(d, result);
    numerics(d, loaded, result);
    validation(d, loaded);
    uncertainty(d, loaded, result);
    applicability(d, loaded, result);
    limitations(d, loaded, result);
}

}  // namespace foramen::io
