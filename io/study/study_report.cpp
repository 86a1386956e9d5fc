#include "io/study/study_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/replace_file.hpp"
#include "io/study/study_charts.hpp"
#include "io/version.hpp"

namespace foramen::io {

using scenarios::DesignKind;

namespace {

std::vector<double> column(const StudyTable& table, std::size_t output) {
    std::vector<double> values;
    for (const StudyRow& row : table.rows) values.push_back(row.outputs[output]);
    return values;
}

std::vector<double> sorted_numbers(std::vector<double> values) {
    std::erase_if(values, [](double v) { return std::isnan(v); });
    std::sort(values.begin(), values.end());
    return values;
}

std::string quantile_text(const std::vector<double>& sorted, double share) {
    return sorted.empty() ? "-" : short_number(sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))]);
}

std::string named(const LoadedStudy& loaded, const StudyTable& table, std::size_t output) {
    return table.units[output] == "1" ? loaded.study.outputs[output].name : fmt::format("{} [{}]", loaded.study.outputs[output].name, table.units[output]);
}

void overview(Document& d, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    d.paragraph("Research software. Not a medical device; no clinical advice.");
    if (!loaded.study.description.empty()) d.paragraph(loaded.study.description);
    d.table({{"item", "value"},
             {{"design", fmt::format("{}, {} rows, {} distinct runs", scenarios::design_kind_words[static_cast<std::size_t>(loaded.study.design.kind)], plan.size(), plan.distinct())},
              {"seed", std::to_string(loaded.study.seed)},
              {"base", loaded.base.scenario.name},
              {"program", version_text()},
              {"done, failed, crashed, missing", fmt::format("{}, {}, {}, {}", table.count(RowState::done), table.count(RowState::failed), table.count(RowState::crashed), table.count(RowState::missing))}}});
    Document::Table failed{{"row", "status", "reason", "command"}, {}};
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (table.rows[i].state == RowState::failed || table.rows[i].state == RowState::crashed)
            failed.rows.push_back({std::to_string(i + 1), std::string(row_state_words[static_cast<std::size_t>(table.rows[i].state)]), table.rows[i].reason, row_command(loaded, i)});
    if (!failed.rows.empty()) d.table(std::move(failed));
}

void distributions(Document& d, const LoadedStudy& loaded, const StudyTable& table) {
    d.heading(1, "Distributions");
    std::vector<bool> responds;
    for (const StudyRow& row : table.rows) responds.push_back(row.responds);
    Document::Table t{{"output", "runs", "5 %", "25 %", "median", "75 %", "95 %"}, {}};
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k) {
        const std::vector<double> sorted = sorted_numbers(column(table, k));
        t.rows.push_back({named(loaded, table, k), std::to_string(sorted.size())});
        for (const double share : {0.05, 0.25, 0.5, 0.75, 0.95}) t.rows.back().push_back(quantile_text(sorted, share));
    }
    d.table(std::move(t));
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k)
        d.drawing(loaded.study.responder.empty() ? "Number of runs" : "Number of runs; blue: responders", histogram(column(table, k), responds, named(loaded, table, k)));
}

/// Medians of every input among those who respond and those who do not; words as the share of each.
void responders(Document& d, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    if (loaded.study.responder.empty()) return;
    d.heading(1, "Responders against non-responders");
    std::string rule;
    for (const scenarios::Criterion& c : loaded.study.responder)
        rule += fmt::format("{}{}{}{}", rule.empty() ? "" : ", and ", c.output, c.above ? fmt::format(" above {:.4g}", *c.above) : "", c.below ? fmt::format(" below {:.4g}", *c.below) : "");
    const auto yes = static_cast<std::size_t>(std::count_if(table.rows.begin(), table.rows.end(), [](const StudyRow& r) { return r.responds; }));
    const std::size_t done = table.count(RowState::done);
    d.paragraph(fmt::format("A run responds when {}: {} of {} ({:.0f} %).", rule, yes, done, done == 0 ? 0.0 : 100.0 * static_cast<double>(yes) / static_cast<double>(done)));
    Document::Table t{{"input", "responders: 25 %, median, 75 %", "non-responders: 25 %, median, 75 %"}, {}};
    for (std::size_t j = 0; j < loaded.study.vary.size(); ++j) {
        const bool words = !scenarios::find_field(loaded.study.base_scenario, loaded.study.vary[j].field)->words.empty();
        std::array<std::vector<double>, 2> groups;
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            if (table.rows[i].state == RowState::done) groups[table.rows[i].responds ? 0 : 1].push_back(plan.design.values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)));
        t.rows.push_back({input_header(loaded, j)});
        for (const std::vector<double>& group : groups) {
            const std::vector<double> sorted = sorted_numbers(group);
            const auto at = [&](double share) {
                if (sorted.empty()) return std::string("-");
                const double value = sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
                return words ? input_cell(loaded, j, value) : short_number(input_number(loaded, j, value));
            };
            t.rows.back().push_back(at(0.25) + ", " + at(0.5) + ", " + at(0.75));
        }
    }
    d.table(std::move(t));
}

void sensitivities(Document& d, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    d.heading(1, "Sensitivities");
    const scenarios::Bootstrap bootstrap{.resamples = 500, .confidence = 0.95, .seed = static_cast<std::uint64_t>(loaded.study.seed)};
    const int inputs = static_cast<int>(loaded.study.vary.size());
    const DesignKind kind = loaded.study.design.kind;
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k) {
        const std::vector<double> values = column(table, k);
        const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
        std::vector<BarGroup> bars;
        std::vector<std::string> legend;
        std::string what;
        const auto add = [&](const std::vector<scenarios::Estimate>& first, const std::vector<scenarios::Estimate>* second) {
            for (std::size_t j = 0; j < first.size(); ++j) bars.push_back({loaded.study.vary[j].field, second ? std::vector{first[j], (*second)[j]} : std::vector{first[j]}});
        };
        if (kind == DesignKind::sobol_indices) {
            const scenarios::SobolIndices s = scenarios::sobol_indices(y, inputs, bootstrap);
            if (s.base_rows < 2) continue;
            add(s.first, &s.total);
            legend = {"first order", "total"};
            what = fmt::format("Sobol indices of {}, {} base rows{}", loaded.study.outputs[k].name, s.base_rows, s.base_rows < 1024 ? ": fewer than 1024, read the intervals" : "");
        } else if (kind == DesignKind::morris) {
            add(scenarios::morris_effects(plan.design.points, y, bootstrap).mean_absolute, nullptr);
            legend = {"mean absolute elementary effect"};
            what = fmt::format("Morris: {} over the whole range of an input", named(loaded, table, k));
        } else {
            if (sorted_numbers(values).size() < 4) continue;
            add(scenarios::rank_correlations(plan.design.values, y, bootstrap), nullptr);
            legend = {"rank correlation"};
            what = "Rank correlation of each input with " + loaded.study.outputs[k].name;
        }
        d.drawing(what + "; lines: 95 % bootstrap interval", interval_bars(bars, legend));
        Document::Table t{{"input"}, {}};
        for (const std::string& name : legend) t.header.insert(t.header.end(), {name, "2.5 %", "97.5 %"});
        for (const BarGroup& bar : bars) {
            t.rows.push_back({bar.name});
            for (const scenarios::Estimate& e : bar.estimates) t.rows.back().insert(t.rows.back().end(), {short_number(e.value), short_number(e.low), short_number(e.high)});
        }
        d.table(std::move(t));
    }
}

void edges(Document& d, const LoadedStudy& loaded, const StudyTable& table, const StudyFolder& folder) {
    d.heading(1, "At the edges");
    Document::Table t{{"row", "output", "value", "command"}, {}, {}};
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k) {
        const std::vector<double> values = column(table, k), sorted = sorted_numbers(values);
        if (sorted.empty()) continue;
        for (const auto& [name, value] : {std::pair{"smallest ", sorted.front()}, {"largest ", sorted.back()}}) {
            const auto row = static_cast<std::size_t>(std::find(values.begin(), values.end(), value) - values.begin());
            t.rows.push_back({std::to_string(row + 1), name + named(loaded, table, k), short_number(value), row_command(loaded, row)});
            t.links.push_back(std::filesystem::exists(folder.result(row)) ? folder.result(row).lexically_relative(folder.path).generic_string() : "");
        }
    }
    d.table(std::move(t));
    d.paragraph("A row with a link has its whole result beside this page (keep: edges); the command makes it for any other.");
    d.heading(1, "The study");
    d.preformatted(loaded.given);
}

}  // namespace

Document study_report(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table, const StudyFolder& folder) {
    Document d{.title = loaded.study.name};
    overview(d, loaded, plan, table);
    distributions(d, loaded, table);
    responders(d, loaded, plan, table);
    sensitivities(d, loaded, plan, table);
    edges(d, loaded, table, folder);
    return d;
}

std::string write_study_report(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table, const StudyFolder& folder) {
    const std::string page = folder.file("study.html").string();
    replace_file(page, html_text(study_report(loaded, plan, table, folder)));
    return page;
}

}  // namespace foramen::io
