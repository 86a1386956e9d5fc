#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <vtkCellPicker.h>
#include <vtkRenderWindow.h>
#include <vtkRenderWindowInteractor.h>
#include <vtkRenderer.h>
#include <vtkScalarBarActor.h>
#include <vtkSliderWidget.h>
#include <vtkTextActor.h>

#include "viz/picture.hpp"
#include "viz/window/menu.hpp"
#include "viz/window/shown_part.hpp"

namespace foramen::viz {

/// A window in which a result is turned, played, coloured and asked: a slider over time, a menu of fields and parts, what lies under
/// a click with its value, unit and level. What it shows is that of the output time next to the slider.
class SpineWindow {
public:
    /// @param hidden  drawn off screen, for a screenshot
    /// @throws io::FileError if the result cannot be read or holds no output time
    SpineWindow(const std::string& result_path, const std::array<int, 2>& size, bool hidden);

    /// The output time next to a time [s].
    void show(double time);
    /// @throws UsageError for a field that the result has not, with those that it has
    void colour_by(const std::string& name);
    /// A key by its X name: "space", "Left", "c" ...
    void press(const std::string& key);
    /// What lies at a pixel, told at the foot of the window; an empty text for nothing.
    std::string pick(int x, int y);
    void render();
    /// Waits for the user until the window is closed.
    void run();

    [[nodiscard]] vtkRenderWindow& window() { return *window_; }
    [[nodiscard]] vtkRenderWindowInteractor& interactor() { return *interactor_; }
    [[nodiscard]] vtkRenderer& scene() { return *scene_; }
    [[nodiscard]] vtkSliderWidget& slider() { return *slider_; }
    [[nodiscard]] const Menu& menu() const { return *menu_; }
    [[nodiscard]] double time() const { return moment_.time; }
    [[nodiscard]] bool playing() const { return timer_ >= 0; }
    [[nodiscard]] const Colouring& colouring() const { return colourings_[colouring_]; }
    [[nodiscard]] bool shows(const std::string& group) const;

private:
    void add_parts();
    void add_page();
    void add_slider();
    void listen();
    void place_page();
    void refresh();
    void choose_colouring(std::size_t index);
    void toggle(const std::string& group);
    void toggle_play();
    void step_by(int steps);
    void look_from(const std::array<double, 3>& towards);
    [[nodiscard]] std::vector<MenuLine> menu_lines();
    [[nodiscard]] Look look() const { return {moment_.step, colourings_[colouring_], table_, cut_}; }

    void on_key(vtkObject*, unsigned long, void*);
    void on_timer(vtkObject*, unsigned long, void*);
    void on_slider(vtkObject*, unsigned long, void*);
    void on_resize(vtkObject*, unsigned long, void*);
    bool on_press(vtkObject*, unsigned long, void*);
    void on_release(vtkObject*, unsigned long, void*);

    static constexpr std::array<double, 3> from_behind_left{-1.0, 1.0, 0.3};

    Painter painter_;
    std::vector<Colouring> colourings_;
    std::size_t colouring_ = 0;
    vtkSmartPointer<vtkLookupTable> table_;
    Moment moment_;
    double play_time_ = 0.0;  // [s] of the session
    int timer_ = -1;          // of the interactor while it plays
    bool cut_ = false, with_help_ = true;
    std::array<int, 2> pressed_at_{};  // [pixel]
    std::vector<std::string> hidden_groups_{"muscles", "foramina"};

    vtkSmartPointer<vtkRenderWindow> window_;
    vtkSmartPointer<vtkRenderWindowInteractor> interactor_;
    vtkSmartPointer<vtkRenderer> scene_, page_;
    vtkSmartPointer<vtkSliderWidget> slider_;
    vtkSmartPointer<vtkCellPicker> picker_;
    vtkSmartPointer<vtkPolyDataMapper> nerve_mapper_;
    vtkSmartPointer<vtkActor> nerves_, mark_;
    std::vector<ShownPart> parts_;
    std::unique_ptr<Menu> menu_;
    vtkTextActor *title_ = nullptr, *caption_ = nullptr, *help_ = nullptr, *told_ = nullptr;  // the page's
    vtkScalarBarActor* bar_ = nullptr;
};

}  // namespace foramen::viz
