#include <fmt/format.h>

#include "io/csv_text.hpp"
#include "io/data_folder.hpp"
#include "io/json_text.hpp"
#include "io/scenario_writer.hpp"
#include "io/study/ceiling_report.hpp"
#include "io/study/study_plan.hpp"
#include "io/version.hpp"

namespace foramen::io {

namespace {

std::string number(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : "null"; }

std::string terms_json(const CeilingTerms& t) {
    return JsonObject().add("sensor_N", fmt::format("{}", t.sensor)).add("delay_N", fmt::format("{}", t.delay)).add("overshoot_N", fmt::format("{}", t.overshoot)).add("ceiling_N", fmt::format("{}", t.ceiling)).text();
}

std::string row_json(const CeilingResult& r, const CeilingRow& row) {
    if (!row.there) return JsonObject().add_text("not_computed", row.reason).text();
    const scenarios::PatientCeiling& c = row.ceiling;
    return JsonObject().add("ceiling_N", fmt::format("{}", c.force)).add("exceeded_N", fmt::format("{}", c.exceeded)).add("body_weight_N", fmt::format("{}", row.weight)).add_text("end", ceiling_end_words[static_cast<std::size_t>(c.end)])
        .add_text("limit", r.limits[c.limit].name).add_text("where", c.where).add_text("why", c.why).add("sessions", fmt::format("{}", c.sessions)).text();
}

}  // namespace

std::string ceiling_json(const LoadedStudy& loaded, const CeilingResult& r) {
    JsonObject object;
    object.add_text("notice", "Research software. Not a medical device; no clinical advice. Approves nothing.").add_text("study", loaded.study.name).add_text("version", version_text());
    object.add_text("study_sha256", text_sha256(loaded.given)).add_text("scenario_sha256", text_sha256(scenario_text(loaded.base.scenario)));
    object.add_text("device", loaded.study.base_scenario.device.name).add("device_maximum_N", fmt::format("{}", loaded.study.base_scenario.device.max_force));
    object.add_text("verdict", r.verdict == CeilingVerdict::pass ? "PASS" : "FAIL").add_text("why", r.why).add("complete", r.complete ? "true" : "false");
    if (r.percentile) {
        object.add("percentile_N", fmt::format("{}", r.percentile->estimate)).add("percentile_low_N", number(r.percentile->low)).add("percentile_high_N", number(r.percentile->high));
        object.add("at_estimate", terms_json(r.at_estimate)).add("at_low", r.percentile->low ? terms_json(r.at_low) : "null");
    }
    std::vector<std::string> rows, limits, convergence;
    for (const CeilingRow& row : r.rows) rows.push_back(row_json(r, row));
    for (const scenarios::Limit& limit : r.limits) limits.push_back(json_string(limit.name));
    for (const ConvergenceRow& row : r.convergence) convergence.push_back(JsonObject().add_text("what", row.what).add("ceiling_N", fmt::format("{}", row.ceiling.force)).add("exceeded_N", fmt::format("{}", row.ceiling.exceeded)).text());
    return object.add("limits", json_array(limits)).add("convergence", json_array(convergence)).add("patients", json_array(rows)).text() + "\n";
}

std::string ceiling_csv(const LoadedStudy& loaded, const CeilingResult& r) {
    const scenarios::DesignTable design = scenarios::design_table(loaded.study);
    std::string text = "row";
    for (std::size_t j = 0; j < loaded.study.vary.size(); ++j) text += fmt::format(",{}", csv_cell(input_header(loaded, j)));
    for (const scenarios::Limit& limit : r.limits) text += fmt::format(",strength {} [{}]", limit.name, limit.unit);
    text += ",ceiling [N],exceeded [N],end,limit,where,sessions,reason\n";
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        const CeilingRow& row = r.rows[i];
        text += fmt::format("{}", i + 1);
        for (std::size_t j = 0; j < loaded.study.vary.size(); ++j)
            text += fmt::format(",{}", csv_cell(input_cell(loaded, j, design.values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)))));
        for (std::size_t k = 0; k < r.limits.size(); ++k) text += row.strength.empty() ? std::string(",") : fmt::format(",{}", row.strength[k]);
        const scenarios::PatientCeiling& c = row.ceiling;
        text += row.there ? fmt::format(",{},{},{},{},{},{},{}\n", c.force, c.exceeded, ceiling_end_words[static_cast<std::size_t>(c.end)], r.limits[c.limit].name, csv_cell(c.where), c.sessions, csv_cell(c.why))
                          : fmt::format(",,,,,,,{}\n", csv_cell(row.reason.empty() ? "missing" : row.reason));
    }
    return text;
}

}  // namespace foramen::io
