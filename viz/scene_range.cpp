#include "viz/scene_range.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "io/scene/moved_points.hpp"

namespace foramen::viz {
namespace {

constexpr int most_steps = 24;  // that are looked at for the flux

/// What 99 % of a disc's cells stay below at the step where that is most. [mm/s]
double usual_flux(const io::ResultFile& result, const std::string& disc) {
    const io::BlockSpec* block = io::find_block(result, disc);
    const auto has_flux = [](const io::FieldSpec& f) { return f.name == "fluid_flux"; };
    if (block == nullptr || std::none_of(block->cell_fields.begin(), block->cell_fields.end(), has_flux)) return 0.0;
    double most = 0.0;
    const int steps = static_cast<int>(result.field_times().size());
    for (int step = 0; step < steps; step += 1 + steps / most_steps) {
        const std::vector<float> w = result.cell_field(disc, "fluid_flux", step);
        std::vector<double> lengths;
        for (std::size_t c = 0; c + 2 < w.size(); c += 3) lengths.push_back(std::hypot(w[c], w[c + 1], w[c + 2]));
        if (lengths.empty()) continue;
        const auto place = lengths.begin() + static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(lengths.size() - 1));
        std::nth_element(lengths.begin(), place, lengths.end());
        most = std::max(most, *place);
    }
    return most;
}

}  // namespace

SceneRanges scene_ranges(const io::ResultFile& result, const std::string& flux_disc) {
    return {io::usual_range(result, "discs", "pressure"), io::usual_range(result, "ligaments", "strain"), flux_disc.empty() ? 0.0 : usual_flux(result, flux_disc)};
}

}  // namespace foramen::viz
