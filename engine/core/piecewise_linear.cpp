#include "engine/core/piecewise_linear.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/contract.hpp"

namespace foramen::engine {

PiecewiseLinear::PiecewiseLinear(std::vector<double> x, std::vector<double> y) : x_(std::move(x)), y_(std::move(y)) {
    FORAMEN_EXPECTS(!x_.empty() && x_.size() == y_.size(), x_.size(), y_.size());
    const auto not_after = std::adjacent_find(x_.begin(), x_.end(), [](double a, double b) { return !(a < b); });
    FORAMEN_EXPECTS(not_after == x_.end(), *not_after);
}

double PiecewiseLinear::value(double x) const {
    if (x <= x_.front()) return y_.front();
    if (x >= x_.back()) return y_.back();
    const auto right = static_cast<std::size_t>(std::upper_bound(x_.begin(), x_.end(), x) - x_.begin());
    const std::size_t left = right - 1;
    const double share = (x - x_[left]) / (x_[right] - x_[left]);
    return y_[left] + share * (y_[right] - y_[left]);
}

double PiecewiseLinear::integral(double a, double b) const {
    FORAMEN_EXPECTS(a <= b, a, b);
    double sum = 0.0;
    double from = a;
    for (auto next = std::upper_bound(x_.begin(), x_.end(), a); from < b; ++next) {
        const double to = next == x_.end() ? b : std::min(b, *next);
        sum += 0.5 * (value(from) + value(to)) * (to - from);
        from = to;
        if (next == x_.end()) break;
    }
    return sum;
}

double PiecewiseLinear::max() const { return *std::max_element(y_.begin(), y_.end()); }

}  // namespace foramen::engine
