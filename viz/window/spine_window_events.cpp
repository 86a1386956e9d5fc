// SpineWindow's slider, keys and mouse.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>

#include <vtkCamera.h>
#include <vtkCommand.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkNew.h>
#include <vtkProperty2D.h>
#include <vtkSliderRepresentation2D.h>
#include <vtkTextProperty.h>

#include "viz/colours.hpp"
#include "viz/window/spine_window.hpp"

namespace foramen::viz {
namespace {

constexpr int tick = 50;              // [ms] between two looks at the clock while it plays
constexpr double play_seconds = 20.0;  // that a session takes
constexpr int still = 4;              // [pixel] a press that moves less is a click
constexpr double listens_first = 10.0;  // before the widget and the camera

}  // namespace

void SpineWindow::add_slider() {
    const std::vector<double>& times = painter_.result().field_times();
    vtkNew<vtkSliderRepresentation2D> bar;
    bar->SetMinimumValue(times.front() / 60.0);
    bar->SetMaximumValue(std::max(times.back(), times.front() + 1e-3) / 60.0);
    bar->SetLabelFormat("%.2f min");
    bar->GetPoint1Coordinate()->SetCoordinateSystemToNormalizedDisplay();
    bar->GetPoint2Coordinate()->SetCoordinateSystemToNormalizedDisplay();
    bar->GetPoint1Coordinate()->SetValue(0.06, 0.085);
    bar->GetPoint2Coordinate()->SetValue(0.94, 0.085);
    bar->SetTubeWidth(0.006);
    bar->SetSliderWidth(0.022);
    bar->SetSliderLength(0.012);
    bar->SetEndCapWidth(0.018);
    bar->SetEndCapLength(0.003);
    bar->SetLabelHeight(0.024);
    for (vtkProperty2D* part : {bar->GetTubeProperty(), bar->GetCapProperty()}) part->SetColor(0.62, 0.66, 0.70);
    bar->GetSliderProperty()->SetColor(colours::taut.data());
    bar->GetSelectedProperty()->SetColor(colours::pull.data());
    bar->GetLabelProperty()->SetColor(colours::ink.data());
    bar->GetLabelProperty()->ShadowOff();
    bar->GetLabelProperty()->BoldOff();
    slider_ = vtkSmartPointer<vtkSliderWidget>::New();
    slider_->SetInteractor(interactor_);
    slider_->SetDefaultRenderer(page_);
    slider_->SetCurrentRenderer(page_);
    slider_->SetRepresentation(bar);
    slider_->SetAnimationModeToJump();
    slider_->EnabledOn();
}

void SpineWindow::listen() {
    vtkNew<vtkInteractorStyleTrackballCamera> style;
    style->AddObserver(vtkCommand::CharEvent, this, &SpineWindow::on_key);  // in place of VTK's own keys
    interactor_->SetInteractorStyle(style);
    interactor_->AddObserver(vtkCommand::TimerEvent, this, &SpineWindow::on_timer);
    interactor_->AddObserver(vtkCommand::LeftButtonPressEvent, this, &SpineWindow::on_press, listens_first);
    interactor_->AddObserver(vtkCommand::LeftButtonReleaseEvent, this, &SpineWindow::on_release);
    slider_->AddObserver(vtkCommand::InteractionEvent, this, &SpineWindow::on_slider);
    window_->AddObserver(vtkCommand::WindowResizeEvent, this, &SpineWindow::on_resize);
}

void SpineWindow::place_page() {
    const int* size = window_->GetSize();
    title_->SetPosition(18, size[1] - 32);
    caption_->SetPosition(18, size[1] - 56);
    help_->SetPosition(18, size[1] - 74);
    told_->SetPosition(18, 16);
    menu_->place(size[0], size[1]);
}

void SpineWindow::toggle_play() {
    if (playing()) {
        interactor_->DestroyTimer(timer_);
        timer_ = -1;
        return;
    }
    const std::vector<double>& times = painter_.result().field_times();
    play_time_ = moment_.time < times.back() ? moment_.time : times.front();
    timer_ = interactor_->CreateRepeatingTimer(tick);
}

void SpineWindow::step_by(int steps) {
    const std::vector<double>& times = painter_.result().field_times();
    const int step = std::clamp(moment_.step + steps, 0, static_cast<int>(times.size()) - 1);
    show(times[static_cast<std::size_t>(step)]);
}

void SpineWindow::press(const std::string& key) {
    const std::size_t count = colourings_.size();
    const std::map<std::string, std::function<void()>> keys{
        {"space", [&] { toggle_play(); }},
        {"Right", [&] { step_by(1); }},
        {"Left", [&] { step_by(-1); }},
        {"Home", [&] { show(painter_.result().field_times().front()); }},
        {"End", [&] { show(painter_.result().field_times().back()); }},
        {"c", [&] { choose_colouring((colouring_ + 1) % count); }},
        {"C", [&] { choose_colouring((colouring_ + count - 1) % count); }},
        {"x", [&] { cut_ = !cut_, refresh(); }},
        {"f", [&] { look_from({1.0, 0.0, 0.0}); }},
        {"b", [&] { look_from({-1.0, 0.0, 0.0}); }},
        {"l", [&] { look_from(cut_ ? std::array{0.0, -1.0, 0.0} : std::array{0.0, 1.0, 0.0}); }},
        {"r", [&] { look_from(from_behind_left); }},
        {"h", [&] { with_help_ = !with_help_, refresh(); }},
        {"q", [&] { interactor_->TerminateApp(); }},
        {"1", [&] { toggle("vertebrae"); }},
        {"2", [&] { toggle("discs"); }},
        {"3", [&] { toggle("ligaments"); }},
        {"4", [&] { toggle("muscles"); }},
        {"5", [&] { toggle("facets"); }},
        {"6", [&] { toggle("foramina"); }},
        {"7", [&] { toggle("nerves"); }},
    };
    const auto found = keys.find(key);
    if (found == keys.end()) return;
    found->second();
    if (key != "q") render();
}

void SpineWindow::on_key(vtkObject*, unsigned long, void*) {
    const char* key = interactor_->GetKeySym();
    if (key != nullptr) press(key);
}

/// While it plays the session advances at its own pace; only another output time is drawn.
void SpineWindow::on_timer(vtkObject*, unsigned long, void*) {
    if (!playing()) return;
    const std::vector<double>& times = painter_.result().field_times();
    play_time_ += (times.back() - times.front()) * tick / (1000.0 * play_seconds);
    if (nearest_moment(painter_.result(), play_time_).step != moment_.step) {
        show(play_time_);
        render();
    }
    if (play_time_ >= times.back()) toggle_play();
}

void SpineWindow::on_slider(vtkObject*, unsigned long, void*) {
    const double value = slider_->GetSliderRepresentation()->GetValue() * 60.0;
    play_time_ = value;
    if (nearest_moment(painter_.result(), value).step == moment_.step) return;
    show(value);
    slider_->GetSliderRepresentation()->SetValue(value / 60.0);  // the knob stays under the mouse
}

void SpineWindow::on_resize(vtkObject*, unsigned long, void*) { place_page(); }

/// @return whether the click was the menu's
bool SpineWindow::on_press(vtkObject*, unsigned long, void*) {
    const int* at = interactor_->GetEventPosition();
    pressed_at_ = {at[0], at[1]};
    const bool taken = menu_->click(at[0], at[1]);
    if (taken) pressed_at_ = {-1000, -1000};
    if (taken) render();
    return taken;
}

void SpineWindow::on_release(vtkObject*, unsigned long, void*) {
    const int* at = interactor_->GetEventPosition();
    const bool moved = std::abs(at[0] - pressed_at_[0]) > still || std::abs(at[1] - pressed_at_[1]) > still;
    const bool on_slider = at[1] < window_->GetSize()[1] / 8;
    if (moved || on_slider) return;
    pick(at[0], at[1]);
    render();
}

}  // namespace foramen::viz
