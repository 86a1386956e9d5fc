#include "viz/result_scene.hpp"

#include <algorithm>
#include <array>

#include <vtkCamera.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkThreshold.h>

#include "io/scene/moved_points.hpp"
#include "io/scene/nerve_roots.hpp"
#include "io/scene/rigid_motion.hpp"
#include "viz/block_grid.hpp"
#include "viz/flow_arrows.hpp"
#include "viz/nerve_tubes.hpp"
#include "viz/scene_parts.hpp"
#include "viz/scene_text.hpp"

namespace foramen::viz {
namespace {

constexpr double taut_force = 1.0;     // [N] a strand is drawn as taut above this
constexpr double lengthening = 12.0;  // [mm] room below the sacrum, which the pull moves down

using Point = std::array<double, 3>;

}  // namespace

SceneBuilder::SceneBuilder(const io::ResultFile& result, Moment moment, vtkRenderer& renderer, const SceneOptions& options)
    : result_(result), moment_(moment), renderer_(renderer), options_(options), in_front_(options.cut - 0.15) {}

void SceneBuilder::build() {
    add_vertebrae();
    add_discs();
    if (!options_.flow) {
        add_ligaments();
        add_facets();
        add_foramina();
        add_nerves();
    }
    if (!options_.disc.empty()) {
        if (!options_.flow) add_foramen_edges();
        add_level_names();
        aim_at_level();
    } else {
        add_level_names();
        add_pull_arrow();
        add_directions();
        aim_camera();
    }
    if (options_.with_scales) add_key();
}

std::vector<const io::BlockSpec*> SceneBuilder::group(const std::string& name) const {
    std::vector<const io::BlockSpec*> found;
    for (const io::BlockSpec& block : result_.blocks()) {
        if (block.group == name) found.push_back(&block);
    }
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    return found;
}

std::array<double, 6> SceneBuilder::first_bounds() const {
    std::array<double, 6> bounds{1e300, -1e300, 1e300, -1e300, 1e300, -1e300};
    for (const io::BlockSpec& block : result_.blocks()) {
        if (block.group != "vertebrae" && block.group != "discs") continue;
        for (const Eigen::Vector3d& p : io::moved_points(result_, block, 0)) {
            for (int d = 0; d < 3; ++d) {
                bounds[2 * d] = std::min(bounds[2 * d], p[d]);
                bounds[2 * d + 1] = std::max(bounds[2 * d + 1], p[d]);
            }
        }
    }
    if (bounds[0] > bounds[1]) renderer_.ComputeVisiblePropBounds(bounds.data());
    return bounds;
}

Eigen::Isometry3d SceneBuilder::with_lower_vertebra() const {
    const std::string lower = options_.disc.substr(options_.disc.find('-') + 1);
    const io::BlockSpec* block = options_.disc.empty() ? nullptr : io::find_block(result_, lower);
    if (block == nullptr) return Eigen::Isometry3d::Identity();
    return io::rigid_motion(io::moved_points(result_, *block, 0), io::moved_points(result_, *block, moment_.step)).motion;
}

void SceneBuilder::add_vertebrae() {
    const Eigen::Isometry3d carry = with_lower_vertebra();
    for (const io::BlockSpec* block : group("vertebrae")) {
        const auto surface = surface_of(block_grid(result_, *block, moment_.step));
        const CutSurface half = cut_open(surface, options_.cut);
        if (!options_.flow) {
            vtkProperty* bone = add_plain(renderer_, half.shell, colours::bone)->GetProperty();
            bone->SetAmbient(0.32);
            bone->SetDiffuse(0.72);
        }
        add_plain(renderer_, half.face, colours::cut_bone)->GetProperty()->LightingOff();
        add_line(outline_at(surface, options_.cut, in_front_), colours::bone_edge, 1.4);
        if (moment_.step > 0) add_line(outline_at(moved(surface_of(block_grid(result_, *block, 0)), carry), options_.cut, options_.cut - 0.6), colours::start, 1.2);
    }
}

void SceneBuilder::add_line(vtkPolyData* line, const Colour& colour, double width) {
    vtkProperty* property = add_plain(renderer_, line, colour)->GetProperty();
    property->SetLineWidth(static_cast<float>(width * options_.scale));
    property->LightingOff();
}

/// The nucleus' edge on the cut face.
void SceneBuilder::add_nucleus_edge(const io::BlockSpec& disc) {
    constexpr double nucleus = 1.0;  // value of the cell field `tissue`
    const std::array<std::string, 1> fields{"tissue"};
    const auto grid = block_grid(result_, disc, moment_.step, fields);
    if (grid->GetCellData()->GetArray("tissue") == nullptr) return;
    vtkNew<vtkThreshold> threshold;
    threshold->SetInputData(grid);
    threshold->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_CELLS, "tissue");
    threshold->SetLowerThreshold(nucleus - 0.5);
    threshold->SetUpperThreshold(nucleus + 0.5);
    threshold->Update();
    add_line(outline_at(surface_of(threshold->GetOutput()), options_.cut, in_front_), colours::paper, 1.2);
}

void SceneBuilder::add_discs() {
    const io::FieldRange range = options_.ranges.pressure;
    const auto table = pressure_colours(range.lowest, std::max(range.highest, range.lowest + 1e-3));
    const std::array<std::string, 1> fields{"pressure"};
    for (const io::BlockSpec* block : group("discs")) {
        const auto half = cut_solid(block_grid(result_, *block, moment_.step, fields), options_.cut);
        half->GetPointData()->SetActiveScalars("pressure");
        vtkNew<vtkPolyDataMapper> mapper;
        mapper->SetInputData(half);
        mapper->SetLookupTable(table);
        mapper->UseLookupTableScalarRangeOn();
        mapper->InterpolateScalarsBeforeMappingOn();
        vtkNew<vtkActor> actor;
        actor->SetMapper(mapper);
        actor->GetProperty()->SetAmbient(0.35);
        actor->GetProperty()->SetDiffuse(0.7);
        renderer_.AddActor(actor);
        add_nucleus_edge(*block);
        if (options_.flow && block->name == options_.disc) {
            add_flow_arrows(renderer_, result_, *block, moment_.step, options_.cut, options_.cut - 1.0, options_.ranges.flux);
        }
    }
    if (options_.with_scales && !group("discs").empty()) add_colour_bar(renderer_, table, "Pressure [MPa]", "%.2f", {0.02, 0.33}, options_.scale);
}

void SceneBuilder::add_ligaments() {
    const std::array<std::string, 1> fields{"force"};
    for (const io::BlockSpec* block : group("ligaments")) {
        const auto lines = surface_of(block_grid(result_, *block, moment_.step, fields));
        const bool has_force = std::any_of(block->cell_fields.begin(), block->cell_fields.end(), [](const auto& f) { return f.name == "force"; });
        if (has_force) {
            const auto slack = cells_left_of(lines, options_.cut - 0.5, "force", -1e30, taut_force);
            add_plain(renderer_, tubes_of(slack, 0.5), colours::slack);
        }
        const auto taut = cells_left_of(lines, options_.cut - 0.5, "force", taut_force, 1e30);
        add_plain(renderer_, tubes_of(taut, 0.7), colours::taut);
    }
}

void SceneBuilder::add_facets() {
    for (const io::BlockSpec* block : group("facets")) {
        add_plain(renderer_, cells_left_of(surface_of(block_grid(result_, *block, moment_.step)), options_.cut), colours::cartilage);
    }
}

void SceneBuilder::add_foramina() {
    for (const io::BlockSpec* block : group("foramina")) {
        const auto left = cells_left_of(surface_of(block_grid(result_, *block, moment_.step)), 0.5);
        vtkProperty* property = add_plain(renderer_, left, colours::foramen, 0.55)->GetProperty();
        property->LightingOff();
    }
}

/// The outlines of the foramina now and at the first output time, on the cut.
void SceneBuilder::add_foramen_edges() {
    const Eigen::Isometry3d carry = with_lower_vertebra();
    const auto edges = [&](int step, const Colour& colour, double width, double forwards) {
        for (io::ForamenFan& fan : io::foramen_fans(result_, step)) {
            if (fan.middle.y() < 0.5) continue;
            for (auto& point : fan.outline) {
                if (step != moment_.step) point = carry * point;
                point.y() = options_.cut - forwards;
            }
            add_line(closed_line(fan.outline), colour, width);
        }
    };
    if (moment_.step > 0) edges(0, colours::start, 1.6, 0.6);
    edges(moment_.step, colours::foramen, 3.0, 0.8);
}

void SceneBuilder::add_nerves() { add_left_roots(renderer_, result_, moment_.step, options_.cut); }

void SceneBuilder::aim_camera() {
    const std::array<double, 6> bounds = first_bounds();
    const double width = bounds[1] - bounds[0], height = bounds[5] - bounds[4] + lengthening;
    const double margin_left = options_.with_scales ? 0.20 * width : 0.0;  // where the scale of pressures stands
    vtkCamera* camera = renderer_.GetActiveCamera();
    const Point focus{0.5 * (bounds[0] + bounds[1]) - 0.5 * margin_left, 0.0, 0.5 * (bounds[4] + bounds[5] - lengthening)};
    camera->ParallelProjectionOn();
    camera->SetFocalPoint(focus.data());
    camera->SetPosition(focus[0], -600.0, focus[2]);
    camera->SetViewUp(0.0, 0.0, 1.0);
    const int* size = renderer_.GetSize();
    const double aspect = size[1] > 0 ? static_cast<double>(size[0]) / size[1] : 1.0;
    camera->SetParallelScale(0.5 * std::max(height * 1.06, (width + margin_left) * 1.04 / aspect));
    renderer_.ResetCameraClippingRange();
}

/// A close-up of one level.
void SceneBuilder::aim_at_level() {
    const io::BlockSpec* disc = io::find_block(result_, options_.disc);
    if (disc == nullptr) return;
    const Point middle = centre_of(block_grid(result_, *disc, moment_.step));
    vtkCamera* camera = renderer_.GetActiveCamera();
    const Point focus{middle[0] - options_.behind, 0.0, middle[2]};
    camera->ParallelProjectionOn();
    camera->SetFocalPoint(focus.data());
    camera->SetPosition(focus[0], -600.0, focus[2]);
    camera->SetViewUp(0.0, 0.0, 1.0);
    camera->SetParallelScale(options_.half_height);
    renderer_.ResetCameraClippingRange();
}

}  // namespace foramen::viz
