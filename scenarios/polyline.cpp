#include "scenarios/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/contract.hpp"

namespace foramen::scenarios {

std::vector<std::size_t> polyline_corners(std::span<const double> x, std::span<const double> y, double threshold) {
    FORAMEN_EXPECTS(x.size() == y.size() && x.size() >= 2, x.size(), y.size());
    std::vector<std::size_t> corners{0, x.size() - 1};
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, x.size() - 1}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        std::size_t worst = a;
        double distance = threshold;
        for (std::size_t i = a + 1; i < b; ++i) {
            const double chord = y[a] + (y[b] - y[a]) * (x[i] - x[a]) / (x[b] - x[a]);
            if (std::abs(y[i] - chord) > distance) {
                distance = std::abs(y[i] - chord);
                worst = i;
            }
        }
        if (worst == a) continue;
        corners.push_back(worst);
        open.emplace_back(a, worst);
        open.emplace_back(worst, b);
    }
    std::sort(corners.begin(), corners.end());
    return corners;
}

}  // namespace foramen::scenarios
