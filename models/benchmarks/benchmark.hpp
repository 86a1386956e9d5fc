#pragma once

// Problems with a known answer. A benchmark is posed by a described input (engine/core/describe.hpp), so that a case of
// data/verification is data: numbers, a reference curve, a tolerance. What it returns is compared elsewhere (io/verify).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"

namespace foramen::models {

/// What a benchmark measured: y over x. A single number is a trace of one point without x.
struct Trace {
    std::string name;        ///< by which a case asks for it: settlement
    std::string unit;        ///< of y; "" for a plain number
    std::vector<double> y;
    std::string x_unit = {};  ///< of x: s, mm
    std::vector<double> x = {};
};

/// A number as a trace.
[[nodiscard]] inline Trace number(std::string name, double value, std::string unit = "") {
    return {std::move(name), std::move(unit), {value}};
}

/// One problem, ready to be described (which fills its input) and then run.
class Benchmark {
public:
    virtual ~Benchmark() = default;
    virtual void describe_input(engine::FieldVisitor& visitor) = 0;
    /// @throws std::runtime_error with a sentence where the problem cannot be solved
    [[nodiscard]] virtual std::vector<Trace> solve() const = 0;
};

/// A kind of problem: the word after `problem:` in a case.
struct BenchmarkKind {
    std::string_view name;
    std::string_view summary;  ///< one sentence
    std::unique_ptr<Benchmark> (*make)();
};

/// Kinds that need nothing but the engine and the models, by name.
[[nodiscard]] const std::vector<BenchmarkKind>& benchmark_kinds();

/// Makes a benchmark of a struct with `describe(visitor, Input&)` and a `std::vector<Trace> run(const Input&)`, found by their argument.
template <class Input>
class BenchmarkOf : public Benchmark {
public:
    void describe_input(engine::FieldVisitor& visitor) override { describe(visitor, input_); }
    [[nodiscard]] std::vector<Trace> solve() const override { return run(input_); }

private:
    Input input_;
};
template <class Input>
[[nodiscard]] std::unique_ptr<Benchmark> make_benchmark() {
    return std::make_unique<BenchmarkOf<Input>>();
}

}  // namespace foramen::models
