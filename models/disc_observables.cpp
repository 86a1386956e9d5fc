#include "models/canal.hpp"
#include "models/observables.hpp"

namespace foramen::models {

void SpineObserver::list_disc_changes() {
    add_per_disc("fluid_gained", "mm3", "water that the disc has gained since the start", "");
    add_per_disc("peak_fibre_x", "mm", "place of the largest strain of a fibre, forwards",
                 "in the lower vertebra's frame; NaN while no fibre is stretched");
    add_per_disc("peak_fibre_y", "mm", "place of the largest strain of a fibre, to the left", "in the lower vertebra's frame");
    add_per_disc("peak_fibre_z", "mm", "place of the largest strain of a fibre, cranial", "in the lower vertebra's frame");
    add_per_disc("peak_principal_stress", "MPa", "largest principal stress in the annulus",
                 "total Cauchy stress, tension positive");
}

void read_disc_changes(const std::vector<DiscState>& states, const std::vector<double>& rest_water, std::vector<double>& out) {
    for (std::size_t i = 0; i < states.size(); ++i) out.push_back(states[i].fluid_volume - rest_water[i]);
    for (int axis = 0; axis < 3; ++axis)
        for (const DiscState& s : states) out.push_back(s.peak_fibre_place[axis]);
    for (const DiscState& s : states) out.push_back(s.peak_principal_stress);
}

void SpineObserver::list_canal() {
    add_per_disc("canal_depth", "mm", "depth of the spinal canal at the disc",
                 "in the mid-plane, from the disc's margin to the line between the backs of the bony canals");
    add_per_disc("canal_area", "mm2", "area of the spinal canal at the disc",
                 "of an ellipse with that depth and the mean width of the bony canals");
}

void read_canal(const SpineModel& model, std::vector<double>& out) {
    std::vector<CanalMeasures> all;
    for (const int d : model.spec.present_discs()) all.push_back(measure_canal(model, d));
    for (const CanalMeasures& c : all) out.push_back(c.depth);
    for (const CanalMeasures& c : all) out.push_back(c.area);
}

}  // namespace foramen::models
