#include "viz/window/colouring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "io/scene/usual_range.hpp"
#include "viz/colours.hpp"

namespace foramen::viz {
namespace {

constexpr std::array<const char*, 6> groups{"discs", "ligaments", "muscles", "facets", "foramina", "vertebrae"};
constexpr const char* everywhere = "displacement";

void add_fields(std::vector<Colouring>& found, const std::string& group, const std::vector<io::FieldSpec>& fields, bool of_cells) {
    for (const io::FieldSpec& f : fields) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const auto& c) { return c.field == f.name && c.group == group; });
        if (known || f.name == everywhere || (f.components != 1 && f.components != 3)) continue;
        found.push_back({f.name, f.name, group, f.units, of_cells});
    }
}

}  // namespace

std::string Colouring::label() const {
    return fmt::format("{}{}, {}", field, units == "1" ? "" : " [" + units + "]", group.empty() ? "all parts" : group);
}

std::vector<Colouring> colourings_of(const io::ResultFile& result) {
    std::vector<Colouring> found;
    for (const std::string group : groups) {
        for (const io::BlockSpec& block : result.blocks()) {
            if (block.group != group) continue;
            add_fields(found, group, block.point_fields, false);
            add_fields(found, group, block.cell_fields, true);
        }
    }
    found.push_back({everywhere, everywhere, "", "mm", false});
    std::multiset<std::string> names;
    for (const Colouring& c : found) names.insert(c.field);
    for (Colouring& c : found) {
        if (names.count(c.field) > 1) c.name = c.group + "-" + c.field;
    }
    return found;
}

vtkSmartPointer<vtkLookupTable> colour_table(const io::ResultFile& result, const Colouring& colouring) {
    const io::FieldRange range = io::usual_range(result, colouring.group.empty() ? "discs" : colouring.group, colouring.field);
    const bool vector = colouring.field == everywhere || colouring.field == "fluid_flux";
    const double low = vector ? 0.0 : range.lowest, high = vector ? std::max(std::abs(range.lowest), range.highest) : range.highest;
    const double above = std::max(high, low + std::max(1e-12, 1e-3 * std::abs(low)));
    const auto table = colouring.group == "discs" || colouring.group.empty() ? pressure_colours(low, above) : strain_colours(low, above);
    if (vector) table->SetVectorModeToMagnitude();
    return table;
}

}  // namespace foramen::viz
