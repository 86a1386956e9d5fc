#pragma once

#include <array>
#include <string>

#include <vtkRenderer.h>
#include <vtkScalarBarActor.h>
#include <vtkScalarsToColors.h>

#include "viz/colours.hpp"

namespace foramen::viz {

struct LabelStyle {
    double size;  ///< [pixel] in a picture of 1600 x 1000
    Colour colour;
    bool bold;
};

/// Text that faces the viewer, its middle at a point of the scene [mm].
void add_label(vtkRenderer& renderer, const std::string& text, const std::array<double, 3>& at, const LabelStyle& style, double scale);

/// A vertical scale of colours with its title, its left edge at `x`, its foot at `y` (parts of the viewport).
vtkScalarBarActor* add_colour_bar(vtkRenderer& renderer, vtkScalarsToColors* table, const char* title, const char* format, const std::array<double, 2>& place,
                                  double scale);

}  // namespace foramen::viz
