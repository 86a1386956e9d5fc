#include "scenarios/range_check.hpp"

#include "engine/core/value_walk.hpp"

namespace foramen::scenarios {

namespace {
using engine::display;

class RangeCheck : public engine::ValueWalk {
public:
    std::vector<Problem> found;

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override {
        if (value && field.notes.applies) check(path(field.name), *value, field);
    }
    void on_measure(const engine::MeasureField& field, engine::Measure& value) override {
        check(path(field.name), value.value, value.dimension == field.first.dimension ? field.first : field.second);
    }
    void on_whole(const engine::WholeField& field, std::optional<int>& value) override {
        if (!value || !field.notes.applies || (*value >= field.min && *value <= field.max)) return;
        const std::string unit = field.unit.empty() ? std::string() : std::string(" ").append(field.unit);
        const std::string allowed =
            field.min == field.max ? "must be " + std::to_string(field.min)
                                   : "must lie between " + std::to_string(field.min) + " and " + std::to_string(field.max) + unit;
        add(path(field.name), allowed + ", is " + std::to_string(*value) + unit);
    }

private:
    void check(const std::string& where, double value, const engine::QuantityField& field) {
        if (field.range.contains(value)) return;
        add(where, "must lie between " + display(field.range.min, field.dimension) + " and " +
                       display(field.range.max, field.dimension) + ", is " + display(value, field.dimension));
    }
    void add(const std::string& where, const std::string& reason) {
        found.push_back({.path = where, .reason = reason, .hint = ""});
    }
};
}  // namespace

std::vector<Problem> out_of_range(const std::function<void(engine::FieldVisitor&)>& describe) {
    RangeCheck check;
    describe(check);
    return check.found;
}

std::vector<Problem> out_of_range(const Scenario& scenario) {
    Scenario copy = scenario;
    return out_of_range([&](engine::FieldVisitor& v) { describe(v, copy); });
}

}  // namespace foramen::scenarios
