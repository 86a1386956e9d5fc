#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"
#include "models/anatomy.hpp"
#include "scenarios/equipment.hpp"
#include "scenarios/laboratory.hpp"
#include "scenarios/patient.hpp"
#include "scenarios/posture.hpp"
#include "scenarios/traction.hpp"

namespace foramen::scenarios {

enum class Purpose { therapy, research };
enum class ActivityKind { rest, lying, traction, standing };
enum class Vertebrae { rigid, deformable };
enum class Transport { none, solutes };
enum class SolverPrecision { f32, f64 };
enum class OsmoticLaw { intrafibrillar, ideal };
enum class PermeabilityLaw { argoubi, holmes_mow };

inline constexpr std::array<std::string_view, 2> purpose_words{"therapy", "research"};
inline constexpr std::array<std::string_view, 4> activity_words{"rest", "lying", "traction", "standing"};
inline constexpr std::array<std::string_view, 4> resolution_words{"coarse", "reference", "fine", "finest"};
inline constexpr std::array<std::string_view, 2> imported_elements_words{"split", "as_given"};
inline constexpr std::array<std::string_view, 2> imported_ligaments_words{"calibrated", "as_given"};
inline constexpr std::array<std::string_view, 2> imported_tissues_words{"calibrated", "as_tables"};
inline constexpr std::array<std::string_view, 2> vertebrae_words{"rigid", "deformable"};
inline constexpr std::array<std::string_view, 2> transport_words{"none", "solutes"};
inline constexpr std::array<std::string_view, 2> solver_precision_words{"f32", "f64"};
inline constexpr std::array<std::string_view, 2> osmotic_law_words{"intrafibrillar", "ideal"};
inline constexpr std::array<std::string_view, 2> permeability_law_words{"argoubi", "holmes_mow"};

/// One entry of the session: either so much time without pull, or a traction.
struct Activity {
    ActivityKind kind = ActivityKind::rest;
    double time = 300.0;  ///< of rest, lying, standing [s]
    Traction traction;    ///< of traction
    bool operator==(const Activity&) const = default;
};

/// Sessions on several days, as one run: fluid, heights and muscles are carried over.
struct Course {
    int sessions = 10;
    std::vector<Activity> between;  ///< from one session to the next, without traction
    double strengthening = 0.0;     ///< of the muscles, from each session to the next [-]
    bool operator==(const Course&) const = default;
};

/// How the model is discretised and stepped.
struct ModelChoices {
    models::Resolution resolution = models::Resolution::reference;
    models::ImportedElements imported_elements = models::ImportedElements::split;
    models::ImportedLigaments imported_ligaments = models::ImportedLigaments::calibrated;
    models::ImportedTissues imported_tissues = models::ImportedTissues::calibrated;
    Vertebrae vertebrae = Vertebrae::rigid;
    OsmoticLaw osmotic = OsmoticLaw::intrafibrillar;
    PermeabilityLaw permeability = PermeabilityLaw::argoubi;
    Transport transport = Transport::none;
    SolverPrecision solver_precision = SolverPrecision::f32;  ///< of the factor; residuals are always f64
    double time_tolerance = 0.005;                            ///< error of a displacement per step [mm]
    double force_tolerance = 1e-3;                            ///< unbalanced force on a body over the largest pull
    double max_step = 60.0;                                   ///< [s]
    double max_step_between = 1800.0;                         ///< standing, or lying between sessions [s]
    bool operator==(const ModelChoices&) const = default;
};

/// What is written, besides the histories of every step.
struct OutputChoices {
    double fields = 10.0;  ///< interval [s]
    int precision = 16;    ///< mantissa bits of the fields
    std::string file;      ///< empty: the scenario's name with .h5
    bool operator==(const OutputChoices&) const = default;
};

/// The word for the spine of the tables at the size of the patient.
inline constexpr std::string_view parametric_anatomy = "parametric";

/// Everything a run needs, in internal units (mm, N, MPa, s, rad; masses in kg).
struct Scenario {
    int format = 1;
    std::string name;
    std::string description;
    Purpose purpose = Purpose::therapy;
    Patient patient;
    std::string anatomy{parametric_anatomy};  ///< or a folder or YAML file of somebody's own spine
    std::optional<Laboratory> laboratory;  ///< a test of a specimen, in place of posture, table, harness, device and session
    Posture posture;
    Table table;
    Harness harness;
    Device device;
    std::vector<Activity> session;
    std::optional<Course> course;
    ModelChoices model;
    OutputChoices output;
    bool operator==(const Scenario&) const = default;
};

/// All activities one after another: the session, or the course's sessions with what lies between them.
[[nodiscard]] std::vector<Activity> activities(const Scenario& scenario);

void describe(engine::FieldVisitor& v, Activity& a);
void describe(engine::FieldVisitor& v, Course& c);
void describe(engine::FieldVisitor& v, ModelChoices& m);
void describe(engine::FieldVisitor& v, OutputChoices& o);
void describe(engine::FieldVisitor& v, Scenario& s);

}  // namespace foramen::scenarios
