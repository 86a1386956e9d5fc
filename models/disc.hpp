#pragma once

#include "engine/materials/osmotic.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "models/disc_mesh.hpp"
#include "models/spine_geometry.hpp"

namespace foramen::models {

/// The stress-free shape of a disc.
struct FreeDisc {
    double height;            ///< between the end-plates' middles [mm]
    double wedge;             ///< angle between the end-plates [rad]
    double protrusion = 0.0;  ///< of a herniated disc [mm]
};

/// Shape of disc `d` in the frame of its lower body.
[[nodiscard]] DiscShape disc_shape(const SpineGeometry& geometry, const SpineSpec& spec, int d, const FreeDisc& free);

/// A disc as a substructure: mesh, tissues, ties to the body below (slot 0) and above (slot 1).
struct Disc {
    DiscMesh mesh;               ///< stress-free
    engine::DomainSpec domain;
};

/// Builds the disc, from its parametric shape or, lengthened to its free height, from an imported mesh. Ground, fibres (HGO), permeability
/// (Argoubi or Holmes-Mow) and osmotic pressure come from the tables by grade; fluid leaves through the cartilage-covered bone
/// (unless blocked) and the outer annulus. Cartilage conducts by its open share; where an imported mesh has none, the elements on bone
/// resist the flow as much as the parametric disc's layer would.
/// @param curves  k(J) and dpi(J) as disc_curves() makes them
/// @throws GeometryError where an element is turned inside out
[[nodiscard]] Disc build_disc(const SpineGeometry& geometry, const SpineSpec& spec, int d, const FreeDisc& free,
                              std::vector<engine::Curve> curves);

/// Share of a disc's cartilage end-plates that lets water and solutes pass: 1 healthy, a tenth sclerosed (PROPOSED), times what is
/// not calcified. Calcified cartilage stands in columns through the whole thickness: it passes nothing and has no cells. (That
/// a blocked end-plate passes nothing to the bone is a boundary condition, not a share.)
[[nodiscard]] double open_share(const SpineSpec::Disc& disc);

/// k(J) and dpi(J) of nucleus, annulus and cartilage of disc `d`, in that order; then, of an imported disc without cartilage, k of the elements on bone.
[[nodiscard]] std::vector<engine::Curve> disc_curves(const SpineGeometry& geometry, const SpineSpec& spec, int d);

/// Drained Mooney-Rivlin constants of a row of the tables, of the annulus at a depth (0 outer surface .. 1 nucleus):
/// mu = shear_modulus inner_shear^depth.
[[nodiscard]] engine::MooneyRivlin<double> ground_substance(const DiscTissueRow& row, double depth = 0.0);

/// Swelling of a row of the tables at body temperature.
[[nodiscard]] engine::IntrafibrillarDonnan swelling_law(const DiscTissueRow& row, engine::CollagenKind kind);

/// HGO constants of an annulus element: k1, k2 bilinear in layer and region, the angle by circumference and layer.
struct FibreConstants {
    double k1;     ///< [MPa]
    double k2;     ///< [-]
    double angle;  ///< to the transverse plane [rad]
};
/// @param depth          0 outer surface .. 1 nucleus
/// @param circumference  0 anterior .. pi posterior [rad]
[[nodiscard]] FibreConstants annulus_fibre(const AnnulusFibreTable& table, double depth, double circumference);

}  // namespace foramen::models
