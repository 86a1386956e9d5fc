#include "io/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "io/data_folder.hpp"
#include "io/json_text.hpp"
#include "io/published_ranges.hpp"
#include "io/report/packed_data.hpp"
#include "io/report/spine_parts.hpp"
#include "io/result_file.hpp"
#include "io/session_charts.hpp"
#include "io/summary.hpp"

namespace foramen::io {
namespace {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw FileError(fmt::format("{}: cannot be read; the page of a report is made of it", path.string()));
    return {std::istreambuf_iterator<char>(file), {}};
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
}

std::string html_text(std::string text) {
    for (const auto& [what, by] : {std::pair{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}}) replace_all(text, what, by);
    return text;
}

std::string charts_json(const ResultFile& result, PackedData& data) {
    std::vector<std::string> charts;
    for (const SessionChart& chart : session_charts(result, published_ranges())) {
        std::vector<std::string> curves;
        for (const ChartCurve& curve : chart.curves) curves.push_back(fmt::format(R"({{"label":{},"values":{}}})", json_string(curve.label), data.add_floats(curve.values)));
        std::string json = fmt::format(R"({{"group":{},"title":{},"units":{},"digits":{},"curves":{})", json_string(chart.group), json_string(chart.title),
                                       json_string(chart.units), chart.digits, json_array(curves));
        if (chart.published) {
            json += fmt::format(R"(,"published":{{"what":{},"low":{},"high":{},"source":{}}})", json_string(chart.published->what), chart.published->low,
                                chart.published->high, json_string(chart.published->source));
        }
        charts.push_back(json + "}");
    }
    return json_array(charts);
}

std::string title_of(const ResultFile& result, const std::string& path) {
    const std::string title = result.provenance("title");
    return title.empty() ? fs::path(path).stem().string() : title;
}

/// The printed table; why there is none for a result of another version that lacks a series.
std::string summary_of(const ResultFile& result) {
    try {
        return summarize(result);
    } catch (const FileError& error) {
        return fmt::format("no summary: {}", error.what());
    }
}

/// One run: what is said of it, and its numbers.
struct Run {
    std::string title, summary, json, numbers;
};

Run read_run(const std::string& path, const ReportOptions& options) {
    const ResultFile result(path);
    if (result.times().empty()) throw FileError(fmt::format("{}: holds no step yet", path));
    PackedData data;
    const std::vector<int> steps = played_steps(result, options.most_frames);
    std::vector<double> frame_times;
    for (const int step : steps) frame_times.push_back(result.field_times()[static_cast<std::size_t>(step)]);
    JsonObject json;
    json.add_text("title", title_of(result, path)).add_text("file", fs::path(path).filename().string());
    json.add("times", data.add_floats(result.times())).add("charts", charts_json(result, data));
    json.add("frames", data.add_floats(frame_times)).add("parts", spine_parts(result, steps, data));
    return {title_of(result, path), summary_of(result), json.text(), data.base64()};
}

}  // namespace

std::string report_page(const std::vector<std::string>& results, const ReportOptions& options) {
    std::vector<std::string> described;
    std::string blobs, summaries, title = options.title;
    for (const std::string& path : results) {
        const Run run = read_run(path, options);
        if (title.empty()) title = results.size() == 1 ? run.title : fmt::format("{} runs compared", results.size());
        summaries += fmt::format("<details{}><summary>{}</summary><pre>{}</pre></details>\n", results.size() == 1 ? " open" : "", html_text(run.title), html_text(run.summary));
        blobs += fmt::format("<script type=\"application/octet-stream\" class=\"numbers\">{}</script>\n", run.numbers);
        described.push_back(run.json);
    }
    std::string manifest = json_array(described);
    replace_all(manifest, "</", "<\\/");
    const fs::path pieces = data_folder() / "report";
    std::string page = text_of_file(pieces / "page.html"), script = text_of_file(pieces / "page.js");
    replace_all(script, "</script", "<\\/script");
    replace_all(page, "{{title}}", html_text(title));
    for (const auto& [mark, text] :
         {std::pair<std::string, const std::string*>{"{{summaries}}", &summaries}, {"{{runs}}", &manifest}, {"{{numbers}}", &blobs}, {"{{script}}", &script}}) {
        const std::size_t at = page.find(mark);
        if (at == std::string::npos) throw FileError(fmt::format("{}: has no {}", (pieces / "page.html").string(), mark));
        page.replace(at, mark.size(), *text);
    }
    return page;
}

}  // namespace foramen::io
