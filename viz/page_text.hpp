#pragma once

#include <string>

#include <vtkRenderer.h>
#include <vtkTextActor.h>

#include "viz/colours.hpp"

namespace foramen::viz {

/// Which point of a text is placed: the left end, the middle or the right end of its base line.
enum class Anchor { left, middle, right };

struct TextStyle {
    double size;  ///< [pixel] in a picture of 1600 x 1000
    Colour colour;
    bool bold;
    Anchor anchor = Anchor::left;
};

/// A length given for a picture of 1600 x 1000, in whole pixels of one that is `scale` times as large.
[[nodiscard]] int pixels(double length, double scale);

/// Text with its anchor at (x, y), both in pixels of a picture of 1600 x 1000, from the viewport's lower left corner.
vtkTextActor* add_page_text(vtkRenderer& renderer, const std::string& text, double x, double y, const TextStyle& style, double scale);

}  // namespace foramen::viz
