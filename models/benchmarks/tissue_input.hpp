#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"
#include "engine/solve/newton.hpp"
#include "engine/system/system.hpp"

namespace foramen::models {

enum class BenchmarkPermeability { constant, holmes_mow };
inline constexpr std::array<std::string_view, 2> benchmark_permeability_words{"constant", "holmes_mow"};

/// One biphasic tissue without swelling: neo-Hookean, permeability constant or by Holmes & Mow (1990).
struct TissueInput {
    double modulus = 1.0;           ///< Young's, drained, at rest [MPa]
    double poisson = 0.2;           ///< Poisson's ratio, drained, at rest [-]
    double permeability = 1e-3;     ///< at rest [mm4/(N s)]
    BenchmarkPermeability law = BenchmarkPermeability::constant;
    double solid_fraction = 0.2;    ///< phi0 of Holmes-Mow [-]
    double exponent = 4.0;          ///< M of Holmes-Mow [-]
    double power = 2.0;             ///< alpha of Holmes-Mow [-]
};

void describe(engine::FieldVisitor& v, TissueInput& t);

/// Permeability, then osmotic pressure (none): what DomainSpec::curves holds of it.
[[nodiscard]] std::vector<engine::Curve> tissue_curves(const TissueInput& t);

/// A domain that consists of the tissue; boundary conditions are left to the caller.
[[nodiscard]] engine::DomainSpec one_tissue(engine::HexMesh mesh, const TissueInput& t);

/// Prescribes the displacement of a node set along an axis.
void fix(engine::DomainSpec& spec, const char* set, int axis);

/// A system of one domain without bodies, factored in double precision.
[[nodiscard]] engine::System one_domain(engine::DomainSpec spec, engine::SolverKind solver = engine::SolverKind::supernodal_f64);

/// Newton scales of a problem with a given stress, length and displacement, solved to `accuracy` of them.
[[nodiscard]] engine::NewtonOptions newton_scales(double stress, double length, double displacement, double accuracy);

}  // namespace foramen::models
