#include "viz/result_scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include <vtkArrowSource.h>
#include <vtkBillboardTextActor3D.h>
#include <vtkCamera.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkScalarBarActor.h>
#include <vtkTextProperty.h>
#include <vtkThreshold.h>
#include <vtkTransform.h>
#include <vtkTransformPolyDataFilter.h>

#include "engine/core/units.hpp"
#include "viz/block_grid.hpp"
#include "viz/page_text.hpp"
#include "viz/scene_parts.hpp"

namespace foramen::viz {
namespace {

constexpr double taut_force = 1.0;  // [N] a strand is drawn as taut above this

using Point = std::array<double, 3>;

Point centre_of(vtkDataSet* data) {
    Point sum{0.0, 0.0, 0.0};
    const vtkIdType n = std::max<vtkIdType>(data->GetNumberOfPoints(), 1);
    for (vtkIdType p = 0; p < data->GetNumberOfPoints(); ++p) {
        const double* x = data->GetPoint(p);
        for (int d = 0; d < 3; ++d) sum[d] += x[d] / static_cast<double>(n);
    }
    return sum;
}

Point along(const Point& from, const Point& to, double share) {
    return {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), from[2] + share * (to[2] - from[2])};
}

}  // namespace

SceneBuilder::SceneBuilder(const io::ResultFile& result, Moment moment, vtkRenderer& renderer, double scale)
    : result_(result), moment_(moment), renderer_(renderer), scale_(scale) {}

void SceneBuilder::build() {
    add_vertebrae();
    add_discs();
    add_ligaments();
    add_facets();
    add_foramina();
    add_level_names();
    add_pull_arrow();
    add_directions();
    aim_camera();
    add_key();
}

std::vector<const io::BlockSpec*> SceneBuilder::group(const std::string& name) const {
    std::vector<const io::BlockSpec*> found;
    for (const io::BlockSpec& block : result_.blocks()) {
        if (block.group == name) found.push_back(&block);
    }
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    return found;
}

void SceneBuilder::add_vertebrae() {
    for (const io::BlockSpec* block : group("vertebrae")) {
        const auto surface = surface_of(block_grid(result_, *block, moment_.step));
        const CutSurface half = cut_open(surface, 0.0);
        vtkProperty* bone = add_plain(renderer_, half.shell, colours::bone)->GetProperty();
        bone->SetAmbient(0.32);
        bone->SetDiffuse(0.72);
        add_plain(renderer_, half.face, colours::cut_bone)->GetProperty()->LightingOff();
        add_line(outline_at(surface, 0.0, -0.15), colours::bone_edge, 1.4);
        if (moment_.step > 0) add_line(outline_at(surface_of(block_grid(result_, *block, 0)), 0.0, -0.6), colours::start, 1.2);
    }
}

void SceneBuilder::add_line(vtkPolyData* line, const Colour& colour, double width) {
    vtkProperty* property = add_plain(renderer_, line, colour)->GetProperty();
    property->SetLineWidth(static_cast<float>(width * scale_));
    property->LightingOff();
}

void SceneBuilder::add_label(const std::string& text, const Point& at, double size, const Colour& colour, bool bold) {
    vtkNew<vtkBillboardTextActor3D> actor;
    actor->SetInput(text.c_str());
    actor->SetPosition(at[0], at[1], at[2]);
    vtkTextProperty* property = actor->GetTextProperty();
    property->SetFontSize(pixels(size, scale_));
    property->SetColor(colour[0], colour[1], colour[2]);
    property->SetBold(bold);
    property->SetJustificationToCentered();
    property->SetVerticalJustificationToCentered();
    renderer_.AddActor(actor);
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
    add_line(outline_at(surface_of(threshold->GetOutput()), 0.0, -0.15), colours::paper, 1.2);
}

void SceneBuilder::add_discs() {
    const FieldRange range = usual_range(result_, "discs", "pressure");
    const auto table = pressure_colours(range.lowest, std::max(range.highest, range.lowest + 1e-3));
    const std::array<std::string, 1> fields{"pressure"};
    for (const io::BlockSpec* block : group("discs")) {
        const auto half = cut_solid(block_grid(result_, *block, moment_.step, fields), 0.0);
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
    }
    if (!group("discs").empty()) add_pressure_scale(table);
}

void SceneBuilder::add_pressure_scale(vtkScalarsToColors* table) {
    vtkNew<vtkScalarBarActor> bar;
    bar->SetLookupTable(table);
    bar->SetTitle("Pressure [MPa]");
    bar->SetNumberOfLabels(5);
    bar->SetLabelFormat("%.2f");
    bar->SetOrientationToVertical();
    bar->SetPosition(0.02, 0.33);
    bar->SetWidth(0.13);
    bar->SetHeight(0.36);
    bar->SetBarRatio(0.22);
    bar->UnconstrainedFontSizeOn();
    for (vtkTextProperty* text : {bar->GetTitleTextProperty(), bar->GetLabelTextProperty()}) {
        text->SetColor(colours::ink.data());
        text->SetFontSize(pixels(15.0, scale_));
        text->ItalicOff();
        text->BoldOff();
        text->ShadowOff();
    }
    bar->SetVerticalTitleSeparation(pixels(8.0, scale_));
    renderer_.AddActor2D(bar);
}

void SceneBuilder::add_ligaments() {
    const std::array<std::string, 1> fields{"force"};
    for (const io::BlockSpec* block : group("ligaments")) {
        const auto lines = surface_of(block_grid(result_, *block, moment_.step, fields));
        const bool has_force = std::any_of(block->cell_fields.begin(), block->cell_fields.end(), [](const auto& f) { return f.name == "force"; });
        if (has_force) {
            const auto slack = cells_left_of(lines, -0.5, "force", -1e30, taut_force);
            add_plain(renderer_, tubes_of(slack, 0.5), colours::slack);
        }
        const auto taut = cells_left_of(lines, -0.5, "force", taut_force, 1e30);
        add_plain(renderer_, tubes_of(taut, 0.7), colours::taut);
    }
}

void SceneBuilder::add_facets() {
    for (const io::BlockSpec* block : group("facets")) {
        add_plain(renderer_, cells_left_of(surface_of(block_grid(result_, *block, moment_.step)), 0.0), colours::cartilage);
    }
}

void SceneBuilder::add_foramina() {
    for (const io::BlockSpec* block : group("foramina")) {
        const auto left = cells_left_of(surface_of(block_grid(result_, *block, moment_.step)), 0.0);
        vtkProperty* property = add_plain(renderer_, left, colours::foramen, 0.55)->GetProperty();
        property->LightingOff();
    }
}

/// A vertebra's name stands between its discs; the outer two are as far from their one disc as their neighbour is.
void SceneBuilder::add_level_names() {
    const auto discs = group("discs");
    const auto vertebrae = group("vertebrae");
    if (discs.size() < 2 || vertebrae.size() != discs.size() + 1) return;
    std::vector<Point> centre;
    for (const auto* disc : discs) centre.push_back(centre_of(block_grid(result_, *disc, moment_.step)));
    for (std::size_t v = 0; v < vertebrae.size(); ++v) {
        Point at{};
        if (v == 0) {
            at = along(centre[0], centre[1], -0.5);
        } else if (v == discs.size()) {
            at = along(centre[v - 1], centre[v - 2], -0.36);
        } else {
            at = along(centre[v - 1], centre[v], 0.5);
        }
        add_label(vertebrae[v]->name, {at[0], -3.0, at[2]}, 19, colours::ink, true);
    }
}

/// Below the sacrum, along the line of the harness: caudal, turned anterior by the pull angle.
void SceneBuilder::add_pull_arrow() {
    const double force = value_at(result_, "device_force", "", moment_.time);
    const auto discs = group("discs");
    if (!(force > 0.0) || discs.empty()) return;
    const double given = value_at(result_, "pull_angle", "", moment_.time);
    const double angle = std::isfinite(given) ? given * degree : 0.0;
    double bounds[6];
    renderer_.ComputeVisiblePropBounds(bounds);
    const Point last = centre_of(block_grid(result_, *discs.back(), moment_.step));
    const double length = 34.0;
    const Point tail{last[0] + 26.0, 0.0, bounds[4] + 52.0};
    vtkNew<vtkArrowSource> arrow;
    arrow->SetTipResolution(40);
    arrow->SetShaftResolution(40);
    arrow->SetShaftRadius(0.055);
    arrow->SetTipRadius(0.15);
    arrow->SetTipLength(0.38);
    vtkNew<vtkTransform> place;
    place->Translate(tail.data());
    place->RotateY(90.0 - angle / degree);
    place->Scale(length, length, length);
    vtkNew<vtkTransformPolyDataFilter> placed;
    placed->SetTransform(place);
    placed->SetInputConnection(arrow->GetOutputPort());
    placed->Update();
    add_plain(renderer_, placed->GetOutput(), colours::pull)->GetProperty()->SetAmbient(0.3);
    const Point tip{tail[0] + length * std::sin(angle), 0.0, tail[2] - length * std::cos(angle)};
    add_label(fmt::format("{:.0f} N", force), {tip[0] + 3.0, -2.0, tip[2] - 9.0}, 20, colours::pull, true);
}

void SceneBuilder::add_directions() {
    double bounds[6];
    renderer_.ComputeVisiblePropBounds(bounds);
    const double top = bounds[5] + 9.0;
    add_label("posterior", {bounds[0] + 14.0, 0.0, top}, 15, colours::faint_ink, false);
    add_label("anterior", {bounds[1] - 14.0, 0.0, top}, 15, colours::faint_ink, false);
}

/// What the colours of lines and patches mean.
void SceneBuilder::add_key() {
    const std::array<std::pair<const char*, Colour>, 4> entries{{{"ligament, taut", colours::taut},
                                                                 {"ligament, slack", colours::slack},
                                                                 {"left foramen", colours::foramen},
                                                                 {"outline at the start", colours::start}}};
    double y = 12.0 + 19.0 * static_cast<double>(entries.size() - 1);
    for (const auto& [name, colour] : entries) {
        add_page_text(renderer_, "\xE2\x80\x94", 22.0, y, {14.0, colour, true}, scale_);
        add_page_text(renderer_, name, 46.0, y, {14.0, colours::faint_ink, false}, scale_);
        y -= 19.0;
    }
}

void SceneBuilder::aim_camera() {
    double bounds[6];
    renderer_.ComputeVisiblePropBounds(bounds);
    const double width = bounds[1] - bounds[0], height = bounds[5] - bounds[4];
    const double margin_left = 0.20 * width;  // where the scale of pressures stands
    vtkCamera* camera = renderer_.GetActiveCamera();
    const Point focus{0.5 * (bounds[0] + bounds[1]) - 0.5 * margin_left, 0.0, 0.5 * (bounds[4] + bounds[5])};
    camera->ParallelProjectionOn();
    camera->SetFocalPoint(focus.data());
    camera->SetPosition(focus[0], -600.0, focus[2]);
    camera->SetViewUp(0.0, 0.0, 1.0);
    const int* size = renderer_.GetSize();
    const double aspect = size[1] > 0 ? static_cast<double>(size[0]) / size[1] : 1.0;
    camera->SetParallelScale(0.5 * std::max(height * 1.06, (width + margin_left) * 1.04 / aspect));
    renderer_.ResetCameraClippingRange();
}

}  // namespace foramen::viz
