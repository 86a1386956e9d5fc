#include "models/bone_state.hpp"
#include "models/observables.hpp"

namespace foramen::models {

void SpineObserver::list_bones(const SpineModel& model) {
    if (model.bones.empty()) return;
    std::vector<std::string> vertebrae, plates;
    for (const VertebraBone& bone : model.bones) {
        const std::string name(body_names[static_cast<int>(bone.body)]);
        vertebrae.push_back(name);
        if (bone.plates.lower_loaded) plates.push_back(name + " lower");
        if (bone.plates.upper_loaded) plates.push_back(name + " upper");
    }
    const auto add = [&](const char* name, const char* units, const char* long_name, const char* comment, const char* dimension, const auto& labels) {
        observables_.push_back({name, units, long_name, comment, dimension, labels});
    };
    add("endplate_bulge", "mm", "how far an end-plate dents into its vertebra", "farthest beyond the mean of its rim", "endplate", plates);
    add("cortex_stress", "MPa", "von Mises stress in the cortex of a vertebral body", "2 % of its area are above it", "vertebra", vertebrae);
    add("cancellous_compression", "1", "compressive principal strain of cancellous bone", "positive; 2 % of its volume are above it", "vertebra", vertebrae);
    add("cancellous_tension", "1", "tensile principal strain of cancellous bone", "2 % of its volume are above it", "vertebra", vertebrae);
    add("bone_yield_fraction", "1", "strain of cancellous bone over its yield strain", "the larger of both", "vertebra", vertebrae);
    add("bone_reduction_error", "1", "displacement of the end-plates that the vertebra's shapes miss", "over the whole, root mean square", "vertebra", vertebrae);
}

void read_bones(const SpineModel& model, const engine::NewtonSolver& newton, std::vector<double>& out) {
    std::vector<BoneLoads> all;
    for (std::size_t i = 0; i < model.bones.size(); ++i) {
        all.push_back(bone_loads(model, newton, static_cast<int>(i)));
        if (model.bones[i].plates.lower_loaded) out.push_back(all.back().bulge[0]);
        if (model.bones[i].plates.upper_loaded) out.push_back(all.back().bulge[1]);
    }
    for (const auto part : {&BoneLoads::cortex_von_mises, &BoneLoads::cancellous_compression, &BoneLoads::cancellous_tension,
                            &BoneLoads::yield_fraction, &BoneLoads::reduction_error})
        for (const BoneLoads& loads : all) out.push_back(loads.*part);
}

}  // namespace foramen::models
