#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/cable_over_via_point.hpp"
#include "models/benchmarks/confined_compression.hpp"
#include "models/benchmarks/cook_membrane.hpp"
#include "models/benchmarks/facet_pair.hpp"
#include "models/benchmarks/fibre_torsion.hpp"
#include "models/benchmarks/manufactured.hpp"
#include "models/benchmarks/thick_tube.hpp"

namespace foramen::models {

const std::vector<BenchmarkKind>& benchmark_kinds() {
    static const std::vector<BenchmarkKind> table{
        {"confined_compression", "a layer between impermeable walls, drained and loaded at its top", make_benchmark<ConfinedCompression>},
        {"cook_membrane", "Cook's tapered panel, clamped and sheared", make_benchmark<CookMembrane>},
        {"manufactured_solid", "a finite-strain solid under the body force of a given smooth displacement", make_benchmark<ManufacturedSolid>},
        {"manufactured_biphasic", "a biphasic solid under the body force and fluid source of given smooth fields", make_benchmark<ManufacturedBiphasic>},
        {"thick_tube", "a thick tube whose inner surface is pressed outwards", make_benchmark<ThickTube>},
        {"fibre_torsion", "a tube with helical fibres is twisted about its axis", make_benchmark<FibreTorsion>},
        {"facet_pair", "two facets are pressed together", make_benchmark<FacetPair>},
        {"cable_over_via_point", "a strand over a via point holds a body that a force pulls", make_benchmark<CableOverViaPoint>},
    };
    return table;
}

}  // namespace foramen::models
