#include "viz/page_text.hpp"

#include <algorithm>
#include <cmath>

#include <vtkNew.h>
#include <vtkTextProperty.h>

namespace foramen::viz {

int pixels(double length, double scale) { return std::max(1, static_cast<int>(std::lround(length * scale))); }

vtkTextActor* add_page_text(vtkRenderer& renderer, const std::string& text, double x, double y, const TextStyle& style, double scale) {
    vtkNew<vtkTextActor> actor;
    actor->SetInput(text.c_str());
    actor->SetPosition(x * scale, y * scale);
    vtkTextProperty* property = actor->GetTextProperty();
    property->SetFontSize(pixels(style.size, scale));
    property->SetBold(style.bold);
    property->SetColor(style.colour[0], style.colour[1], style.colour[2]);
    if (style.anchor == Anchor::middle) property->SetJustificationToCentered();
    if (style.anchor == Anchor::right) property->SetJustificationToRight();
    renderer.AddActor2D(actor);
    return actor;
}

}  // namespace foramen::viz
