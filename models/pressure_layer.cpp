#include "models/pressure_layer.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::models {

PressureLayer pressure_layer(const SpineModel& model, int d, double load_time) {
    const DiscGradeRow& grade = model.geometry.tables.grades[model.spec.discs[d].grade - 1];
    const auto diffusivity = [](const DiscTissueRow& t) { return t.permeability * (t.lame_lambda + 2.0 * t.shear_modulus); };
    const double c_v = std::min(diffusivity(grade.nucleus), diffusivity(grade.annulus));
    const double h = model.disc_mesh(d).first_element;
    return {std::sqrt(c_v * load_time), h, h * h / (6.0 * c_v)};
}

}  // namespace foramen::models
