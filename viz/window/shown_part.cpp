#include "viz/window/shown_part.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <vtkCellData.h>
#include <vtkClipClosedSurface.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPlane.h>
#include <vtkPlaneCollection.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>

#include "viz/block_grid.hpp"
#include "viz/colours.hpp"
#include "viz/scene_parts.hpp"

namespace foramen::viz {
namespace {

constexpr double tube_radius = 0.8;  // [mm] of a strand of a ligament or muscle

vtkSmartPointer<vtkPlane> median_plane() {
    const auto plane = vtkSmartPointer<vtkPlane>::New();
    plane->SetNormal(0.0, 1.0, 0.0);
    return plane;
}

/// The left half of a closed surface with the face that closes it, fields of points kept.
vtkSmartPointer<vtkPolyData> left_half(vtkPolyData* closed) {
    vtkNew<vtkPlaneCollection> planes;
    planes->AddItem(median_plane());
    vtkNew<vtkClipClosedSurface> clip;
    clip->SetInputData(closed);
    clip->SetClippingPlanes(planes);
    clip->PassPointDataOn();
    vtkNew<vtkPolyDataNormals> normals;
    normals->SetInputConnection(clip->GetOutputPort());
    normals->SetFeatureAngle(70.0);
    normals->Update();
    return normals->GetOutput();
}

void number_strands(vtkUnstructuredGrid& lines) {
    vtkNew<vtkIntArray> numbers;
    numbers->SetName(ShownPart::strand);
    for (vtkIdType c = 0; c < lines.GetNumberOfCells(); ++c) numbers->InsertNextValue(static_cast<int>(c));
    lines.GetCellData()->AddArray(numbers);
}

Colour plain_colour(const std::string& group) {
    static const std::map<std::string, Colour> colours{{"vertebrae", colours::bone},   {"discs", colours::cartilage},   {"ligaments", colours::slack},
                                                       {"muscles", colours::muscle},   {"facets", colours::cartilage}, {"foramina", colours::foramen}};
    const auto found = colours.find(group);
    return found == colours.end() ? colours::slack : found->second;
}

}  // namespace

ShownPart::ShownPart(const io::ResultFile& result, const io::BlockSpec& block)
    : result_(result), block_(block), mapper_(vtkSmartPointer<vtkPolyDataMapper>::New()), actor_(vtkSmartPointer<vtkActor>::New()) {
    actor_->SetMapper(mapper_);
    const Colour colour = plain_colour(block.group);
    vtkProperty* property = actor_->GetProperty();
    property->SetColor(colour[0], colour[1], colour[2]);
    property->SetAmbient(0.3);
    property->SetDiffuse(0.75);
}

std::string ShownPart::main_field() const {
    static const std::map<std::string, std::string> fields{{"discs", "pressure"}, {"ligaments", "strain"}, {"muscles", "force"},
                                                           {"facets", "contact_pressure"}, {"foramina", "area"}};
    const auto found = fields.find(block_.group);
    return found == fields.end() ? "displacement" : found->second;
}

vtkSmartPointer<vtkPolyData> ShownPart::surface(const Look& look) const {
    const std::array<std::string, 2> fields{main_field(), look.colouring.colours(block_) ? look.colouring.field : ""};
    const auto grid = block_grid(result_, block_, look.step, std::span(fields).first(fields[1].empty() || fields[1] == fields[0] ? 1 : 2));
    if (block_.group == "discs") return look.cut ? cut_solid(grid, 0.0) : smooth_surface(grid);
    if (block_.group == "vertebrae") return look.cut ? left_half(surface_of(grid)) : smooth_surface(grid);
    if (block_.cell_type == io::CellType::line) {
        number_strands(*grid);
        return tubes_of(surface_of(grid), tube_radius);
    }
    return surface_of(grid);
}

void ShownPart::show(const Look& look) {
    mapper_->SetInputData(surface(look));
    mapper_->RemoveAllClippingPlanes();
    if (look.cut) mapper_->AddClippingPlane(median_plane());
    const bool coloured = look.colouring.colours(block_);
    mapper_->SetScalarVisibility(coloured);
    if (coloured) colour_by_field(*mapper_, look.table, look.colouring.field.c_str(), look.colouring.of_cells);
}

}  // namespace foramen::viz
