#pragma once

#include <Eigen/Geometry>
#include <array>
#include <vector>

#include <vtkActor.h>
#include <vtkAlgorithmOutput.h>
#include <vtkDataSet.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>

#include "viz/colours.hpp"

namespace foramen::viz {

/// The outer surface of a grid as polygons, lines kept.
[[nodiscard]] vtkSmartPointer<vtkPolyData> surface_of(vtkUnstructuredGrid* grid);

/// The outer surface with normals for smooth shading.
[[nodiscard]] vtkSmartPointer<vtkPolyData> smooth_surface(vtkUnstructuredGrid* grid);

/// The part with y > offset of a closed surface, and the face that fills its cut.
struct CutSurface {
    vtkSmartPointer<vtkPolyData> shell, face;
};
[[nodiscard]] CutSurface cut_open(vtkPolyData* surface, double offset);

/// The part with y > offset of a grid of solid cells, as a surface with its fields.
[[nodiscard]] vtkSmartPointer<vtkPolyData> cut_solid(vtkUnstructuredGrid* grid, double offset);

/// The line in which a surface meets the plane y = offset, drawn at y = drawn_at.
[[nodiscard]] vtkSmartPointer<vtkPolyData> outline_at(vtkPolyData* surface, double offset, double drawn_at);

/// The cells of a surface whose mean y is above a limit, and whose values of a cell field lie between two limits
/// (an empty name: any).
[[nodiscard]] vtkSmartPointer<vtkPolyData> cells_left_of(vtkPolyData* surface, double lowest_y, const char* field = "", double least = 0.0,
                                                         double most = 0.0);

/// Turned and shifted.
[[nodiscard]] vtkSmartPointer<vtkPolyData> moved(vtkPolyData* surface, const Eigen::Isometry3d& motion);

/// A polygon's edge.
[[nodiscard]] vtkSmartPointer<vtkPolyData> closed_line(const std::vector<Eigen::Vector3d>& corners);

/// Mean of the points [mm].
[[nodiscard]] std::array<double, 3> centre_of(vtkDataSet* data);

/// Lines as round tubes.
[[nodiscard]] vtkSmartPointer<vtkPolyData> tubes_of(vtkPolyData* lines, double radius);

/// Colours by a field of cells or of points, between the limits of the table.
void colour_by_field(vtkPolyDataMapper& mapper, vtkScalarsToColors* table, const char* field, bool of_cells);

/// Adds an actor in one colour.
vtkActor* add_plain(vtkRenderer& renderer, vtkPolyData* data, const Colour& colour, double opacity = 1.0);

}  // namespace foramen::viz
