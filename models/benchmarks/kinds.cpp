#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/confined_compression.hpp"
#include "models/benchmarks/mandel.hpp"
#include "models/benchmarks/patch.hpp"
#include "models/benchmarks/pressure_overshoot.hpp"
#include "models/benchmarks/swelling.hpp"
#include "models/benchmarks/time_order.hpp"
#include "models/benchmarks/unconfined_compression.hpp"

namespace foramen::models {

const std::vector<BenchmarkKind>& benchmark_kinds() {
    static const std::vector<BenchmarkKind> table{
        {"confined_compression", "a layer between impermeable walls, drained and loaded at its top", make_benchmark<ConfinedCompression>},
        {"mandel", "a slab between rigid plates, drained at its sides", make_benchmark<Mandel>},
        {"patch", "a distorted block in an affine state: solid, undrained, with steady flow", make_benchmark<Patch>},
        {"pressure_overshoot", "the first, very short step of a loaded column", make_benchmark<PressureOvershoot>},
        {"swelling", "a cube in its bath swells to equilibrium", make_benchmark<Swelling>},
        {"time_order", "the order of the time schemes under a smooth load", make_benchmark<TimeOrder>},
        {"unconfined_compression", "a cylinder compressed between smooth plates", make_benchmark<UnconfinedCompression>},
    };
    return table;
}

}  // namespace foramen::models
