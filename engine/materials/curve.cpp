#include "engine/materials/curve.hpp"

#include "engine/core/contract.hpp"

namespace foramen::engine {

Curve::Curve(const std::function<CurveValue(double)>& function, double from, double to, int intervals,
             Outside outside)
    : from_(from),
      step_((to - from) / intervals),
      inverse_step_(intervals / (to - from)),
      intervals_(intervals),
      outside_(outside) {
    FORAMEN_EXPECTS(to > from && intervals > 0, from, to, intervals);
    knots_.reserve(2 * static_cast<std::size_t>(intervals + 1));
    for (int i = 0; i <= intervals; ++i) {
        const CurveValue v = function(from + i * step_);
        FORAMEN_EXPECTS(std::isfinite(v.value) && std::isfinite(v.slope), v.value, v.slope, from + i * step_);
        knots_.push_back(v.value);
        knots_.push_back(v.slope);
    }
}

}  // namespace foramen::engine
