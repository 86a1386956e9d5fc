#pragma once

#include <array>
#include <string>
#include <vector>

#include <vtkPolyData.h>
#include <vtkRenderer.h>
#include <vtkScalarsToColors.h>

#include "io/result_file.hpp"
#include "viz/colours.hpp"
#include "viz/moment.hpp"

namespace foramen::viz {

/// Fills a renderer with the left half of the spine at one moment, seen from the mid-sagittal plane (anterior to the right):
/// vertebrae cut open, discs coloured by pressure, ligaments blue where taut, left foramina, the outline of the first output
/// time, level names, an arrow along the pull, a scale of pressures.
class SceneBuilder {
public:
    /// @param scale  of texts and line widths; 1 for a picture of 1600 x 1000
    SceneBuilder(const io::ResultFile& result, Moment moment, vtkRenderer& renderer, double scale);
    void build();

private:
    void add_vertebrae();
    void add_discs();
    void add_nucleus_edge(const io::BlockSpec& disc);
    void add_pressure_scale(vtkScalarsToColors* table);
    void add_ligaments();
    void add_facets();
    void add_foramina();
    void add_level_names();
    void add_pull_arrow();
    void add_directions();
    void add_key();
    void aim_camera();
    void add_line(vtkPolyData* line, const Colour& colour, double width);
    void add_label(const std::string& text, const std::array<double, 3>& at, double size, const Colour& colour, bool bold);

    [[nodiscard]] std::vector<const io::BlockSpec*> group(const std::string& name) const;

    const io::ResultFile& result_;
    Moment moment_;
    vtkRenderer& renderer_;
    double scale_;
};

}  // namespace foramen::viz
