#pragma once

// What is taken from the model to stand beside a published value: `measure:` and `input:` of a target.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"
#include "io/validation/test_record.hpp"
#include "models/anatomy_tables.hpp"

namespace foramen::io {

struct Measured {
    double value;
    std::string unit;  ///< as in tables: deg, N/mm, MPa, 1, %
};

/// What the model computed on one anatomy.
struct Records {
    std::function<const TestRecord&(const std::string&)> of_scenario;  ///< of the battery, by its name
    const models::AnatomyTables& tables;                               ///< constants of its tissues
    [[nodiscard]] const TestRecord& operator()(const std::string& scenario) const { return of_scenario(scenario); }
};

/// One quantity, ready to be described (which fills its input) and then read off the records.
class Measure {
public:
    virtual ~Measure() = default;
    virtual void describe_input(engine::FieldVisitor& visitor) = 0;
    /// Names of the scenarios that it needs.
    [[nodiscard]] virtual std::vector<std::string> scenarios() const = 0;
    /// @throws std::runtime_error with a sentence where the records do not hold it
    [[nodiscard]] virtual Measured read(const Records& records) const = 0;
};

struct MeasureKind {
    std::string_view name;
    std::string_view summary;  ///< one sentence
    std::shared_ptr<Measure> (*make)();
};

/// Every kind of measure, in the order of the manual.
[[nodiscard]] const std::vector<MeasureKind>& measure_kinds();

/// Makes a measure of a struct with `describe(visitor, Input&)`, `scenarios_of(const Input&)` and `measured(const Input&,
/// records)`.
template <class Input>
class MeasureOf : public Measure {
public:
    void describe_input(engine::FieldVisitor& visitor) override { describe(visitor, input_); }
    [[nodiscard]] std::vector<std::string> scenarios() const override { return scenarios_of(input_); }
    [[nodiscard]] Measured read(const Records& records) const override { return measured(input_, records); }

private:
    Input input_;
};
template <class Input>
[[nodiscard]] std::shared_ptr<Measure> make_measure() {
    return std::make_shared<MeasureOf<Input>>();
}

}  // namespace foramen::io
