#pragma once

#include <string>
#include <vector>

#include "models/disc_state.hpp"
#include "models/foramen.hpp"
#include "models/nerve_roots.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

/// One observable over time: a scalar or one value per label.
struct Observable {
    std::string name, units, long_name, comment;
    std::string dimension;            ///< empty for a scalar
    std::vector<std::string> labels;  ///< empty for a scalar
    [[nodiscard]] std::size_t size() const { return labels.empty() ? 1 : labels.size(); }
};

/// Reads all observables of a spine on its table or of a specimen in the laboratory (then of the discs present); definitions in docs/observables.md.
class SpineObserver {
public:
    /// The present state of `model` becomes the rest from which changes are counted.
    explicit SpineObserver(const SpineModel& model);

    [[nodiscard]] const std::vector<Observable>& observables() const { return observables_; }
    /// Values of all observables one after another, each with its labels' count.
    [[nodiscard]] std::vector<double> read(const SpineModel& model, const engine::NewtonSolver& newton) const;
    [[nodiscard]] const std::vector<ForamenLandmarks>& foramina() const { return foramina_; }
    /// Where an observable's first value stands in read(). @throws ContractViolation for an unknown name
    [[nodiscard]] std::size_t offset(const std::string& name) const;

private:
    void add_scalar(const char* name, const char* units, const char* long_name, const char* comment);
    void add_per_disc(const char* name, const char* units, const char* long_name, const char* comment);
    void list_body();
    void list_laboratory();
    void list_levels();
    void list_muscle_moments();
    void list_discs();
    void list_disc_changes();
    void list_canal();
    void list_foramina();
    void list_roots(const SpineModel& model);
    void list_attachments(const SpineModel& model);
    void list_bones(const SpineModel& model);

    std::vector<Observable> observables_;
    std::vector<ForamenLandmarks> foramina_;
    std::vector<RootPassage> roots_;
    std::vector<std::string> discs_;              // names of those present
    std::vector<Eigen::Matrix3d> rest_rotation_;  // of each segment present
    std::vector<double> rest_water_;              // of each disc present [mm3]
    double rest_length_ = 0.0;
};

/// Device, table and harness of a person, lordosis and elongation, in the order in which SpineObserver lists them.
/// @param rest_length  from T12 to S1 at the start [mm]
void read_body(const SpineModel& model, double rest_length, std::vector<double>& out);

/// Loads, angles and section loads of a specimen, in the order in which SpineObserver lists them.
/// @param rest  turn of each segment present without load
void read_laboratory(const SpineModel& model, const engine::NewtonSolver& newton, const std::vector<Eigen::Matrix3d>& rest, std::vector<double>& out);

/// Angles, moments by what carries them and their balance for each level, in the order in which SpineObserver lists them.
void read_levels(const SpineModel& model, const engine::NewtonSolver& newton, const std::vector<Eigen::Matrix3d>& rest, std::vector<double>& out);

/// What has changed in each disc and where its annulus is strained most; then the canal, where there are posterior elements.
/// @param states      of the discs present
/// @param rest_water  of each at the start [mm3]
void read_disc_changes(const std::vector<DiscState>& states, const std::vector<double>& rest_water, std::vector<double>& out);
void read_canal(const SpineModel& model, std::vector<double>& out);

/// Nerve roots and herniated discs, in the order in which SpineObserver lists them.
void read_roots(const SpineModel& model, const std::vector<RootPassage>& roots, std::vector<double>& out);

/// What the bone of vertebrae that deform bears, in the order in which SpineObserver lists it.
void read_bones(const SpineModel& model, const engine::NewtonSolver& newton, std::vector<double>& out);

/// Force balance at the cut through each disc: what disc (read at the end-plate below it), ligaments, facets and muscles carry
/// against all that acts on the bodies above from outside, over the scale [-]. Independent of the sums that Newton's method drives to
/// zero, which read the disc's force at the end-plate above.
[[nodiscard]] std::array<double, disc_count> force_balance(const SpineModel& model, const engine::NewtonSolver& newton);

}  // namespace foramen::models
