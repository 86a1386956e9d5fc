#include "viz/whole_spine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <vtkCamera.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include "io/scene/moved_points.hpp"
#include "viz/block_grid.hpp"
#include "viz/nerve_tubes.hpp"
#include "viz/scene_parts.hpp"
#include "viz/scene_text.hpp"

namespace foramen::viz {
namespace {

constexpr double tube_radius = 0.8;  // [mm] of a ligament's strand

vtkActor* add_coloured(vtkRenderer& renderer, vtkPolyData* data, vtkScalarsToColors* table, const char* field, bool of_cells) {
    vtkNew<vtkPolyDataMapper> mapper;
    mapper->SetInputData(data);
    colour_by_field(*mapper, table, field, of_cells);
    vtkNew<vtkActor> actor;
    actor->SetMapper(mapper);
    renderer.AddActor(actor);
    return actor;
}

struct Tables {
    vtkSmartPointer<vtkLookupTable> pressure, strain;
};

void add_block(const io::ResultFile& result, const io::BlockSpec& block, int step, vtkRenderer& renderer, const Tables& tables) {
    const std::array<std::string, 2> fields{"pressure", "strain"};
    const auto grid = block_grid(result, block, step, fields);
    if (block.group == "vertebrae") {
        vtkProperty* bone = add_plain(renderer, smooth_surface(grid), colours::bone)->GetProperty();
        bone->SetAmbient(0.25);
        bone->SetDiffuse(0.78);
        bone->SetSpecular(0.06);
    } else if (block.group == "discs") {
        add_coloured(renderer, smooth_surface(grid), tables.pressure, "pressure", false)->GetProperty()->SetAmbient(0.35);
    } else if (block.group == "ligaments") {
        const auto tubes = tubes_of(surface_of(grid), tube_radius);
        if (tubes->GetCellData()->GetArray("strain") != nullptr) {
            add_coloured(renderer, tubes, tables.strain, "strain", true)->GetProperty()->SetAmbient(0.3);
        } else {
            add_plain(renderer, tubes, colours::slack);
        }
    } else if (block.group == "facets") {
        add_plain(renderer, surface_of(grid), colours::cartilage);
    }
}

/// Beside each vertebra, at the picture's left.
void add_names(const io::ResultFile& result, vtkRenderer& renderer, const std::array<double, 3>& left, double scale) {
    for (const io::BlockSpec& block : result.blocks()) {
        if (block.group != "vertebrae") continue;
        const Eigen::Vector3d middle = io::centroid(io::moved_points(result, block, 0));
        const double z = middle.z() + (block.name == "S1" ? 18.0 : 0.0);
        add_label(renderer, block.name, {middle.x() + 82.0 * left[0], 82.0 * left[1], z}, {19, colours::ink, true}, scale);
    }
}

/// Where the camera stands, seen from the spine, and what is to its left.
struct Aim {
    std::array<double, 3> towards, left;
};
Aim aim_of(View view) {
    if (view == View::frontal) return {{1.0, 0.0, 0.0}, {0.0, -1.0, 0.0}};
    if (view == View::posterior) return {{-1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}};
    const double s = std::sqrt(0.5);
    return {{-s, s, 0.25}, {s, s, 0.0}};
}

void aim_camera(const io::ResultFile& result, vtkRenderer& renderer, const Aim& aim) {
    double low = 1e300, high = -1e300, x = 0.0, count = 0.0;
    for (const io::BlockSpec& block : result.blocks()) {
        if (block.group != "vertebrae" && block.group != "discs") continue;
        for (const Eigen::Vector3d& p : io::moved_points(result, block, 0)) {
            low = std::min(low, p.z());
            high = std::max(high, p.z());
            x += p.x();
            ++count;
        }
    }
    if (count == 0.0) return renderer.ResetCamera();
    const double z = 0.5 * (low + high);
    x /= count;
    vtkCamera* camera = renderer.GetActiveCamera();
    camera->ParallelProjectionOn();
    camera->SetFocalPoint(x, 0.0, z);
    camera->SetPosition(x + 600.0 * aim.towards[0], 600.0 * aim.towards[1], z + 600.0 * aim.towards[2]);
    camera->SetViewUp(0.0, 0.0, 1.0);
    camera->SetParallelScale(0.53 * (high - low));
    renderer.ResetCameraClippingRange();
}

}  // namespace

void build_whole_spine(const io::ResultFile& result, Moment moment, vtkRenderer& renderer, View view, const SceneRanges& ranges, double scale,
                       bool with_scales) {
    const Tables tables{pressure_colours(ranges.pressure.lowest, std::max(ranges.pressure.highest, ranges.pressure.lowest + 1e-3)),
                        strain_colours(std::max(0.0, ranges.strain.lowest), std::max(ranges.strain.highest, 0.01))};
    for (const io::BlockSpec& block : result.blocks()) add_block(result, block, moment.step, renderer, tables);
    add_nerve_tubes(renderer, result, moment.step);
    const Aim aim = aim_of(view);
    aim_camera(result, renderer, aim);
    if (!with_scales) return;
    add_names(result, renderer, aim.left, scale);
    add_colour_bar(renderer, tables.pressure, "Disc pressure [MPa]", "%.2f", {0.02, 0.52}, scale);
    add_colour_bar(renderer, tables.strain, "Ligament strain", "%.2f", {0.02, 0.08}, scale);
}

}  // namespace foramen::viz
