#include "io/scene/usual_range.hpp"

#include <algorithm>

namespace foramen::io {
namespace {

constexpr int most_steps = 64;  // that are looked at

bool has(const std::vector<FieldSpec>& fields, const std::string& name) {
    return std::any_of(fields.begin(), fields.end(), [&](const FieldSpec& f) { return f.name == name; });
}

}  // namespace

FieldRange usual_range(const ResultFile& result, const std::string& group, const std::string& field) {
    std::vector<float> values;
    for (const BlockSpec& block : result.blocks()) {
        if (block.group != group) continue;
        const bool of_points = has(block.point_fields, field);
        if (!of_points && !has(block.cell_fields, field)) continue;
        const int steps = static_cast<int>(result.field_times().size());
        for (int step = 0; step < steps; step += 1 + steps / most_steps) {
            const std::vector<float> more = of_points ? result.point_field(block.name, field, step) : result.cell_field(block.name, field, step);
            values.insert(values.end(), more.begin(), more.end());
        }
    }
    if (values.empty()) return {0.0, 0.0};
    const auto share = [&](double s) {
        const auto place = values.begin() + static_cast<std::ptrdiff_t>(s * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return static_cast<double>(*place);
    };
    return {share(0.005), share(0.995)};
}

}  // namespace foramen::io
