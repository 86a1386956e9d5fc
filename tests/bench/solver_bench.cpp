// Direct solvers on a u-p lattice of 2112 hexahedra; the reference solvers of the tests beside ours.
#include <benchmark/benchmark.h>

#include "engine/solve/reference_solvers.hpp"
#include "engine/solve/symbolic_factor.hpp"
#include "tests/support/lattice_matrix.hpp"

namespace {

using namespace foramen;
using engine::SolverKind;

[[maybe_unused]] const bool with_mumps = engine::offer_mumps();

struct Lattice {
    testing::SymmetricMatrix matrix = testing::lattice_matrix(16, 12, 11);
    std::shared_ptr<const engine::SymbolicFactor> symbolic = engine::analyze(matrix.pattern);
};
const Lattice& lattice() {
    static const Lattice one;
    return one;
}

void analysis(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(engine::analyze(lattice().matrix.pattern));
}
BENCHMARK(analysis)->Unit(benchmark::kMillisecond);

void factor(benchmark::State& state, SolverKind kind) {
    if (!engine::solver_available(kind)) return state.SkipWithError("not in this build");
    const auto solver = engine::make_linear_solver(kind, lattice().symbolic);
    for (auto _ : state) benchmark::DoNotOptimize(solver->factor(lattice().matrix.values));
    state.counters["flops"] = benchmark::Counter(lattice().symbolic->operations, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(factor, f32, SolverKind::supernodal_f32)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(factor, f64, SolverKind::supernodal_f64)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(factor, Eigen, SolverKind::eigen_simplicial)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(factor, MUMPS, SolverKind::mumps)->Unit(benchmark::kMillisecond)->Iterations(1);

/// Argument: right-hand sides at once.
void solve(benchmark::State& state, SolverKind kind) {
    if (!engine::solver_available(kind)) return state.SkipWithError("not in this build");
    const auto solver = engine::make_linear_solver(kind, lattice().symbolic);
    if (!solver->factor(lattice().matrix.values).ok) return state.SkipWithError("no factor");
    const int sides = static_cast<int>(state.range(0));
    std::vector<double> x(static_cast<std::size_t>(lattice().matrix.pattern.n) * static_cast<std::size_t>(sides));
    for (auto _ : state) {
        std::fill(x.begin(), x.end(), 1.0);
        solver->solve(x, sides);
        benchmark::DoNotOptimize(x.data());
    }
    const double number = kind == SolverKind::supernodal_f32 ? 4.0 : 8.0;  // bytes; L is read twice
    state.counters["bytes"] = benchmark::Counter(2.0 * number * static_cast<double>(lattice().symbolic->panel_start.back()),
                                                 benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(solve, f32, SolverKind::supernodal_f32)->Arg(1)->Arg(12)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve, f64, SolverKind::supernodal_f64)->Arg(1)->Arg(12)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve, Eigen, SolverKind::eigen_simplicial)->Arg(1)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(solve, MUMPS, SolverKind::mumps)->Arg(1)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
