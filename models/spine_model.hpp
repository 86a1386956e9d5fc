#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/solve/newton.hpp"
#include "engine/time/time_stepper.hpp"
#include "models/attachments.hpp"
#include "models/disc.hpp"
#include "models/laboratory.hpp"
#include "models/muscle_memory.hpp"
#include "models/spine_geometry.hpp"
#include "models/support.hpp"
#include "models/vertebra_bone.hpp"

namespace foramen::models {

/// What a session does to a person at one time.
struct SessionLoads {
    double device_force = 0.0;  ///< [N]
    double angle = 0.0;         ///< of the rope above the table's plane [rad]
    double upright = 0.0;       ///< 0 lying on the table .. 1 standing [-]
    double strength = 1.0;      ///< of the muscles, over that at the start of the session [-]
};

/// A lumbar spine on its table, or a part of one in a testing machine: plain data and an engine System; no file, no clock.
/// Discs, ligaments and facets go by the number of their disc, 0 (L1-L2) to 4; a specimen has those of spec.present_discs() only.
struct SpineModel {
    SpineSpec spec;
    SpineGeometry geometry;
    engine::System system;                 ///< bodies in the order of `Body` (all of them), domains in the order of the discs present
    std::vector<DiscMesh> disc_meshes;     ///< in the order of the discs present
    std::vector<VertebraBone> bones;       ///< of the vertebrae that deform, in the order of system.flexible
    std::vector<CableGroup> ligaments, muscles;
    std::vector<double> fascicle_force;    ///< largest force of each at the start of the session [N]
    int resting_cable = -1;
    double resting_tension = 0.0;          ///< of that follower load lying [N]
    Support support;
    std::array<FreeDisc, disc_count> free_discs;  ///< heights and protrusions: what the search for the unloaded geometry changes
    Pull pull;                             ///< present pull, set by apply_pull
    std::optional<Laboratory> laboratory;  ///< of a specimen, in place of support, muscles and pull
    MuscleMemory muscle_memory;            ///< what reflex and soreness need of the past

    /// Which of the domains (and meshes, and residuals) a disc is.
    [[nodiscard]] int slot(int disc) const { return disc - spec.first_disc(); }
    [[nodiscard]] engine::BiphasicDomain& domain(int disc) { return system.domains[slot(disc)]; }
    [[nodiscard]] const engine::BiphasicDomain& domain(int disc) const { return system.domains[slot(disc)]; }
    [[nodiscard]] const DiscMesh& disc_mesh(int disc) const { return disc_meshes[slot(disc)]; }

    /// The body that ligaments, facets and muscles behind the vertebral body act on: its posterior elements where bone deforms.
    [[nodiscard]] int posterior(Body body) const;
    /// Pose of an end-plate in its body's frame: of its mean plane where bone deforms.
    [[nodiscard]] engine::Pose upper_plate(Body body) const;
    [[nodiscard]] engine::Pose lower_plate(Body body) const;
    /// Index among bones and system.flexible, -1 if the vertebra is rigid.
    [[nodiscard]] int bone_of(Body body) const;

    /// Sets the device's force and angle, the table's tilt and the muscles' activation for a time of the session. Who stands is off the
    /// table and the harness and held at the pelvis; body weight and the muscles that balance it are a follower load (assumption).
    void apply(double time, const SessionLoads& loads);
    void apply(double time, double device_force, double angle) { apply(time, SessionLoads{device_force, angle}); }
    /// Before the session: level table, no pull, relaxed muscles without reflex. A specimen: no load.
    void apply_rest();
    /// Takes the present fascicle lengths as those at rest, from which the reflex counts, and forgets the past.
    void begin_memory();
    /// Takes the present state into the muscles' memory: to be called after each accepted step of a session, also the first of length 0.
    void remember(double time);
    /// Tilt of the table: it turns from level to its incline within tilt_time of the session's start [rad].
    [[nodiscard]] double tilt(double time) const;

private:
    [[nodiscard]] engine::FascicleLaw& fascicle(std::size_t i) { return std::get<engine::FascicleLaw>(system.cables[muscles[i].first].law); }
    [[nodiscard]] std::vector<double> fibre_stretches();
};

inline constexpr double tilt_time = 10.0;  ///< s, PROPOSED

/// Why the patient would slide off under a pull: the thoracic harness and the table together hold less. Empty: they hold.
[[nodiscard]] std::string cannot_hold(const SpineModel& model, double peak_force, double angle);

/// Every assumption that the model itself makes, one sentence each, for the result.
[[nodiscard]] std::vector<std::string> assumptions(const SpineModel& model, double resting_tension);

/// Builds the model with bodies in the posture's pose; a specimen in the testing machine where spec.specimen is given.
[[nodiscard]] SpineModel build_spine(const AnatomyTables& tables, const SpineSpec& spec);

/// Gives the ties of disc `d` the shapes of the vertebrae that deform.
void tie_to_bones(const SpineModel& model, int d, engine::DomainSpec& domain);

/// Puts every disc's interior nodes between its end-plates, in proportion to their height in the stress-free mesh: a first guess.
void spread_between_plates(SpineModel& model);

/// Newton's scales for a session whose largest pull is `peak` (at least the resting compression).
[[nodiscard]] engine::NewtonOptions newton_options(const SpineModel& model, double peak);

/// Axial force that a disc carries, tension positive [N]: along the normal of its lower body's end-plate.
[[nodiscard]] double disc_axial_force(const SpineModel& model, const engine::NewtonSolver& newton, int d);

/// Mid-disc height: between the middles of the two end-plates; with a slip along the plates' mean normal [mm].
[[nodiscard]] double disc_height(const SpineModel& model, int d);

struct EquilibriumOptions {
    double height_tolerance = 0.05;       ///< [mm]
    double protrusion_tolerance = 0.1;    ///< of herniated discs [mm]
    double compression_tolerance = 1.0;   ///< of the resting compression on L4-L5 [N]
    int max_passes = 12;
};
struct EquilibriumReport {
    bool converged = false;
    std::string why;      ///< a sentence, if not converged
    int passes = 0;
    double worst_height = 0.0;       ///< largest |height - asked for| [mm]
    double worst_protrusion = 0.0;   ///< largest |protrusion - asked for| of a herniated disc [mm]
    double resting_tension = 0.0;    ///< follower load that was needed [N]
    double compression = 0.0;        ///< on L4-L5, reached; more than was asked for when tone, muscles and ligaments alone give more [N]
    double pressure = 0.0;           ///< of L4-L5 then, as a needle reads it [MPa]
    int iterations = 0, refreshes = 0;
    engine::Profile profile;  ///< of the Newton solver
};

/// Brings the spine to equilibrium with its bath and its posture (relaxed muscles, level table), and finds the stress-free disc shapes for
/// which the mid-disc heights are then those that were asked for (fixed point, accelerated: the free height is corrected by what is
/// missing). What compresses the discs are tone, passive muscles and ligaments. Only where spec.resting_compression asks for more on
/// L4-L5 a follower load is found in the same search; it never pushes. The posture's lordosis is imposed on the supports before; part of it springs back.
/// A specimen is brought to equilibrium with its bath without any load: only the heights are searched, and they hold for it.
/// Afterwards all fluid is at rest, the friction anchors lie where the body lies, and the model is ready for a session.
[[nodiscard]] EquilibriumReport find_equilibrium(SpineModel& model, const EquilibriumOptions& options);

}  // namespace foramen::models
