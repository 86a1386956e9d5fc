#include "viz/nerve_tubes.hpp"

#include <vtkAppendPolyData.h>
#include <vtkCellArray.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkTubeFilter.h>

#include "viz/scene_parts.hpp"

namespace foramen::viz {
namespace {

vtkSmartPointer<vtkPolyData> tube_of(const io::Nerve& nerve) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkDoubleArray> radius;
    radius->SetName("radius");
    vtkNew<vtkCellArray> lines;
    lines->InsertNextCell(static_cast<int>(nerve.path.size()));
    for (std::size_t p = 0; p < nerve.path.size(); ++p) {
        lines->InsertCellPoint(points->InsertNextPoint(nerve.path[p].data()));
        radius->InsertNextValue(nerve.radius[p]);
    }
    vtkNew<vtkPolyData> line;
    line->SetPoints(points);
    line->SetLines(lines);
    line->GetPointData()->SetScalars(radius);
    vtkNew<vtkTubeFilter> tube;
    tube->SetInputData(line);
    tube->SetVaryRadiusToVaryRadiusByAbsoluteScalar();
    tube->SetNumberOfSides(20);
    tube->CappingOn();
    tube->Update();
    return tube->GetOutput();
}

void add_tube(vtkRenderer& renderer, vtkPolyData* tube) { shade_nerve(*add_plain(renderer, tube, colours::nerve)->GetProperty()); }

}  // namespace

vtkSmartPointer<vtkPolyData> nerve_surface(const std::vector<io::Nerve>& nerves) {
    vtkNew<vtkAppendPolyData> all;
    for (const io::Nerve& nerve : nerves) all->AddInputData(tube_of(nerve));
    all->AddInputData(vtkNew<vtkPolyData>());
    all->Update();
    return all->GetOutput();
}

void shade_nerve(vtkProperty& property) {
    property.SetColor(colours::nerve[0], colours::nerve[1], colours::nerve[2]);
    property.SetAmbient(0.3);
    property.SetDiffuse(0.75);
}

void add_nerve_tubes(vtkRenderer& renderer, const io::ResultFile& result, int step) {
    add_tube(renderer, nerve_surface(io::nerves(result, step)));
}

void add_left_roots(vtkRenderer& renderer, const io::ResultFile& result, int step, double cut) {
    for (const io::Nerve& nerve : io::nerves(result, step)) {
        if (!nerve.name.ends_with(" left")) continue;
        const CutSurface half = cut_open(tube_of(nerve), cut);
        add_tube(renderer, half.shell);
        add_plain(renderer, half.face, colours::cut_nerve)->GetProperty()->LightingOff();
    }
}

}  // namespace foramen::viz
