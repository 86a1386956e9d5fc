#include "viz/window/picked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include <vtkCell.h>
#include <vtkCellData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include "io/scene/moved_points.hpp"
#include "io/scene/nerve_roots.hpp"

namespace foramen::viz {
namespace {

constexpr double in_the_middle = 2.0;  // [mm] from the median plane without a side
constexpr double attached = 12.0;      // [mm] from a bone a strand ends on it

Eigen::Vector3d place_of(vtkCellPicker& picker) { return Eigen::Vector3d(picker.GetPickPosition()); }

std::string at_text(const Eigen::Vector3d& p) { return fmt::format("   at ({:.1f}, {:.1f}, {:.1f}) mm", p.x(), p.y(), p.z()); }

const io::FieldSpec* find_field(const io::BlockSpec& block, const std::string& name) {
    for (const auto* fields : {&block.point_fields, &block.cell_fields}) {
        for (const io::FieldSpec& f : *fields) {
            if (f.name == name) return &f;
        }
    }
    return nullptr;
}

/// Length of the tuple of an array; the value itself of a scalar.
double size_of(vtkDataArray& array, vtkIdType tuple) {
    if (array.GetNumberOfComponents() == 1) return array.GetTuple1(tuple);
    double sum = 0.0;
    for (int c = 0; c < array.GetNumberOfComponents(); ++c) sum += std::pow(array.GetComponent(tuple, c), 2);
    return std::sqrt(sum);
}

/// Of a cell its value, of points the mean weighted by the place within the picked cell.
double value_of(vtkCellPicker& picker, const std::string& field) {
    vtkDataSet* data = picker.GetDataSet();
    if (vtkDataArray* cells = data->GetCellData()->GetArray(field.c_str())) return size_of(*cells, picker.GetCellId());
    vtkDataArray* points = data->GetPointData()->GetArray(field.c_str());
    if (points == nullptr) return std::nan("");
    vtkCell* cell = data->GetCell(picker.GetCellId());
    std::vector<double> weights(static_cast<std::size_t>(cell->GetNumberOfPoints()), 0.0);
    int sub = picker.GetSubId();
    double place[3], parametric[3], distance = 0.0, closest[3];
    picker.GetMapperPosition(place);
    cell->EvaluatePosition(place, closest, sub, parametric, distance, weights.data());
    double value = 0.0;
    for (vtkIdType p = 0; p < cell->GetNumberOfPoints(); ++p) value += weights[static_cast<std::size_t>(p)] * size_of(*points, cell->GetPointId(p));
    return value;
}

/// The vertebra whose surface is nearest to a point, if it is near at all.
std::string bone_at(const io::ResultFile& result, const Eigen::Vector3d& point, int step) {
    std::string bone;
    double nearest = attached;
    for (const io::BlockSpec& block : result.blocks()) {
        if (block.group != "vertebrae") continue;
        for (const Eigen::Vector3d& p : io::moved_points(result, block, step)) {
            if (const double distance = (p - point).norm(); distance < nearest) nearest = distance, bone = block.name;
        }
    }
    return bone;
}

/// "L4-L5" of a strand between these bones; empty if it ends elsewhere.
std::string level_of_strand(const io::ResultFile& result, const io::BlockSpec& block, vtkCellPicker& picker, int step) {
    vtkDataArray* strand = picker.GetDataSet()->GetCellData()->GetArray(ShownPart::strand);
    if (strand == nullptr) return "";
    const auto cell = static_cast<std::size_t>(strand->GetTuple1(picker.GetCellId()));
    const std::vector<Eigen::Vector3d> points = io::moved_points(result, block, step);
    Eigen::Vector3d a = points[static_cast<std::size_t>(block.connectivity[2 * cell])], b = points[static_cast<std::size_t>(block.connectivity[2 * cell + 1])];
    if (a.z() < b.z()) std::swap(a, b);
    const std::string upper = bone_at(result, a, step), lower = bone_at(result, b, step);
    return upper.empty() || lower.empty() || upper == lower ? "" : upper + "-" + lower;
}

std::string part_name(const io::ResultFile& result, const io::BlockSpec& block, vtkCellPicker& picker, int step) {
    const Eigen::Vector3d place = place_of(picker);
    static const std::map<std::string, std::string> one{{"discs", "disc"}, {"vertebrae", "vertebra"}, {"ligaments", "ligament"},
                                                        {"muscles", "muscle"}, {"facets", "facet joint"}, {"foramina", "foramen"}};
    const auto found = one.find(block.group);
    const std::string kind = found == one.end() ? block.group : found->second;
    if (block.group == "discs" || block.group == "vertebrae") return kind + " " + block.name;
    const std::string own = block.group == "facets" || block.group == "foramina" ? "" : " " + block.name;
    const std::string side = std::abs(place.y()) < in_the_middle ? "" : place.y() > 0.0 ? " left" : " right";
    const std::string between = level_of_strand(result, block, picker, step);
    return kind + own + " " + (between.empty() ? level_at(result, place, step) : between) + side;
}

}  // namespace

std::string level_at(const io::ResultFile& result, const Eigen::Vector3d& point, int step) {
    std::string level;
    double nearest = 1e300;
    for (const io::BlockSpec& block : result.blocks()) {
        if (block.group != "discs") continue;
        const double distance = (io::centroid(io::moved_points(result, block, step)) - point).norm();
        if (distance < nearest) nearest = distance, level = block.name;
    }
    return level;
}

std::string describe_part(const io::ResultFile& result, const ShownPart& part, vtkCellPicker& picker, const Look& look) {
    const Eigen::Vector3d place = place_of(picker);
    std::string text = part_name(result, part.block(), picker, look.step) + ":";
    std::vector<std::string> fields{part.main_field()};
    if (look.colouring.colours(part.block()) && look.colouring.field != fields[0]) fields.insert(fields.begin(), look.colouring.field);
    for (const std::string& field : fields) {
        const io::FieldSpec* spec = find_field(part.block(), field);
        const double value = value_of(picker, field);
        if (spec != nullptr && std::isfinite(value)) text += fmt::format("   {} {:.3g}{}", field, value, spec->units == "1" ? "" : " " + spec->units);
    }
    return text + at_text(place);
}

std::string describe_nerve(const io::ResultFile& result, vtkCellPicker& picker, int step) {
    const Eigen::Vector3d place = place_of(picker);
    std::string name = "nerve";
    double nearest = 1e300;
    for (const io::Nerve& nerve : io::nerves(result, step)) {
        for (const Eigen::Vector3d& p : nerve.path) {
            if (const double distance = (p - place).norm(); distance < nearest) nearest = distance, name = nerve.name;
        }
    }
    return (name == "dural sac" ? "" : "nerve root ") + name + " (drawn, not modelled):" + at_text(place);
}

}  // namespace foramen::viz
