#pragma once

#include <Eigen/Geometry>
#include <array>
#include <string>
#include <vector>

#include <vtkPolyData.h>
#include <vtkRenderer.h>

#include "io/result_file.hpp"
#include "viz/colours.hpp"
#include "viz/moment.hpp"
#include "viz/scene_range.hpp"

namespace foramen::viz {

struct SceneOptions {
    SceneRanges ranges;
    double scale = 1.0;       ///< of texts and line widths; 1 for a picture of 1600 x 1000
    double cut = 0.0;         ///< y of the sagittal cut; what lies to its left is drawn [mm]
    std::string disc;         ///< the level to look at; empty: the whole spine
    double half_height = 0.0; ///< of what is seen around that level [mm]
    double behind = 0.0;      ///< how far behind the disc's middle the view's centre lies [mm]
    bool with_scales = true;  ///< also the scale of pressures and the key
    bool flow = false;        ///< arrows along the flux of water in that disc; of the bones only the cut, nothing else
};

/// Fills a renderer with the part of the spine to the left of a sagittal plane at one moment, seen from that plane (anterior to
/// the right): vertebrae cut open, discs coloured by pressure, ligaments blue where taut, left foramina and nerve roots, the
/// outline of the first output time (around one level: as if the vertebra below had not moved), level names, an arrow along the pull, a scale of pressures.
class SceneBuilder {
public:
    SceneBuilder(const io::ResultFile& result, Moment moment, vtkRenderer& renderer, const SceneOptions& options);
    void build();

private:
    void add_vertebrae();
    void add_discs();
    void add_nucleus_edge(const io::BlockSpec& disc);
    void add_ligaments();
    void add_facets();
    void add_foramina();
    void add_foramen_edges();
    void add_nerves();
    void add_level_names();
    void add_pull_arrow();
    void add_directions();
    void add_key();
    void aim_camera();
    void aim_at_level();
    /// Where the spine lay at the first output time: least x, most x, least y, ... [mm]
    [[nodiscard]] std::array<double, 6> first_bounds() const;
    /// What moves something of the first output time along with the vertebra below the level that is looked at.
    [[nodiscard]] Eigen::Isometry3d with_lower_vertebra() const;
    void add_line(vtkPolyData* line, const Colour& colour, double width);

    [[nodiscard]] std::vector<const io::BlockSpec*> group(const std::string& name) const;

    const io::ResultFile& result_;
    Moment moment_;
    vtkRenderer& renderer_;
    SceneOptions options_;
    double in_front_;  ///< y of lines drawn on the cut [mm]
};

}  // namespace foramen::viz
