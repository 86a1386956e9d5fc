#include "viz/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <vtkErrorCode.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkRenderWindow.h>
#include <vtkWindowToImageFilter.h>

#include "viz/charts.hpp"
#include "viz/page_text.hpp"
#include "viz/result_scene.hpp"
#include "viz/x_display.hpp"

namespace foramen::viz {
namespace {

constexpr double head_height = 64.0, foot_height = 34.0;  // [pixel] at 1600 x 1000
constexpr double scene_share = 0.47;               // of the width that the spine has

std::string file_stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

/// What the run calls itself, or else the file's name.
std::string picture_title(const io::ResultFile& result, const std::string& path) {
    for (const char* name : {"title", "name", "scenario_name"}) {
        const std::string title = result.provenance(name);
        if (!title.empty()) return title;
    }
    return file_stem(path);
}

std::string caption(const io::ResultFile& result, const Moment& moment) {
    std::string text = fmt::format("at {:.2f} min", moment.time / 60.0);
    const auto add = [&](const char* series, const char* format) {
        const double value = value_at(result, series, "", moment.time);
        if (std::isfinite(value)) text += fmt::format(fmt::runtime(format), value);
    };
    add("device_force", ":  device {:.0f} N");
    add("pelvis_pull", ",  at the pelvis {:.0f} N");
    add("pull_angle", ",  pull angle {:.0f}\xC2\xB0");
    add("elongation", ",  elongation T12\xE2\x80\x93S1 {:.1f} mm");
    if (result.status() == io::RunStatus::running) text += "   (run unfinished)";
    return text;
}

void write_png(vtkRenderWindow& window, const std::string& path) {
    vtkNew<vtkWindowToImageFilter> grab;
    grab->SetInput(&window);
    grab->ReadFrontBufferOff();
    grab->SetInputBufferTypeToRGB();
    const std::string part = path + ".part";
    vtkNew<vtkPNGWriter> writer;
    writer->SetFileName(part.c_str());
    writer->SetInputConnection(grab->GetOutputPort());
    writer->Write();
    std::error_code error;
    if (writer->GetErrorCode() == vtkErrorCode::NoError) std::filesystem::rename(part, path, error);
    if (writer->GetErrorCode() != vtkErrorCode::NoError || error) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw io::FileError(fmt::format("cannot write {}: {}", path, error ? error.message() : vtkErrorCode::GetStringFromErrorCode(writer->GetErrorCode())));
    }
}

}  // namespace

double draw_picture(const std::string& result_path, const PictureOptions& options) {
    const io::ResultFile result(result_path);
    const Moment moment = options.time ? nearest_moment(result, *options.time) : greatest_pull(result);
    const XDisplay display;
    const double scale = std::min(options.size[0] / 1600.0, options.size[1] / 1000.0);
    const double width = options.size[0] / scale, height = options.size[1] / scale;
    const double top = 1.0 - head_height / height, bottom = foot_height / height;

    vtkNew<vtkRenderWindow> window;
    window->SetOffScreenRendering(1);
    window->SetMultiSamples(8);
    window->SetSize(options.size[0], options.size[1]);
    vtkNew<vtkRenderer> page, spine, charts;
    spine->SetViewport(0.0, bottom, scene_share, top);
    charts->SetViewport(scene_share, bottom, 1.0, top);
    for (vtkRenderer* renderer : {page.Get(), spine.Get(), charts.Get()}) {
        renderer->SetBackground(colours::paper[0], colours::paper[1], colours::paper[2]);
        window->AddRenderer(renderer);
    }

    const std::string file = std::filesystem::path(result_path).filename().string();
    const TextStyle small{13.0, colours::faint_ink, false};
    add_page_text(*page, picture_title(result, result_path), 22.0, height - 32.0, {22.0, colours::ink, true}, scale);
    add_page_text(*page, caption(result, moment), 22.0, height - 57.0, {16.0, colours::ink, false}, scale);
    add_page_text(*page, "Research software, not a medical device", 22.0, 11.0, small, scale);
    add_page_text(*page, fmt::format("Foramen   {}", file), scene_share * width + 66.0, 11.0, small, scale);
    SceneBuilder(result, moment, *spine, scale).build();
    draw_charts(session_charts(result, moment), result.times(), moment, *charts, {(1.0 - scene_share) * width, height - head_height - foot_height}, scale);
    window->Render();
    write_png(*window, options.output);
    return moment.time;
}

}  // namespace foramen::viz
