#include "viz/block_grid.hpp"

#include <algorithm>

#include <vtkCellData.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>

namespace foramen::viz {
namespace {

const io::FieldSpec* find_field(const std::vector<io::FieldSpec>& fields, const std::string& name) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

vtkSmartPointer<vtkFloatArray> vtk_array(const io::FieldSpec& field, const std::vector<float>& values) {
    const auto array = vtkSmartPointer<vtkFloatArray>::New();
    array->SetName(field.name.c_str());
    array->SetNumberOfComponents(field.components);
    array->SetNumberOfTuples(static_cast<vtkIdType>(values.size()) / field.components);
    std::copy(values.begin(), values.end(), array->GetPointer(0));
    return array;
}

vtkIdType corner_count(io::CellType type) {
    switch (type) {
        case io::CellType::line: return 2;
        case io::CellType::triangle: return 3;
        case io::CellType::quad: return 4;
        case io::CellType::hexahedron: return 8;
    }
    return 0;
}

void add_cells(vtkUnstructuredGrid& grid, const io::BlockSpec& block) {
    const vtkIdType corners = corner_count(block.cell_type);
    const vtkIdType count = static_cast<vtkIdType>(block.connectivity.size()) / corners;
    grid.Allocate(count);
    std::vector<vtkIdType> cell(static_cast<std::size_t>(corners));
    for (vtkIdType c = 0; c < count; ++c) {
        std::copy_n(block.connectivity.begin() + c * corners, corners, cell.begin());
        grid.InsertNextCell(static_cast<int>(block.cell_type), corners, cell.data());
    }
}

}  // namespace

vtkSmartPointer<vtkUnstructuredGrid> block_grid(const io::ResultFile& result, const io::BlockSpec& block, int step,
                                                std::span<const std::string> fields) {
    std::vector<float> moved = block.points;
    if (find_field(block.point_fields, "displacement") != nullptr) {
        const std::vector<float> displacement = result.point_field(block.name, "displacement", step);
        for (std::size_t i = 0; i < std::min(moved.size(), displacement.size()); ++i) moved[i] += displacement[i];
    }
    vtkNew<vtkPoints> points;
    points->SetNumberOfPoints(static_cast<vtkIdType>(moved.size() / 3));
    for (std::size_t p = 0; p < moved.size() / 3; ++p) points->SetPoint(static_cast<vtkIdType>(p), moved[3 * p], moved[3 * p + 1], moved[3 * p + 2]);
    const auto grid = vtkSmartPointer<vtkUnstructuredGrid>::New();
    grid->SetPoints(points);
    add_cells(*grid, block);
    for (const std::string& name : fields) {
        if (const auto* field = find_field(block.point_fields, name)) {
            grid->GetPointData()->AddArray(vtk_array(*field, result.point_field(block.name, name, step)));
        }
        for (const auto& [field, values] : block.static_cell_fields) {
            if (field.name == name) grid->GetCellData()->AddArray(vtk_array(field, values));
        }
        if (const auto* field = find_field(block.cell_fields, name)) {
            grid->GetCellData()->AddArray(vtk_array(*field, result.cell_field(block.name, name, step)));
        }
    }
    return grid;
}

}  // namespace foramen::viz
