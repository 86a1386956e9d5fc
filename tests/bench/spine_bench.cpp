// Five discs between their vertebrae. Argument: 0 coarse, 1 reference, 2 fine. What a Newton iteration is made of, and its file.
#include <benchmark/benchmark.h>

#include "models/disc_state.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/spine_rows.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace foramen;

/// A spine as it is built, with one factor.
struct Bench {
    explicit Bench(benchmark::State& state)
        : model(models::build_spine(testing::source_tables(), spec(state))),
          newton(model.system, models::newton_options(model, 0.0)) {
        for (const auto& domain : model.system.domains) stage.target.push_back(Eigen::VectorXd::Zero(domain.node_count()));
        newton.evaluate(stage);
        factor();
    }
    static models::SpineSpec spec(const benchmark::State& state) {
        models::SpineSpec spec;
        spec.resolution = static_cast<models::Resolution>(state.range(0));
        return spec;
    }
    void factor() {
        for (int d = 0; d < static_cast<int>(model.system.domains.size()); ++d)
            benchmark::DoNotOptimize(model.system.domains[d].refresh_factor(stage.tau, true, model.system.slot_poses(d)));
    }

    models::SpineModel model;
    engine::NewtonSolver newton;
    engine::StageInput stage{{}, 1.0};
};

void residual_of_five_discs(benchmark::State& state) {
    Bench bench(state);
    for (auto _ : state) bench.newton.evaluate(bench.stage);
}
BENCHMARK(residual_of_five_discs)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();

void correction_of_five_discs(benchmark::State& state) {
    Bench bench(state);
    std::vector<Eigen::VectorXd> volumes;
    for (const auto& residual : bench.newton.residuals()) volumes.push_back(residual.volume);
    for (auto _ : state) benchmark::DoNotOptimize(bench.newton.response_to_volumes(volumes));
}
BENCHMARK(correction_of_five_discs)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();

void assembly_and_factor_of_five_discs(benchmark::State& state) {
    Bench bench(state);
    for (auto _ : state) bench.factor();
}
BENCHMARK(assembly_and_factor_of_five_discs)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();

void building(benchmark::State& state) {
    for (auto _ : state) {
        const models::SpineModel model = models::build_spine(testing::source_tables(), Bench::spec(state));
        benchmark::DoNotOptimize(&model);
    }
}
BENCHMARK(building)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Fields of one output time, five discs: computing them.
void fields_of_five_discs(benchmark::State& state) {
    const Bench bench(state);
    for (auto _ : state)
        for (const int d : bench.model.spec.present_discs()) benchmark::DoNotOptimize(models::disc_fields(bench.model, d));
}
BENCHMARK(fields_of_five_discs)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Ten output times of two discs of n^3 hexahedra: compressing and writing them.
void writing_ten_outputs(benchmark::State& state) {
    const auto blocks = testing::sample_blocks(static_cast<int>(state.range(0)));
    const testing::TemporaryFolder folder;
    for (auto _ : state) {
        io::ResultWriter writer(folder.file("bench.h5"), blocks, testing::sample_series(), {}, {});
        testing::append_sample_steps(writer, blocks, 0, 10);
        writer.finish(io::RunStatus::complete, {});
    }
}
BENCHMARK(writing_ten_outputs)->Arg(9)->Arg(15)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
