#include "viz/scene_parts.hpp"

#include <algorithm>

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkClipClosedSurface.h>
#include <vtkCutter.h>
#include <vtkGeometryFilter.h>
#include <vtkIdList.h>
#include <vtkNew.h>
#include <vtkPlane.h>
#include <vtkPlaneCollection.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkStripper.h>
#include <vtkTableBasedClipDataSet.h>
#include <vtkTubeFilter.h>

namespace foramen::viz {
namespace {

vtkSmartPointer<vtkPlane> sagittal_plane(double offset) {
    const auto plane = vtkSmartPointer<vtkPlane>::New();
    plane->SetOrigin(0.0, offset, 0.0);
    plane->SetNormal(0.0, 1.0, 0.0);
    return plane;
}

/// Normals for smooth shading; edges sharper than `angle` [degree] stay sharp.
vtkSmartPointer<vtkPolyData> shaded(vtkPolyData* surface, double angle) {
    vtkNew<vtkPolyDataNormals> normals;
    normals->SetInputData(surface);
    normals->SetFeatureAngle(angle);
    normals->ConsistencyOff();
    normals->Update();
    return normals->GetOutput();
}

}  // namespace

vtkSmartPointer<vtkPolyData> surface_of(vtkUnstructuredGrid* grid) {
    vtkNew<vtkGeometryFilter> geometry;
    geometry->SetInputData(grid);
    geometry->Update();
    return geometry->GetOutput();
}

vtkSmartPointer<vtkPolyData> smooth_surface(vtkUnstructuredGrid* grid) {
    vtkNew<vtkPolyDataNormals> normals;
    normals->SetInputData(surface_of(grid));
    normals->SetFeatureAngle(70.0);
    normals->Update();
    return normals->GetOutput();
}

CutSurface cut_open(vtkPolyData* surface, double offset) {
    vtkNew<vtkPlaneCollection> planes;
    planes->AddItem(sagittal_plane(offset));
    vtkNew<vtkClipClosedSurface> clip;
    clip->SetInputData(surface);
    clip->SetClippingPlanes(planes);
    clip->SetScalarModeToLabels();  // cells of the shell 0, of the face 1
    clip->Update();
    vtkPolyData* both = clip->GetOutput();
    const char* label = both->GetCellData()->GetScalars() != nullptr ? both->GetCellData()->GetScalars()->GetName() : "";
    const double below = offset - 1.0;
    return {shaded(cells_left_of(both, below, label, 0.0, 0.0), 80.0), cells_left_of(both, below, label, 1.0, 1.0)};
}

vtkSmartPointer<vtkPolyData> cut_solid(vtkUnstructuredGrid* grid, double offset) {
    vtkNew<vtkTableBasedClipDataSet> clip;
    clip->SetInputData(grid);
    clip->SetClipFunction(sagittal_plane(offset));
    clip->Update();
    return shaded(surface_of(clip->GetOutput()), 40.0);
}

vtkSmartPointer<vtkPolyData> outline_at(vtkPolyData* surface, double offset, double drawn_at) {
    vtkNew<vtkCutter> cutter;
    cutter->SetInputData(surface);
    cutter->SetCutFunction(sagittal_plane(offset));
    vtkNew<vtkStripper> stripper;
    stripper->SetInputConnection(cutter->GetOutputPort());
    stripper->Update();
    const vtkSmartPointer<vtkPolyData> line = stripper->GetOutput();
    for (vtkIdType p = 0; p < line->GetNumberOfPoints(); ++p) {
        double x[3];
        line->GetPoint(p, x);
        line->GetPoints()->SetPoint(p, x[0], drawn_at, x[2]);
    }
    return line;
}

vtkSmartPointer<vtkPolyData> cells_left_of(vtkPolyData* surface, double lowest_y, const char* field, double least, double most) {
    const auto kept = vtkSmartPointer<vtkPolyData>::New();
    kept->SetPoints(surface->GetPoints());
    kept->AllocateCopy(surface);
    vtkDataArray* values = surface->GetCellData()->GetArray(field);
    vtkNew<vtkIdList> corners;
    for (vtkIdType c = 0; c < surface->GetNumberOfCells(); ++c) {
        surface->GetCellPoints(c, corners);
        double mean_y = 0.0;
        for (vtkIdType a = 0; a < corners->GetNumberOfIds(); ++a) {
            mean_y += surface->GetPoint(corners->GetId(a))[1] / static_cast<double>(corners->GetNumberOfIds());
        }
        const bool wanted = values == nullptr || (values->GetTuple1(c) >= least && values->GetTuple1(c) <= most);
        if (mean_y > lowest_y && wanted) kept->InsertNextCell(surface->GetCellType(c), corners);
    }
    return kept;
}

vtkSmartPointer<vtkPolyData> moved(vtkPolyData* surface, const Eigen::Isometry3d& motion) {
    for (vtkIdType p = 0; p < surface->GetNumberOfPoints(); ++p) {
        const Eigen::Vector3d x = motion * Eigen::Vector3d(surface->GetPoint(p));
        surface->GetPoints()->SetPoint(p, x.data());
    }
    return surface;
}

vtkSmartPointer<vtkPolyData> closed_line(const std::vector<Eigen::Vector3d>& corners) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> line;
    line->InsertNextCell(static_cast<int>(corners.size()) + 1);
    for (const Eigen::Vector3d& corner : corners) line->InsertCellPoint(points->InsertNextPoint(corner.data()));
    line->InsertCellPoint(0);
    const auto edge = vtkSmartPointer<vtkPolyData>::New();
    edge->SetPoints(points);
    edge->SetLines(line);
    return edge;
}

std::array<double, 3> centre_of(vtkDataSet* data) {
    std::array<double, 3> sum{0.0, 0.0, 0.0};
    const vtkIdType n = std::max<vtkIdType>(data->GetNumberOfPoints(), 1);
    for (vtkIdType p = 0; p < data->GetNumberOfPoints(); ++p) {
        const double* x = data->GetPoint(p);
        for (int d = 0; d < 3; ++d) sum[d] += x[d] / static_cast<double>(n);
    }
    return sum;
}

vtkSmartPointer<vtkPolyData> tubes_of(vtkPolyData* lines, double radius) {
    vtkNew<vtkTubeFilter> tubes;
    tubes->SetInputData(lines);
    tubes->SetRadius(radius);
    tubes->SetNumberOfSides(10);
    tubes->CappingOn();
    tubes->Update();
    return tubes->GetOutput();
}

void colour_by_field(vtkPolyDataMapper& mapper, vtkScalarsToColors* table, const char* field, bool of_cells) {
    mapper.SetLookupTable(table);
    mapper.UseLookupTableScalarRangeOn();
    if (of_cells) {
        mapper.SetScalarModeToUseCellFieldData();
    } else {
        mapper.SetScalarModeToUsePointFieldData();
        mapper.InterpolateScalarsBeforeMappingOn();
    }
    mapper.SelectColorArray(field);
}

vtkActor* add_plain(vtkRenderer& renderer, vtkPolyData* data, const Colour& colour, double opacity) {
    vtkNew<vtkPolyDataMapper> mapper;
    mapper->SetInputData(data);
    mapper->ScalarVisibilityOff();
    vtkNew<vtkActor> actor;
    actor->SetMapper(mapper);
    actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
    actor->GetProperty()->SetOpacity(opacity);
    renderer.AddActor(actor);
    return actor;
}

}  // namespace foramen::viz
