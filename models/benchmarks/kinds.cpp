#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/cable_over_via_point.hpp"
#include "models/benchmarks/confined_compression.hpp"
#include "models/benchmarks/cook_membrane.hpp"
#include "models/benchmarks/facet_pair.hpp"
#include "models/benchmarks/fibre_torsion.hpp"
#include "models/benchmarks/mandel.hpp"
#include "models/benchmarks/manufactured.hpp"
#include "models/benchmarks/patch.hpp"
#include "models/benchmarks/pressure_overshoot.hpp"
#include "models/benchmarks/solute_column.hpp"
#include "models/benchmarks/swelling.hpp"
#include "models/benchmarks/thick_tube.hpp"
#include "models/benchmarks/time_order.hpp"
#include "models/benchmarks/unconfined_compression.hpp"

namespace foramen::models {

const std::vector<BenchmarkKind>& benchmark_kinds() {
    static const std::vector<BenchmarkKind> table{
        {"cable_over_via_point", "a strand over a via point holds a body that a force pulls", make_benchmark<CableOverViaPoint>},
        {"confined_compression", "a layer between impermeable walls, drained and loaded at its top", make_benchmark<ConfinedCompression>},
        {"cook_membrane", "Cook's tapered panel, clamped and sheared", make_benchmark<CookMembrane>},
        {"facet_pair", "two facets are pressed together", make_benchmark<FacetPair>},
        {"fibre_torsion", "a tube with helical fibres is twisted about its axis", make_benchmark<FibreTorsion>},
        {"mandel", "a slab between rigid plates, drained at its sides", make_benchmark<Mandel>},
        {"manufactured_biphasic", "a biphasic solid under the body force and fluid source of given smooth fields", make_benchmark<ManufacturedBiphasic>},
        {"manufactured_solid", "a finite-strain solid under the body force of a given smooth displacement", make_benchmark<ManufacturedSolid>},
        {"patch", "a distorted block in an affine state: solid, undrained, with steady flow", make_benchmark<Patch>},
        {"pressure_overshoot", "the first, very short step of a loaded column", make_benchmark<PressureOvershoot>},
        {"solute_column", "a column in which something dissolved diffuses, is carried and reacts", make_benchmark<SoluteColumn>},
        {"swelling", "a cube in its bath swells to equilibrium", make_benchmark<Swelling>},
        {"thick_tube", "a thick tube whose inner surface is pressed outwards", make_benchmark<ThickTube>},
        {"time_order", "the order of the time schemes under a smooth load", make_benchmark<TimeOrder>},
        {"unconfined_compression", "a cylinder compressed between smooth plates", make_benchmark<UnconfinedCompression>},
    };
    return table;
}

}  // namespace foramen::models
