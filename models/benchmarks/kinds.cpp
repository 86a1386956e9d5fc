#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/confined_compression.hpp"
#include "models/benchmarks/manufactured.hpp"

namespace foramen::models {

const std::vector<BenchmarkKind>& benchmark_kinds() {
    static const std::vector<BenchmarkKind> table{
        {"confined_compression", "a layer between impermeable walls, drained and loaded at its top", make_benchmark<ConfinedCompression>},
        {"manufactured_solid", "a finite-strain solid under the body force of a given smooth displacement", make_benchmark<ManufacturedSolid>},
        {"manufactured_biphasic", "a biphasic solid under the body force and fluid source of given smooth fields", make_benchmark<ManufacturedBiphasic>},
    };
    return table;
}

}  // namespace foramen::models
