// Times the direct solvers on a u-p lattice: ldlt_bench [nx ny nz [reference]]. CPU time of one thread, best of ten.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "engine/solve/symbolic_factor.hpp"
#include "tests/support/lattice_matrix.hpp"

namespace {

template <class F>
double best_milliseconds(int repeats, F&& f) {
    double best = 1e300;
    for (int k = 0; k < repeats; ++k) {
        timespec begin, end;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        f();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        best = std::min(best, (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) * 1e-6);
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace foramen;
    const int nx = argc > 3 ? std::atoi(argv[1]) : 16, ny = argc > 3 ? std::atoi(argv[2]) : 12,
              nz = argc > 3 ? std::atoi(argv[3]) : 11;
    const testing::SymmetricMatrix matrix = testing::lattice_matrix(nx, ny, nz);
    const int n = matrix.pattern.n;
    std::shared_ptr<const engine::SymbolicFactor> symbolic;
    const double analysis = best_milliseconds(1, [&] { symbolic = engine::analyze(matrix.pattern); });
    std::printf("%d x %d x %d hexahedra, n %d (pressures %d), entries %d\n", nx, ny, nz, n, matrix.pressure_count,
                matrix.pattern.entry_count());
    std::printf("analysis %.0f ms, %.2f GF, supernodes %d, largest front %d, L %.1f M numbers, updates %.1f M\n", analysis,
                symbolic->operations * 1e-9, symbolic->supernode_count(), symbolic->largest_front,
                symbolic->panel_start.back() * 1e-6, symbolic->update_storage * 1e-6);

    using engine::SolverKind;
    std::vector<SolverKind> kinds = {SolverKind::supernodal_f32, SolverKind::supernodal_f64};
    if (argc > 4) {
        kinds.push_back(SolverKind::eigen_simplicial);
        if (engine::solver_available(SolverKind::mumps)) kinds.push_back(SolverKind::mumps);
    }
    for (const SolverKind kind : kinds) {
        const auto solver = engine::make_linear_solver(kind, symbolic);
        const bool reference = kind == SolverKind::eigen_simplicial || kind == SolverKind::mumps;
        engine::FactorReport report;
        const double factor = best_milliseconds(reference ? 1 : 10, [&] { report = solver->factor(matrix.values); });
        std::printf("%-24s factor %8.1f ms (%5.1f GF/s), negative %d, smallest pivot %.1e; solve",
                    std::string(solver->name()).c_str(), factor, symbolic->operations * 1e-6 / factor,
                    report.negative_pivots, report.smallest_pivot);
        for (const int count : {1, 4, 8, 12, 16}) {
            std::vector<double> x(static_cast<std::size_t>(n) * count, 1.0);
            std::printf("  %d: %.2f ms", count, best_milliseconds(reference ? 1 : 20, [&] {
                            std::fill(x.begin(), x.end(), 1.0);
                            solver->solve(x, count);
                        }));
        }
        std::printf("\n");
    }
}
