#pragma once

#include <cmath>
#include <functional>
#include <vector>

namespace foramen::engine {

struct CurveValue {
    double value;
    double slope;
};

/// A smooth function of one variable on a uniform grid, cubic Hermite between the grid points (value and slope exact there),
/// continued outside along the end slope or with the end value. Permeability k(J) and osmotic pressure dpi(J) are read from
/// such curves, so that the kernels need no exp and no iteration.
///
/// Error of cubic Hermite: h^4/384 max|f''''| (Burden & Faires, Numerical Analysis, theorem 3.9).
class Curve {
public:
    enum class Outside { linear, constant };

    /// @param function  exact value and slope
    Curve(const std::function<CurveValue(double)>& function, double from, double to, int intervals,
          Outside outside = Outside::linear);

    [[nodiscard]] CurveValue at(double x) const {
        const double position = (x - from_) * inverse_step_;
        // compared before the conversion: a trial state of Newton's method may be anywhere
        const int i = !(position > 0.0) ? 0 : (position >= intervals_ ? intervals_ - 1 : static_cast<int>(position));
        const double t = position - i;
        const double* k = &knots_[2 * static_cast<std::size_t>(i)];
        if (t < 0.0 || t > 1.0) {
            const int end = t < 0.0 ? 0 : 2;
            if (outside_ == Outside::constant) return {k[end], 0.0};
            return {k[end] + (t < 0.0 ? t : t - 1.0) * step_ * k[end + 1], k[end + 1]};
        }
        const double rise = k[2] - k[0], m0 = k[1] * step_, m1 = k[3] * step_;
        const double c2 = 3.0 * rise - 2.0 * m0 - m1, c3 = m0 + m1 - 2.0 * rise;
        return {k[0] + t * (m0 + t * (c2 + t * c3)), (m0 + t * (2.0 * c2 + 3.0 * t * c3)) * inverse_step_};
    }

    /// The grid, for kernels that read several curves at once.
    [[nodiscard]] double from() const { return from_; }
    [[nodiscard]] double step() const { return step_; }
    [[nodiscard]] double inverse_step() const { return inverse_step_; }
    [[nodiscard]] int intervals() const { return intervals_; }
    [[nodiscard]] Outside outside() const { return outside_; }
    [[nodiscard]] const double* knots() const { return knots_.data(); }  ///< value, slope, value, slope ...

private:
    double from_, step_, inverse_step_;
    int intervals_;
    Outside outside_;
    std::vector<double> knots_;  // value, slope, value, slope ...
};

}  // namespace foramen::engine
