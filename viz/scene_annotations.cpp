// SceneBuilder's words and arrows.

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include <vtkArrowSource.h>
#include <vtkNew.h>
#include <vtkProperty.h>
#include <vtkTransform.h>
#include <vtkTransformPolyDataFilter.h>

#include "engine/core/units.hpp"
#include "viz/block_grid.hpp"
#include "viz/page_text.hpp"
#include "viz/result_scene.hpp"
#include "viz/scene_parts.hpp"
#include "viz/scene_text.hpp"

namespace foramen::viz {
namespace {

using Point = std::array<double, 3>;

Point along(const Point& from, const Point& to, double share) {
    return {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), from[2] + share * (to[2] - from[2])};
}

}  // namespace

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
        add_label(renderer_, vertebrae[v]->name, {at[0], options_.cut - 3.0, at[2]}, {19, colours::ink, true}, options_.scale);
    }
}

/// Below the sacrum, along the line of the harness: caudal, turned anterior by the pull angle.
void SceneBuilder::add_pull_arrow() {
    const double force = value_at(result_, "device_force", "", moment_.time);
    const auto discs = group("discs");
    if (!(force > 0.0) || discs.empty()) return;
    const double given = value_at(result_, "pull_angle", "", moment_.time);
    const double angle = std::isfinite(given) ? given * degree : 0.0;
    const std::array<double, 6> bounds = first_bounds();
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
    add_label(renderer_, fmt::format("{:.0f} N", force), {tip[0] + 3.0, -2.0, tip[2] - 9.0}, {20, colours::pull, true}, options_.scale);
}

void SceneBuilder::add_directions() {
    const std::array<double, 6> bounds = first_bounds();
    const double top = bounds[5] + 9.0;
    const LabelStyle faint{15, colours::faint_ink, false};
    add_label(renderer_, "posterior", {bounds[0] + 14.0, 0.0, top}, faint, options_.scale);
    add_label(renderer_, "anterior", {bounds[1] - 14.0, 0.0, top}, faint, options_.scale);
}

/// What the colours of lines and patches mean.
void SceneBuilder::add_key() {
    std::vector<std::pair<std::string, Colour>> entries;
    if (!options_.flow) entries = {{"ligament, taut", colours::taut}, {"ligament, slack", colours::slack}};
    if (!options_.flow && !group("foramina").empty()) {
        entries.emplace_back("left foramen", colours::foramen);
        entries.emplace_back("nerve root (drawn, not modelled)", colours::nerve);
    }
    entries.emplace_back("outline at the start", colours::start);
    if (options_.flow && options_.ranges.flux > 0.0) {
        entries.emplace_back(fmt::format("flow of water: the longest arrow is {:.2g} \xC2\xB5m/s, half as long a quarter", 1e3 * options_.ranges.flux),
                             colours::faint_ink);
    }
    double y = 12.0 + 19.0 * static_cast<double>(entries.size() - 1);
    for (const auto& [name, colour] : entries) {
        add_page_text(renderer_, "\xE2\x80\x94", 22.0, y, {14.0, colour, true}, options_.scale);
        add_page_text(renderer_, name, 46.0, y, {14.0, colours::faint_ink, false}, options_.scale);
        y -= 19.0;
    }
}

}  // namespace foramen::viz
