#pragma once

#include <string>
#include <vector>

namespace foramen::viz {

struct Tick {
    double at;
    std::string label;
};

/// Ticks at round values (1, 2 or 5 times a power of ten) within a range, at most `most` of them, all with the same digits.
[[nodiscard]] std::vector<Tick> round_ticks(double lowest, double highest, int most);

}  // namespace foramen::viz
