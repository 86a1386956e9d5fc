#include "io/study/ceiling_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "io/data_folder.hpp"
#include "io/scenario_writer.hpp"
#include "io/study/study_charts.hpp"
#include "io/version.hpp"
#include "scenarios/load_program.hpp"

namespace foramen::io {

std::string given_or_not(const std::string& text) { return text.empty() ? std::string(not_provided) : text; }

namespace {

using scenarios::CeilingSpec;

std::string newtons(double force) { return fmt::format("{:.1f} N", force); }

void cover(Document& d, const LoadedStudy& loaded) {
    const scenarios::ReportWords& words = loaded.study.ceiling->report;
    d.heading(1, "0. Cover and provenance");
    d.paragraph("Research software. Not a medical device; no clinical advice. This report is evidence for a maker's own file. It approves nothing, and no authority has seen it.");
    Document::Table t{{"item", "value"}, {}};
    t.rows = {{"author", given_or_not(words.author)}, {"document number", given_or_not(words.document_number)}, {"date and signature", std::string(not_provided)}};
    for (const ProvenanceEntry& entry : build_provenance()) t.rows.push_back({entry.name, entry.value});
    t.rows.push_back({"SHA-256 of the study", text_sha256(loaded.given)});
    t.rows.push_back({"SHA-256 of the resolved scenario", text_sha256(scenario_text(loaded.base.scenario))});
    for (const FileHash& h : data_file_hashes(data_folder())) t.rows.push_back({"SHA-256 of data/" + h.file, h.sha256});
    for (const auto& entry : std::filesystem::directory_iterator(data_folder() / "limits"))
        if (entry.path().extension() == ".yaml") t.rows.push_back({"SHA-256 of data/limits/" + entry.path().filename().string(), file_sha256(entry.path())});
    std::sort(t.rows.begin() + 3, t.rows.end());
    d.table(std::move(t));
    d.paragraph("Date, host and wall time are left out, so that the same inputs and the same program give the same bytes.");
}

void summary(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    const CeilingSpec& c = *loaded.study.ceiling;
    const scenarios::Device& device = loaded.study.base_scenario.device;
    d.heading(1, "1. Executive summary");
    d.paragraph(fmt::format("{}: {}. {}.", device.name, r.verdict == CeilingVerdict::pass ? "PASS" : "FAIL", r.why));
    d.paragraph("PASS means: the stated maximum is not above the ceiling computed here, at the lower end of its interval. It does not mean that the device is safe.");
    if (!r.percentile) return;
    const auto column = [&](const std::optional<double>& percentile, const CeilingTerms& terms) {
        if (!percentile) return std::vector<std::string>(5, "not shown: the sample is too small");
        return std::vector<std::string>{newtons(*percentile), newtons(-terms.sensor), newtons(-terms.delay), newtons(-terms.overshoot), newtons(terms.ceiling)};
    };
    const auto estimate = column(r.percentile->estimate, r.at_estimate), low = column(r.percentile->low, r.at_low);
    const double rate = c.device.rate.value_or(device.max_ramp);
    const std::vector<std::string> names{fmt::format("{:.3g} % percentile of the population", 100.0 * c.percentile), "sensor uncertainty",
                                         fmt::format("delay x rate, {:.3g} s x {:.4g} N/s", c.device.delay, rate), fmt::format("overshoot, {:.3g} %", 100.0 * c.device.overshoot), "ceiling of the force that is set"};
    Document::Table t{{"term", "estimate", fmt::format("lower end of the interval, {:.3g} % one-sided", 100.0 * c.confidence)}, {}};
    for (std::size_t i = 0; i < names.size(); ++i) t.rows.push_back({names[i], estimate[i], low[i]});
    t.rows.push_back({"upper end of the percentile's interval", r.percentile->high ? newtons(*r.percentile->high) : "not shown: the sample is too small", ""});
    t.rows.push_back({"percentile of ceiling over body weight", fmt::format("{:.1f} %BW", 100.0 * r.relative->estimate), r.relative->low ? fmt::format("{:.1f} %BW", 100.0 * *r.relative->low) : "not shown"});
    t.rows.push_back({"the device's stated maximum", newtons(device.max_force), ""});
    d.table(std::move(t));
}

void governing(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    d.heading(2, "Which limit governs, where, for whom");
    std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> groups;
    std::size_t not_reached = 0, none = 0;
    std::vector<double> ceilings;
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        if (!r.rows[i].there) {
            ++none;
            continue;
        }
        ceilings.push_back(r.rows[i].ceiling.force);
        if (r.rows[i].ceiling.end == scenarios::CeilingEnd::above_high) ++not_reached;
        if (r.rows[i].ceiling.end != scenarios::CeilingEnd::above_high) groups[{r.rows[i].ceiling.limit, r.rows[i].ceiling.where}].push_back(i + 1);
    }
    Document::Table t{{"limit", "where", "patients", "lowest ceiling", "rows"}, {}};
    for (const auto& [what, rows] : groups) {
        double least = INFINITY;
        std::string list;
        for (const std::size_t row : rows) {
            least = std::min(least, r.rows[row - 1].ceiling.force);
            list += (list.empty() ? "" : ", ") + std::to_string(row);
        }
        t.rows.push_back({r.limits[what.first].title, what.second, std::to_string(rows.size()), newtons(least), list});
    }
    d.table(std::move(t));
    d.paragraph(fmt::format("{} patients; {} reach no limit up to {:.0f} N, which counts as their ceiling; {} could not be run (section 9).", r.rows.size(), not_reached,
                            loaded.study.ceiling->high.value_or(loaded.study.base_scenario.device.max_force), none));
    if (!ceilings.empty())
        d.drawing("Ceilings of the patients [N]; the line: the percentile", histogram(ceilings, {}, "highest force that keeps every limit [N]", {r.percentile->estimate}));
}

void background(Document& d, const LoadedStudy& loaded) {
    const scenarios::ReportWords& words = loaded.study.ceiling->report;
    d.heading(1, "2. Background, context of use, model risk");
    d.table({{"item", "words of the maker"},
             {{"question of interest", given_or_not(words.question)}, {"context of use", given_or_not(words.context_of_use)}, {"influence of the model", given_or_not(words.influence)}, {"consequence of a wrong decision", given_or_not(words.consequence)}}});
    d.heading(1, "3. Code verification");
    d.paragraph("`foramen verify` solves problems with known answers beside closed forms and other programs; `foramen verify --json FILE` writes its verdicts for this build. They are not part of this run: NOT PROVIDED.");
    d.paragraph("Acceptance by the maker: " + given_or_not(words.acceptance));
}

void system(Document& d, const LoadedStudy& loaded, const CeilingResult& r) {
    const CeilingSpec& c = *loaded.study.ceiling;
    d.heading(1, "4. System configuration");
    d.paragraph(fmt::format("Device: {}, at most {:.1f} N, {:.4g} N/s. Rationale: {}", loaded.study.base_scenario.device.name, loaded.study.base_scenario.device.max_force,
                            loaded.study.base_scenario.device.max_ramp, given_or_not(c.report.rationale)));
    d.paragraph("Pictures of the configuration: NOT PROVIDED; foramen render draws the result of any row.");
    d.heading(1, "5. Governing equations");
    d.paragraph("Discs: biphasic, swelling, fibre-reinforced solid at finite strain; vertebrae rigid or elastic; ligaments, facets and muscles as nonlinear members. docs/model.md has the equations, docs/numerics.md how they are solved.");
    d.heading(1, "6. Properties");
    d.heading(2, "What varies over the population");
    Document::Table t{{"field", "law", "mean or values", "deviation", "low", "high"}, {}};
    for (const scenarios::Varied& v : loaded.study.vary) {
        const scenarios::FieldKind kind = *scenarios::find_field(loaded.study.base_scenario, v.field);
        const auto cell = [&](const std::optional<double>& value) { return value ? scenarios::display_value(kind, *value) : std::string(); };
        std::string values;
        for (const scenarios::Choice& choice : v.distribution.choices) values += fmt::format("{}{} ({:.3g})", values.empty() ? "" : ", ", scenarios::display_value(kind, choice.value), choice.share);
        const bool law = v.distribution.choices.empty();
        t.rows.push_back({v.field, law ? std::string(scenarios::law_words[static_cast<std::size_t>(v.distribution.law)]) : "listed (share)", law ? cell(v.distribution.mean) : values, cell(v.distribution.deviation), cell(v.distribution.low), cell(v.distribution.high)});
    }
    d.table(std::move(t));
    for (const scenarios::Correlation& k : loaded.study.correlations) d.paragraph(fmt::format("Correlation of {} and {}: {:.3g}.", k.first, k.second, k.coefficient));
    d.heading(2, "Limits, as distributions over people");
    Document::Table limits{{"limit", "series", "law", "mean", "deviation", "bounds", "unit", "status", "source"}, {}};
    for (const scenarios::Limit& l : r.limits) {
        const auto cell = [](const std::optional<double>& value) { return value ? fmt::format("{:.4g}", *value) : std::string("-"); };
        limits.rows.push_back({l.title, l.measure.series + (l.measure.label.empty() ? "" : ", " + l.measure.label), std::string(scenarios::law_words[static_cast<std::size_t>(l.strength.law)]), cell(l.strength.mean), cell(l.strength.deviation),
                               cell(l.strength.low) + " to " + cell(l.strength.high), l.unit, std::string(scenarios::limit_status_words[static_cast<std::size_t>(l.status)]), l.source});
    }
    d.table(std::move(limits));
    for (const scenarios::Limit& l : r.limits) d.paragraph(l.title + ": " + l.about);
    for (const std::string& name : r.not_computed) d.paragraph("Not held against: " + name + ".");
    d.paragraph("Nobody is hurt by lying down: each law is cut off at what the model finds in the patient at rest, and strengths are drawn from the rest of it. "
                "Where a law ends before that, the patient has no ceiling by that limit, and counts as one who exceeds it.");
    d.paragraph("RECALLED: known from the literature, not read again. PROPOSED: an engineering choice. A ceiling is not better than its limits.");
    d.heading(2, "Every other parameter");
    d.preformatted(scenario_text(loaded.base.scenario));
}

void conditions(Document& d, const LoadedStudy& loaded) {
    const CeilingSpec& c = *loaded.study.ceiling;
    d.heading(1, "7. Conditions");
    const scenarios::LoadProgram program = scenarios::with_sudden_release(scenarios::load_program(loaded.study.base_scenario), c.release, c.after);
    d.drawing("Force that is set, at the base scenario's own force; scaled for each session, rates of the ramps kept", curve(program.curve().x(), program.curve().y(), "time [s]; force [N]"));
    d.paragraph(fmt::format("Each session ends with a sudden release: at the end of the last hold the rope goes slack within {:.3g} s, {:.3g} s of rest follow. Limits are held against the whole of it.", c.release, c.after));
    d.paragraph("Delivered force of the device: NOT PROVIDED; the commanded one is applied.");
}

}  // namespace

Document ceiling_report(const LoadedStudy& loaded, const CeilingResult& r) {
    Document d{.title = loaded.study.name + ": force ceiling"};
    cover(d, loaded);
    summary(d, loaded, r);
    governing(d, loaded, r);
    background(d, loaded);
    system(d, loaded, r);
    conditions(d, loaded);
    add_evidence(d, loaded, r);
    return d;
}

}  // namespace foramen::io
