#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/confined_compression.hpp"

namespace foramen::models {

const std::vector<BenchmarkKind>& benchmark_kinds() {
    static const std::vector<BenchmarkKind> table{
        {"confined_compression", "a layer between impermeable walls, drained and loaded at its top", make_benchmark<ConfinedCompression>},
    };
    return table;
}

}  // namespace foramen::models
