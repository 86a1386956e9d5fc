// The element's kernels, every law switched on: two dispersed fibre families, swelling, Holmes-Mow permeability.
#include <benchmark/benchmark.h>

#include "tests/support/random.hpp"
#include "tests/support/tiny_models.hpp"

namespace {

using namespace foramen;

struct Block {
    engine::BiphasicDomain domain = testing::distorted_block(false);
    std::vector<engine::BatchUnknowns> unknowns;

    Block() {
        testing::Uniform random(5);
        for (auto& u : domain.u) u = 0.03 * random();
        for (auto& p : domain.p) p = 0.1 * random();
        for (const auto& batch : domain.batches()) unknowns.push_back(domain.gather(batch));
    }
};

/// Time an element: calls `kernel` for every batch of the block.
template <class Kernel>
void per_element(benchmark::State& state, Kernel kernel) {
    const Block block;
    const auto& batches = block.domain.batches();
    for (auto _ : state)
        for (std::size_t k = 0; k < batches.size(); ++k) kernel(batches[k], block.unknowns[k]);
    using benchmark::Counter;
    state.counters["per_element"] = Counter(static_cast<double>(batches.size() * engine::lane_count),
                                            Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void residual(benchmark::State& state) {
    engine::BatchResidual out;
    per_element(state, [&](const auto& batch, const auto& x) {
        engine::evaluate_residual(batch, x, out);
        benchmark::DoNotOptimize(out);
    });
}
BENCHMARK(residual);

void tangent(benchmark::State& state) {
    engine::BatchTangent out;
    per_element(state, [&](const auto& batch, const auto& x) {
        engine::evaluate_tangent(batch, x, 1.0, true, out);
        benchmark::DoNotOptimize(out);
    });
}
BENCHMARK(tangent);

void flux_strain_tangent(benchmark::State& state) {
    engine::BatchFluxStrainTangent out;
    per_element(state, [&](const auto& batch, const auto& x) {
        engine::evaluate_flux_strain_tangent(batch, x, out);
        benchmark::DoNotOptimize(out);
    });
}
BENCHMARK(flux_strain_tangent);

/// All eight points: what measures and fields ask for.
void points(benchmark::State& state) {
    per_element(state, [&](const auto& batch, const auto& x) {
        for (int q = 0; q < 8; ++q) {
            engine::BatchPoint at = engine::evaluate_point(batch, x, q);
            benchmark::DoNotOptimize(at);
        }
    });
}
BENCHMARK(points);

}  // namespace
