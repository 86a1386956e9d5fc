#include "scenarios/study/field_path.hpp"

#include <cmath>
#include <functional>

#include "engine/core/contract.hpp"
#include "engine/core/value_walk.hpp"

namespace foramen::scenarios {

namespace {

/// Hands every field that a study may vary to `visit`, as a number that may be changed.
class NumberWalk : public engine::ValueWalk {
public:
    using Visit = std::function<void(const std::string& path, const FieldKind& kind, std::optional<double>& value)>;
    explicit NumberWalk(Visit visit) : visit_(std::move(visit)) {}

    void on_quantity(const engine::QuantityField& f, std::optional<double>& value) override {
        if (f.notes.applies) visit_(path(f.name), {f.dimension, f.range}, value);
    }
    void on_measure(const engine::MeasureField& f, engine::Measure& value) override {
        std::optional<double> number = value.value;
        const engine::QuantityField& given = value.dimension == f.first.dimension ? f.first : f.second;
        visit_(path(f.name), {given.dimension, given.range}, number);
        value.value = *number;
    }
    void on_whole(const engine::WholeField& f, std::optional<int>& value) override {
        if (!f.notes.applies) return;
        std::optional<double> number = value;
        visit_(path(f.name), {engine::Dimension::none, {static_cast<double>(f.min), static_cast<double>(f.max)}, true}, number);
        if (number) value = static_cast<int>(std::lround(*number));
    }
    void on_word(const engine::WordField& f, int& index) override {
        std::optional<double> number = index;
        visit_(path(f.name), {engine::Dimension::none, {0.0, static_cast<double>(f.words.size()) - 1.0}, true, f.words}, number);
        index = static_cast<int>(std::lround(*number));
    }

private:
    Visit visit_;
};

void walk(Scenario& scenario, NumberWalk::Visit visit) {
    NumberWalk all(std::move(visit));
    describe(all, scenario);
}

}  // namespace

std::optional<FieldKind> find_field(const Scenario& scenario, const std::string& path) {
    std::optional<FieldKind> found;
    Scenario copy = scenario;
    walk(copy, [&](const std::string& at, const FieldKind& kind, std::optional<double>&) {
        if (at == path && at != "foramen") found = kind;
    });
    return found;
}

std::vector<std::string> field_paths(const Scenario& scenario) {
    std::vector<std::string> all;
    Scenario copy = scenario;
    walk(copy, [&](const std::string& at, const FieldKind&, std::optional<double>&) {
        if (at != "foramen") all.push_back(at);
    });
    return all;
}

void set_field(Scenario& scenario, const std::string& path, double value) {
    int set = 0;
    walk(scenario, [&](const std::string& at, const FieldKind&, std::optional<double>& number) {
        if (at != path) return;
        number = value;
        ++set;
    });
    FORAMEN_EXPECTS(set == 1, path, set);
}

std::string display_value(const FieldKind& kind, double value) {
    if (kind.words.empty()) return engine::display(value, kind.dimension);
    return std::string(kind.words[static_cast<std::size_t>(std::lround(value))]);
}

}  // namespace foramen::scenarios
