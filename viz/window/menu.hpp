#pragma once

#include <functional>
#include <string>
#include <vector>

#include <vtkRenderer.h>
#include <vtkTextActor.h>

namespace foramen::viz {

/// One line of the menu at the window's right.
struct MenuLine {
    std::string text;
    std::function<bool()> chosen;   ///< whether it is marked; empty: a heading
    std::function<void()> choose;   ///< what a click does
};

/// Lines of text that can be clicked, from the window's upper right corner down.
class Menu {
public:
    Menu(vtkRenderer& page, std::vector<MenuLine> lines);

    /// Marks what is chosen and puts the lines where the window's size wants them [pixel].
    void place(int width, int height);
    /// Does what the line at this pixel says. @return whether there is one
    bool click(int x, int y);
    /// The middle of a line [pixel]: where to click it.
    [[nodiscard]] std::pair<int, int> middle_of(const std::string& text) const;

private:
    [[nodiscard]] int row_top(std::size_t row) const;

    std::vector<MenuLine> lines_;
    std::vector<vtkTextActor*> actors_;  // the renderer's
    int left_ = 0, top_ = 0;             // [pixel]
};

}  // namespace foramen::viz
