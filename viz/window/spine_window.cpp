#include "viz/window/spine_window.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkProperty.h>
#include <vtkSliderRepresentation.h>
#include <vtkSphereSource.h>
#include <vtkTextProperty.h>

#include "viz/nerve_tubes.hpp"
#include "viz/option_values.hpp"
#include "viz/page_text.hpp"
#include "viz/scene_parts.hpp"
#include "viz/scene_text.hpp"
#include "viz/window/picked.hpp"

namespace foramen::viz {
namespace {

constexpr std::array<const char*, 6> groups{"vertebrae", "discs", "ligaments", "muscles", "facets", "foramina"};
constexpr const char* nerve_group = "nerves";
constexpr const char* help_text =
    "drag: turn\nwheel: zoom\nshift-drag: shift\nclick: what is there\n\n"
    "space: play, stop\narrow keys: one step\nHome, End: first, last\n\n"
    "c, C: next field, last\nx: cut in the middle\n1 to 7: show, hide parts\n"
    "f, b, l: from the front,\n   from behind, from the left\nr: the whole in view\n\nh: this help\nq: close";
constexpr std::array<double, 4> scene_place{0.17, 0.115, 0.79, 0.93};  // parts of the window

}  // namespace

SpineWindow::SpineWindow(const std::string& result_path, const std::array<int, 2>& size, bool hidden)
    : painter_(result_path, View::oblique, ""),
      colourings_(colourings_of(painter_.result())),
      table_(colour_table(painter_.result(), colourings_.front())),
      moment_(greatest_pull(painter_.result())),
      window_(hidden ? hidden_window(size) : vtkSmartPointer<vtkRenderWindow>::New()),
      interactor_(vtkSmartPointer<vtkRenderWindowInteractor>::New()),
      scene_(vtkSmartPointer<vtkRenderer>::New()),
      page_(vtkSmartPointer<vtkRenderer>::New()),
      picker_(vtkSmartPointer<vtkCellPicker>::New()) {
    window_->SetSize(size[0], size[1]);
    window_->SetMultiSamples(4);
    window_->SetWindowName(("Foramen: " + painter_.title()).c_str());
    window_->SetNumberOfLayers(2);
    interactor_->SetRenderWindow(window_);
    picker_->SetTolerance(0.002);
    add_parts();
    add_page();
    add_slider();
    listen();
    look_from(from_behind_left);
}

void SpineWindow::add_parts() {
    scene_->SetLayer(1);
    scene_->SetViewport(scene_place[0], scene_place[1], scene_place[2], scene_place[3]);
    window_->AddRenderer(scene_);
    for (const io::BlockSpec& block : painter_.result().blocks()) {
        parts_.emplace_back(painter_.result(), block);
        scene_->AddActor(parts_.back().actor());
    }
    nerve_mapper_ = vtkSmartPointer<vtkPolyDataMapper>::New();
    nerve_mapper_->ScalarVisibilityOff();
    nerves_ = vtkSmartPointer<vtkActor>::New();
    nerves_->SetMapper(nerve_mapper_);
    shade_nerve(*nerves_->GetProperty());
    scene_->AddActor(nerves_);
    vtkNew<vtkSphereSource> ball;
    ball->SetRadius(1.2);
    ball->Update();
    mark_ = add_plain(*scene_, ball->GetOutput(), colours::pull);
    mark_->PickableOff();
    mark_->VisibilityOff();
}

void SpineWindow::add_page() {
    page_->SetBackground(colours::paper[0], colours::paper[1], colours::paper[2]);
    page_->InteractiveOff();
    window_->AddRenderer(page_);
    title_ = add_page_text(*page_, painter_.title(), 0.0, 0.0, {21.0, colours::ink, true}, 1.0);
    caption_ = add_page_text(*page_, "", 0.0, 0.0, {16.0, colours::ink, false}, 1.0);
    told_ = add_page_text(*page_, "", 0.0, 0.0, {17.0, colours::pull, true}, 1.0);
    help_ = add_page_text(*page_, help_text, 0.0, 0.0, {14.0, colours::faint_ink, false}, 1.0);
    help_->GetTextProperty()->SetVerticalJustificationToTop();
    menu_ = std::make_unique<Menu>(*page_, menu_lines());
}

std::vector<MenuLine> SpineWindow::menu_lines() {
    std::vector<MenuLine> lines{{"Colours (c)", {}, {}}};
    for (std::size_t i = 0; i < colourings_.size(); ++i) {
        lines.push_back({colourings_[i].label(), [this, i] { return colouring_ == i; }, [this, i] { choose_colouring(i); }});
    }
    lines.push_back({"", {}, {}});
    lines.push_back({"Parts", {}, {}});
    int number = 0;
    std::vector<std::string> names(groups.begin(), groups.end());
    names.emplace_back(nerve_group);
    for (const std::string& name : names) {
        lines.push_back({fmt::format("{}  {}", ++number, name), [this, name] { return shows(name); }, [this, name] { toggle(name); }});
    }
    return lines;
}

bool SpineWindow::shows(const std::string& group) const {
    return std::find(hidden_groups_.begin(), hidden_groups_.end(), group) == hidden_groups_.end();
}

void SpineWindow::toggle(const std::string& group) {
    if (shows(group)) {
        hidden_groups_.push_back(group);
    } else {
        std::erase(hidden_groups_, group);
    }
    refresh();
}

void SpineWindow::choose_colouring(std::size_t index) {
    colouring_ = index;
    table_ = colour_table(painter_.result(), colourings_[index]);
    std::erase(hidden_groups_, colourings_[index].group);
    refresh();
}

void SpineWindow::colour_by(const std::string& name) {
    std::string names;
    for (std::size_t i = 0; i < colourings_.size(); ++i) {
        if (colourings_[i].name == name) return choose_colouring(i);
        names += (names.empty() ? "" : ", ") + colourings_[i].name;
    }
    throw UsageError(fmt::format("--colour-by needs one of {}; got \"{}\"", names, name));
}

void SpineWindow::show(double time) {
    moment_ = nearest_moment(painter_.result(), time);
    mark_->VisibilityOff();
    told_->SetInput("");
    refresh();
}

void SpineWindow::refresh() {
    for (ShownPart& part : parts_) {
        const bool visible = shows(part.block().group);
        part.actor()->SetVisibility(visible);
        if (visible) part.show(look());
    }
    nerves_->SetVisibility(shows(nerve_group) && !cut_);
    if (nerves_->GetVisibility() != 0) nerve_mapper_->SetInputData(nerve_surface(io::nerves(painter_.result(), moment_.step)));
    if (bar_ != nullptr) page_->RemoveActor2D(bar_);
    bar_ = add_colour_bar(*page_, table_, colouring().label().c_str(), "%.3g", {0.012, 0.15}, 1.0);
    caption_->SetInput(painter_.caption(moment_).c_str());
    help_->SetVisibility(with_help_);
    slider_->GetSliderRepresentation()->SetValue(moment_.time / 60.0);
    place_page();
    scene_->ResetCameraClippingRange();
}

std::string SpineWindow::pick(int x, int y) {
    mark_->VisibilityOff();
    std::string text;
    if (picker_->Pick(x, y, 0.0, scene_) != 0) {
        for (const ShownPart& part : parts_) {
            if (picker_->GetActor() == part.actor()) text = describe_part(painter_.result(), part, *picker_, look());
        }
        if (picker_->GetActor() == nerves_) text = describe_nerve(painter_.result(), *picker_, moment_.step);
        mark_->SetPosition(picker_->GetPickPosition());
        mark_->VisibilityOn();
    }
    told_->SetInput(text.c_str());
    return text;
}

void SpineWindow::look_from(const std::array<double, 3>& towards) {
    refresh();
    vtkCamera* camera = scene_->GetActiveCamera();
    camera->ParallelProjectionOn();
    camera->SetFocalPoint(0.0, 0.0, 0.0);
    camera->SetPosition(towards.data());
    camera->SetViewUp(0.0, 0.0, 1.0);
    scene_->ResetCamera();
    double lowest = 1e300, highest = -1e300;
    for (const ShownPart& part : parts_) {
        if (part.block().group != "vertebrae") continue;
        lowest = std::min(lowest, part.actor()->GetBounds()[4]);
        highest = std::max(highest, part.actor()->GetBounds()[5]);
    }
    if (lowest < highest) camera->SetParallelScale(0.525 * (highest - lowest));
}

void SpineWindow::render() { window_->Render(); }

void SpineWindow::run() {
    interactor_->Initialize();
    render();
    interactor_->Start();
}

}  // namespace foramen::viz
