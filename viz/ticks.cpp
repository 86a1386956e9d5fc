#include "viz/ticks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace foramen::viz {

std::vector<Tick> round_ticks(double lowest, double highest, int most) {
    if (!(highest > lowest) || most < 1) return {};
    const double least_step = (highest - lowest) / most;
    const double decade = std::pow(10.0, std::floor(std::log10(least_step)));
    double step = 10.0 * decade;
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (factor * decade >= least_step * (1.0 - 1e-9)) step = factor * decade;
    }
    const int digits = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
    std::vector<Tick> ticks;
    for (double n = std::ceil(lowest / step - 1e-9); n * step <= highest + 1e-9 * step; n += 1.0) {
        ticks.push_back({n * step, fmt::format("{:.{}f}", n == 0.0 ? 0.0 : n * step, digits)});
    }
    return ticks;
}

}  // namespace foramen::viz
