#include "viz/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <vtkErrorCode.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkRenderer.h>
#include <vtkWindowToImageFilter.h>

#include "io/scene/moved_points.hpp"
#include "io/scene/nerve_roots.hpp"
#include "viz/charts.hpp"
#include "viz/page_text.hpp"
#include "viz/plot_groups.hpp"
#include "viz/result_scene.hpp"
#include "viz/whole_spine.hpp"
#include "viz/x_display.hpp"

namespace foramen::viz {
namespace {

constexpr double head_height = 64.0, foot_height = 34.0;  // [pixel] at 1600 x 1000
constexpr double scene_share = 0.47;               // of the width that the spine has

vtkSmartPointer<vtkRenderer> add_renderer(vtkRenderWindow& window, const std::array<double, 4>& viewport) {
    const auto renderer = vtkSmartPointer<vtkRenderer>::New();
    renderer->SetViewport(viewport[0], viewport[1], viewport[2], viewport[3]);
    renderer->SetBackground(colours::paper[0], colours::paper[1], colours::paper[2]);
    window.AddRenderer(renderer);
    return renderer;
}

/// "112 mm2 at the start, 120 mm2 now".
std::string then_and_now(const io::ResultFile& result, const char* series, const std::string& label, const Moment& moment, const char* what,
                         const char* unit, const char* format) {
    const double now = value_at(result, series, label, moment.time);
    if (!std::isfinite(now) || result.times().empty()) return "";
    const double then = value_at(result, series, label, result.times().front());
    return fmt::format(fmt::runtime(fmt::format(",  {{}} {} {{}} (start {})", format, format)), what, now, unit, then);
}

/// Where the left foramen of a level is cut [mm].
double cut_of(const io::ResultFile& result, const std::string& level) {
    for (const io::ForamenFan& fan : io::foramen_fans(result, 0)) {
        if (fan.name == level + " left") return fan.middle.y();
    }
    throw io::FileError(fmt::format("the result holds no foramen {} left", level));
}

void require_level(const io::ResultFile& result, const std::string& level) {
    const io::BlockSpec* block = io::find_block(result, level);
    if (block != nullptr && block->group == "discs") return;
    std::string known;
    for (const io::BlockSpec& b : result.blocks()) known += b.group == "discs" ? (known.empty() ? "" : ", ") + b.name : "";
    throw io::FileError(fmt::format("the result holds no disc {}; it has {}", level, known.empty() ? "none" : known));
}

}  // namespace

vtkSmartPointer<vtkRenderWindow> hidden_window(const std::array<int, 2>& size) {
    const auto window = vtkSmartPointer<vtkRenderWindow>::New();
    window->SetOffScreenRendering(1);
    window->SetMultiSamples(8);
    window->SetSize(size[0], size[1]);
    return window;
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

Painter::Painter(const std::string& result_path, View view, std::string level)
    : path_(result_path), result_(result_path), view_(view), level_(std::move(level)) {
    if (view == View::foramen || view == View::disc) require_level(result_, level_);
    if (view != View::plots) ranges_ = scene_ranges(result_, view == View::disc ? level_ : "");
}

std::string Painter::title() const {
    for (const char* name : {"title", "name", "scenario_name"}) {
        const std::string title = result_.provenance(name);
        if (!title.empty()) return title;
    }
    return std::filesystem::path(path_).stem().string();
}

std::string Painter::subject() const {
    return std::string(name_of(view_)) + (view_ == View::foramen || view_ == View::disc ? " " + level_ : "");
}

std::string Painter::caption(const Moment& moment) const {
    std::string text = fmt::format("at {:.2f} min", moment.time / 60.0);
    const auto add = [&](const char* series, const char* format) {
        const double value = value_at(result_, series, "", moment.time);
        if (std::isfinite(value)) text += fmt::format(fmt::runtime(format), value);
    };
    add("device_force", ":  device {:.0f} N");
    if (view_ == View::foramen) {
        const std::string foramen = level_ + " left";
        text += then_and_now(result_, "foramen_area", foramen, moment, "area", "mm\xC2\xB2", "{:.1f}");
        text += then_and_now(result_, "foramen_height", foramen, moment, "height", "mm", "{:.2f}");
        text += then_and_now(result_, "foramen_clearance", foramen, moment, "free beside the ganglion", "mm\xC2\xB2", "{:.1f}");
    } else if (view_ == View::disc) {
        text += then_and_now(result_, "idp", level_, moment, "pressure in the nucleus", "MPa", "{:.3f}");
        text += then_and_now(result_, "disc_height_mid", level_, moment, "height", "mm", "{:.2f}");
        text += then_and_now(result_, "fluid_gained", level_, moment, "water gained", "mm\xC2\xB3", "{:.0f}");
    } else {
        add("pelvis_pull", ",  at the pelvis {:.0f} N");
        add("pull_angle", ",  pull angle {:.0f}\xC2\xB0");
        add("elongation", ",  elongation T12\xE2\x80\x93S1 {:.1f} mm");
    }
    if (result_.status() == io::RunStatus::running) text += "   (run unfinished)";
    return text;
}

void Painter::paint_scene(vtkRenderer& renderer, const Moment& moment, double scale, bool with_scales) const {
    if (view_ == View::frontal || view_ == View::posterior || view_ == View::oblique) {
        build_whole_spine(result_, moment, renderer, view_, ranges_, scale, with_scales);
        return;
    }
    SceneOptions options;
    options.ranges = ranges_;
    options.scale = scale;
    options.with_scales = with_scales;
    if (view_ == View::foramen) {
        options.cut = cut_of(result_, level_);
        options.disc = level_;
        options.half_height = 27.0;
        options.behind = 22.0;
    } else if (view_ == View::disc) {
        options.disc = level_;
        options.half_height = 17.0;
        options.behind = 9.0;
        options.flow = true;
    }
    SceneBuilder(result_, moment, renderer, options).build();
}

void Painter::paint_page(vtkRenderWindow& window, const Moment& moment, const std::array<int, 2>& size) const {
    const double scale = std::min(size[0] / 1600.0, size[1] / 1000.0);
    const double width = size[0] / scale, height = size[1] / scale;
    const double top = 1.0 - head_height / height, bottom = foot_height / height;
    const auto page = add_renderer(window, {0.0, 0.0, 1.0, 1.0});
    const std::string subtitle = view_ == View::session || view_ == View::plots ? "" : "   " + subject();
    add_page_text(*page, title() + subtitle, 22.0, height - 32.0, {22.0, colours::ink, true}, scale);
    add_page_text(*page, caption(moment), 22.0, height - 57.0, {16.0, colours::ink, false}, scale);
    const TextStyle small{13.0, colours::faint_ink, false};
    add_page_text(*page, "Research software, not a medical device", 22.0, 11.0, small, scale);
    add_page_text(*page, fmt::format("Foramen   {}", std::filesystem::path(path_).filename().string()), scene_share * width + 66.0, 11.0, small, scale);
    if (view_ == View::plots) {
        draw_plot_groups(result_, moment, window, {0.0, bottom, 1.0, top}, {width, height - head_height - foot_height}, scale);
    } else if (view_ == View::session) {
        paint_scene(*add_renderer(window, {0.0, bottom, scene_share, top}), moment, scale, true);
        const auto charts = add_renderer(window, {scene_share, bottom, 1.0, top});
        draw_charts(session_charts(result_, moment), result_.times(), moment, *charts, {(1.0 - scene_share) * width, height - head_height - foot_height}, scale);
    } else {
        paint_scene(*add_renderer(window, {0.0, bottom, 1.0, top}), moment, scale, true);
    }
    window.Render();
}

double draw_picture(const std::string& result_path, const PictureOptions& options) {
    const Painter painter(result_path, options.view, options.level);
    const Moment moment = options.time ? nearest_moment(painter.result(), *options.time) : greatest_pull(painter.result());
    const XDisplay display;
    const auto window = hidden_window(options.size);
    painter.paint_page(*window, moment, options.size);
    write_png(*window, options.output);
    return moment.time;
}

}  // namespace foramen::viz
