#include "models/confined_nucleus.hpp"

#include <cmath>

#include "engine/materials/osmotic.hpp"

namespace foramen::models {

NucleusSample nucleus_sample(const AnatomyTables& tables, int grade, double temperature) {
    const DiscTissueRow& row = tables.grades.at(static_cast<std::size_t>(grade - 1)).nucleus;
    engine::IntrafibrillarDonnan law = swelling_law(row, engine::CollagenKind::nucleus);
    law.temperature = temperature;
    return {ground_substance(row), engine::osmotic_curve(law)};
}

double confined_stress(const NucleusSample& sample, double volume_ratio) {
    engine::Tensor3<double> F{};
    F[0] = F[4] = 1.0;
    F[8] = volume_ratio;
    engine::SpatialStress<double> s;
    sample.ground.add_to(s, engine::left_cauchy_green(F), std::log(volume_ratio), false);
    return s.tau[2] / volume_ratio - sample.osmotic_pressure.at(volume_ratio).value;
}

}  // namespace foramen::models
