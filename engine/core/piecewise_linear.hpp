#pragma once

#include <vector>

namespace foramen::engine {

/// A continuous function of one variable through given points, constant outside them.
class PiecewiseLinear {
public:
    /// @param x  strictly increasing, at least one
    /// @param y  as many
    /// @throws ContractViolation otherwise
    PiecewiseLinear(std::vector<double> x, std::vector<double> y);

    [[nodiscard]] double value(double x) const;
    /// Exact integral from a to b, a <= b.
    [[nodiscard]] double integral(double a, double b) const;
    [[nodiscard]] double max() const;
    [[nodiscard]] const std::vector<double>& x() const { return x_; }
    [[nodiscard]] const std::vector<double>& y() const { return y_; }

private:
    std::vector<double> x_, y_;
};

}  // namespace foramen::engine
