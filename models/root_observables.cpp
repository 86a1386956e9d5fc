#include <string>

#include "models/herniation.hpp"
#include "models/observables.hpp"

namespace foramen::models {

void SpineObserver::list_roots(const SpineModel& model) {
    std::vector<std::string> passages, herniated;
    for (const RootPassage& r : roots_)
        passages.push_back(std::string(disc_names[r.disc]) + " " + std::string(side_names[static_cast<std::size_t>(r.side)]));
    for (const int d : model.spec.present_discs())
        if (model.spec.discs[d].herniation) herniated.emplace_back(disc_names[d]);
    const auto add = [&](const char* name, const char* long_name, const char* comment, const char* dimension, const auto& labels) {
        if (!labels.empty()) observables_.push_back({name, "mm", long_name, comment, dimension, labels});
    };
    add("root_clearance", "from the disc to the nerve root behind it", "negative: the root is pushed back by as much", "foramen", passages);
    add("root_recess", "room for the nerve root behind the disc", "depth of the lateral recess less the root's diameter; negative: squeezed",
        "foramen", passages);
    add("protrusion", "protrusion of a herniated disc", "beyond the line between the rims", "herniation", herniated);
}

void read_roots(const SpineModel& m, const std::vector<RootPassage>& roots, std::vector<double>& out) {
    std::vector<RootMeasures> all;
    for (const RootPassage& r : roots) all.push_back(measure_root(m, r));
    for (const auto member : {&RootMeasures::clearance, &RootMeasures::recess})
        for (const RootMeasures& r : all) out.push_back(r.*member);
    for (const int d : m.spec.present_discs())
        if (m.spec.discs[d].herniation) out.push_back(protrusion(m, d));
}

}  // namespace foramen::models
