#include "viz/flow_arrows.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <vtkArrowSource.h>
#include <vtkDoubleArray.h>
#include <vtkGlyph3D.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkProperty.h>

#include "io/scene/moved_points.hpp"
#include "viz/scene_parts.hpp"

namespace foramen::viz {
namespace {

using Eigen::Vector3d;

constexpr double bin_x = 1.6, bin_z = 1.0;  // [mm]
constexpr double arrow_length = 5.0;        // [mm] of the longest

struct Bin {
    Vector3d place = Vector3d::Zero(), flux = Vector3d::Zero();
    int cells = 0;
};

/// Means over the hexahedra that touch the cut, by their place on it.
std::map<std::pair<int, int>, Bin> bins_of(const io::ResultFile& result, const io::BlockSpec& disc, int step, double cut) {
    const std::vector<Vector3d> points = io::moved_points(result, disc, step);
    const std::vector<float> w = result.cell_field(disc.name, "fluid_flux", step);
    std::map<std::pair<int, int>, Bin> bins;
    for (std::size_t c = 0; 8 * c + 7 < disc.connectivity.size() && 3 * c + 2 < w.size(); ++c) {
        Vector3d middle = Vector3d::Zero();
        double least = 1e300, most = -1e300;
        for (int a = 0; a < 8; ++a) {
            const Vector3d& p = points[static_cast<std::size_t>(disc.connectivity[8 * c + a])];
            middle += p / 8.0;
            least = std::min(least, p.y());
            most = std::max(most, p.y());
        }
        if (least > cut + 0.05 || most < cut + 0.05) continue;
        Bin& bin = bins[{static_cast<int>(std::floor(middle.x() / bin_x)), static_cast<int>(std::floor(middle.z() / bin_z))}];
        bin.place += middle;
        bin.flux += Vector3d(w[3 * c], 0.0, w[3 * c + 2]);
        ++bin.cells;
    }
    return bins;
}

}  // namespace

void add_flow_arrows(vtkRenderer& renderer, const io::ResultFile& result, const io::BlockSpec& disc, int step, double cut, double drawn_at, double longest) {
    const auto has_flux = [](const io::FieldSpec& f) { return f.name == "fluid_flux"; };
    if (!(longest > 0.0) || std::none_of(disc.cell_fields.begin(), disc.cell_fields.end(), has_flux)) return;
    vtkNew<vtkPoints> tails;
    vtkNew<vtkDoubleArray> arrows;
    arrows->SetNumberOfComponents(3);
    for (const auto& [key, bin] : bins_of(result, disc, step, cut)) {
        const Vector3d place = bin.place / bin.cells, flux = bin.flux / bin.cells;
        const double length = arrow_length * std::sqrt(std::min(1.0, flux.norm() / longest));
        if (length < 0.4) continue;
        const Vector3d arrow = length * flux.normalized(), tail = place - 0.5 * arrow;
        tails->InsertNextPoint(tail.x(), drawn_at, tail.z());
        arrows->InsertNextTuple3(arrow.x(), 0.0, arrow.z());
    }
    vtkNew<vtkPolyData> field;
    field->SetPoints(tails);
    field->GetPointData()->SetVectors(arrows);
    vtkNew<vtkArrowSource> shape;
    shape->SetTipResolution(12);
    shape->SetShaftResolution(8);
    shape->SetTipLength(0.38);
    shape->SetTipRadius(0.15);
    shape->SetShaftRadius(0.05);
    vtkNew<vtkGlyph3D> glyphs;
    glyphs->SetInputData(field);
    glyphs->SetSourceConnection(shape->GetOutputPort());
    glyphs->SetVectorModeToUseVector();
    glyphs->SetScaleModeToScaleByVector();
    glyphs->OrientOn();
    glyphs->Update();
    add_plain(renderer, glyphs->GetOutput(), colours::flow)->GetProperty()->LightingOff();
}

}  // namespace foramen::viz
