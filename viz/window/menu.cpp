#include "viz/window/menu.hpp"

#include <vtkTextProperty.h>

#include "viz/colours.hpp"
#include "viz/page_text.hpp"

namespace foramen::viz {
namespace {

constexpr int row_height = 22, menu_width = 262, head_height = 84;  // [pixel]

}  // namespace

Menu::Menu(vtkRenderer& page, std::vector<MenuLine> lines) : lines_(std::move(lines)) {
    for (const MenuLine& line : lines_) actors_.push_back(add_page_text(page, line.text, 0.0, 0.0, {15.0, colours::ink, !line.chosen}, 1.0));
}

int Menu::row_top(std::size_t row) const { return top_ - static_cast<int>(row) * row_height; }

void Menu::place(int width, int height) {
    left_ = width - menu_width;
    top_ = height - head_height;
    for (std::size_t row = 0; row < lines_.size(); ++row) {
        const bool heading = !lines_[row].chosen, marked = !heading && lines_[row].chosen();
        const Colour& colour = heading || marked ? colours::ink : colours::faint_ink;
        actors_[row]->SetInput(((marked ? "> " : heading ? "" : "   ") + lines_[row].text).c_str());
        actors_[row]->SetPosition(left_, row_top(row) - row_height + 6);
        actors_[row]->GetTextProperty()->SetColor(colour[0], colour[1], colour[2]);
        actors_[row]->GetTextProperty()->SetBold(heading || marked);
    }
}

bool Menu::click(int x, int y) {
    if (x < left_ || y >= top_) return false;
    const auto row = static_cast<std::size_t>((top_ - y) / row_height);
    if (row >= lines_.size() || !lines_[row].choose) return false;
    lines_[row].choose();
    return true;
}

std::pair<int, int> Menu::middle_of(const std::string& text) const {
    for (std::size_t row = 0; row < lines_.size(); ++row) {
        if (lines_[row].text == text) return {left_ + menu_width / 4, row_top(row) - row_height / 2};
    }
    return {-1, -1};
}

}  // namespace foramen::viz
