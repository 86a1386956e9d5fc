#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "models/anatomy.hpp"

namespace foramen::models {

// The tables of data/, as plain numbers [mm, N, MPa, s, rad] in the frames of models/anatomy.hpp. Every row's source and
// status stand in the CSV file that it was read from (io/data_tables.hpp); the README of data/ lists them.

/// One vertebra L1..S1 of the default adult (mixed sex, stature 175 cm). data/anatomy/vertebrae.csv
struct VertebraRow {
    double endplate_width_upper, endplate_width_lower;  ///< [mm]; S1 has an upper end-plate only (lower = 0)
    double endplate_depth_upper, endplate_depth_lower;  ///< [mm]
    double height_anterior, height_posterior;           ///< body heights [mm]; 0 for S1
    double canal_width, canal_depth;                    ///< [mm]
    double pedicle_width, pedicle_height;               ///< at the isthmus [mm]
    double pedicle_x, pedicle_y, pedicle_z;             ///< centre of the left pedicle's isthmus, body frame [mm]
    double spinous_tip_x, spinous_tip_z;                ///< [mm]
    double transverse_tip_x, transverse_tip_y, transverse_tip_z;  ///< left transverse process [mm]
    double ganglion_width, ganglion_length;             ///< dorsal root ganglion of the root that leaves below [mm]
};

/// Neutral place of the thorax frame (T12: origin at its body's centre, x along its end-plates) in the frame of L1.
/// data/anatomy/thorax.csv
struct ThoraxRow {
    double x, z;  ///< [mm]
    double tilt;  ///< anterior up positive [rad]
};

/// One disc L1-L2..L5-S1. data/anatomy/discs.csv
struct DiscRow {
    double height_mid;          ///< mid-disc height, supine, healthy [mm]
    double lordotic_wedge;      ///< angle between its end-plates, anterior open positive [rad]
    double posterior_concavity; ///< depth of the kidney shape's posterior hollow [mm]
    double endplate_concavity_cranial, endplate_concavity_caudal;  ///< depth of the upper and of the lower end-plate's hollow [mm]
};

/// One facet pair (left; the right is its mirror image). data/anatomy/facets.csv
struct FacetRow {
    double centre_x, centre_y, centre_z;  ///< left pad centre in the upper vertebra's frame [mm]
    double width, height;                 ///< articular patch [mm]
    // Outward normal of the left inferior facet, a = transverse_angle, b = tilt: (sin a cos b, cos a cos b, -sin b).
    double transverse_angle;              ///< of the joint plane from the sagittal plane [rad]
    double tilt;                          ///< of the joint plane from the vertical [rad]
};

/// How a ligament's strands lie: from -y to +y, half of them at +y and half at -y, or all at y = 0.
enum class LigamentLayout { spread, pair, midline };

/// One strand bundle of one ligament at one disc level; points in body frames. data/ligaments/strands.csv
/// Law "strand": slack length l0 = l_geom (1 + eps_r); eps = (l - l0)/l0;
/// F = k eps^2/(2 eps_t) for 0 < eps < eps_t, k (eps - eps_t/2) above.
struct LigamentRow {
    std::string name;  ///< ALL PLL LF CL ITL ISL SSL
    int disc;          ///< 0..4
    LigamentLayout layout;
    int strands;       ///< in the whole ligament (both sides together where it has two)
    double upper_x, upper_y, upper_z;  ///< mean attachment on the upper vertebra; y is the half spread or the side's offset [mm]
    double lower_x, lower_y, lower_z;  ///< mean attachment on the lower vertebra
    double reference_strain;   ///< eps_r [-]; negative: pre-tension
    double transition_strain;  ///< eps_t [-]
    double stiffness;          ///< k per strand [N per unit strain]
    double failure_strain;     ///< of the ligament at this level [-]; NaN where no source gives one
};

/// How far a ligament of one imported spine strays from its row in the tables. data/ligaments/imported_ligaments.csv
struct ImportedLigamentRow {
    std::string anatomy;  ///< its name
    std::string name;
    int disc;             ///< 0..4
    double stiffness;     ///< factor [-]
};

/// Toe + linear alternative set (E1, transition strain, E2, area). data/ligaments/bilinear.csv
struct LigamentBilinearRow {
    std::string name;
    double e1, transition_strain, e2;  ///< [MPa], [-], [MPa]
    double area;                       ///< of the whole ligament; CL and ITL: of one side [mm2]
};

/// A point of a fascicle's path: body (thorax..S1; pelvis and sacrum points are on S1) and position in that body's frame,
/// in the axes of models/anatomy.hpp and at the size of the default adult of vertebrae.csv. data/muscles/fascicles.csv
struct MusclePoint {
    Body body;
    double x, y, z;  ///< [mm]
};

/// One fascicle, left side. data/muscles/fascicles.csv
struct FascicleRow {
    std::string name;    ///< of the source, for example Ps_L1_VB
    std::string muscle;  ///< psoas, multifidus, longissimus, iliocostalis, quadratus_lumborum, rectus_abdominis, external_oblique, internal_oblique
    double max_force;             ///< F_max [N]
    double optimal_fibre_length;  ///< [mm]
    double tendon_slack_length;   ///< [mm]
    double pennation;             ///< [rad]
    std::vector<MusclePoint> path;  ///< first, via points, last
};

/// One tissue of the disc in one Pfirrmann grade. data/materials/disc_tissues.csv
struct DiscTissueRow {
    double shear_modulus;            ///< drained ground substance mu = 2 (C10 + C01) [MPa]
    double lame_lambda;              ///< drained [MPa]
    double c01_share;                ///< C01/(C10 + C01), 0 for neo-Hookean [-]
    double water_fraction;           ///< n_f0, by volume, at J = 1 [-]
    double fixed_charge;             ///< c_F0 [mEq per ml of water]
    double collagen_fraction;        ///< rho_c, of the dry weight [-]
    double water_mass_fraction;      ///< nf_m [-]
    double permeability;             ///< k0 [mm^4/(N s)] at J = 1
    double permeability_m;           ///< exponent M of the Argoubi law [-]
    double permeability_alpha;       ///< Holmes-Mow exponent alpha [-]
    double permeability_holmes_mow_m;  ///< Holmes-Mow exponent M [-]
    double inner_shear = 1.0;        ///< annulus: mu beside the nucleus over that at the outer surface, geometric between [-]
};

struct DiscGradeRow {
    double height_factor;        ///< disc height over the healthy height [-]
    double nucleus_area_factor;  ///< nucleus area over the healthy nucleus' area [-]
    DiscTissueRow nucleus, annulus, endplate;
};

/// Annulus fibres: HGO constants on a grid (ring outer..inner) x (anterior..posterior), linear between. data/materials/annulus_fibres.csv
struct AnnulusFibreTable {
    double kappa;                        ///< dispersion [-]
    std::array<std::array<double, 5>, 5> k1;  ///< [layer outer..inner][region anterior..posterior] [MPa]
    std::array<std::array<double, 5>, 5> k2;  ///< [-]
    double angle_anterior_outer, angle_posterior_outer;  ///< to the transverse plane [rad]
    double angle_inner_gain;             ///< added from outer to inner ring [rad]
    double path_angle_factor = 1.0;      ///< on the angle to the transverse plane of fibres that lie along the paths of files [-]
};

/// How far the discs of one spine stray from the tables: factors of every grade [-]. data/materials/imported_tissues.csv
struct DiscTissueFactors {
    double fibre_k1_outer = 1.0;      ///< k1 of the annulus fibres in front, outer surface
    double fibre_k1_inner = 1.0;      ///< the same beside the nucleus
    double fibre_k1_posterior = 1.0;  ///< behind, on top of the two
    double fibre_k2 = 1.0;            ///< k2 of the annulus fibres
    double fibre_k2_inner = 1.0;      ///< the same beside the nucleus, on top of it
    double fibre_angle = 1.0;         ///< their angle to the transverse plane, by the law of the tables and along the paths of files
    double annulus_shear = 1.0;       ///< mu of the annulus' ground substance
    double annulus_shear_inner = 1.0; ///< the same beside the nucleus, on top of it
    double annulus_lambda = 1.0;      ///< lambda of it
    double nucleus_moduli = 1.0;      ///< mu and lambda of the nucleus
    double fixed_charge = 1.0;        ///< of the nucleus
    bool operator==(const DiscTissueFactors&) const = default;
};

/// Constants of bone in one state of density, isotropic. data/materials/bone.csv
struct BoneRow {
    double cortical_modulus, cancellous_modulus, posterior_modulus, endplate_modulus;  ///< [MPa]
    double cortical_poisson, cancellous_poisson, posterior_poisson, endplate_poisson;  ///< [-]
    double cortical_thickness, endplate_thickness;                                     ///< [mm]
    double yield_compression, yield_tension;                                           ///< strains of cancellous bone, positive [-]
};

/// One solute. data/nutrition/solutes.csv
struct SoluteRow {
    double diffusivity;  ///< in free water at body temperature [mm2/s]
};

/// What the blood beside a disc holds. data/nutrition/supply.csv
struct SoluteSupplyRow {
    double oxygen;   ///< partial pressure [kPa]
    double glucose;  ///< [mmol/l]
    double lactate;  ///< [mmol/l]
};

/// Cells of one tissue of the disc. data/nutrition/cells.csv
struct DiscCellsRow {
    double density;  ///< that turn over, undeformed [1/mm3]
};

/// Segment masses as fractions of body mass. data/body/segments.csv
struct BodySegmentRow {
    double pulled;  ///< pelvis and legs
    double upper;   ///< thorax, arms, head
};

struct AnatomyTables {
    std::array<VertebraRow, 6> vertebrae;  ///< L1..L5, S1
    ThoraxRow thorax;
    std::array<DiscRow, disc_count> discs;
    std::array<FacetRow, disc_count> facets;
    std::vector<LigamentRow> ligaments;
    std::vector<LigamentBilinearRow> ligaments_bilinear;
    std::vector<ImportedLigamentRow> imported_ligaments;
    std::vector<FascicleRow> fascicles;
    std::array<DiscGradeRow, 5> grades;    ///< Pfirrmann I..V
    AnnulusFibreTable fibres;
    std::map<std::string, DiscTissueFactors> imported_tissues;  ///< by the name of an imported anatomy
    std::array<BoneRow, 3> bone;           ///< in the order of BoneState
    BodySegmentRow female, male;
    std::array<SoluteRow, 3> solutes;      ///< in the order of engine::Solute
    SoluteSupplyRow endplate_supply, annulus_supply;
    std::array<DiscCellsRow, 3> cells;     ///< nucleus, annulus, cartilage end-plate
};

}  // namespace foramen::models
