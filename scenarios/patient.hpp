#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"
#include "models/anatomy.hpp"
#include "models/spine_spec.hpp"

namespace foramen::scenarios {

enum class Endplates { healthy, sclerosed, blocked };
enum class HerniationZone { central, posterolateral, foraminal, extraforaminal };
enum class Tone { healthy, low_back_pain, guarding, spasm };
enum class LigamentLaw { strands, bilinear };
enum class Contraindication {
    none,
    unknown,
    fracture,
    instability,
    spondylolisthesis,
    severe_osteoporosis,
    tumour,
    infection,
    advanced_rheumatoid_arthritis,
    uncontrolled_hypertension,
    cauda_equina,
    aortic_aneurysm,
    pregnancy,
    recent_surgery,
};

inline constexpr std::array<std::string_view, 2> sex_words{"female", "male"};
inline constexpr std::array<std::string_view, 3> endplate_words{"healthy", "sclerosed", "blocked"};
inline constexpr std::array<std::string_view, 4> herniation_zone_words{"central", "posterolateral", "foraminal",
                                                                       "extraforaminal"};
inline constexpr std::array<std::string_view, 4> tone_words{"healthy", "low_back_pain", "guarding", "spasm"};
inline constexpr std::array<std::string_view, 2> ligament_law_words{"strands", "bilinear"};
inline constexpr std::array<std::string_view, 14> contraindication_words{"none",
                                                                         "unknown",
                                                                         "fracture",
                                                                         "instability",
                                                                         "spondylolisthesis",
                                                                         "severe_osteoporosis",
                                                                         "tumour",
                                                                         "infection",
                                                                         "advanced_rheumatoid_arthritis",
                                                                         "uncontrolled_hypertension",
                                                                         "cauda_equina",
                                                                         "aortic_aneurysm",
                                                                         "pregnancy",
                                                                         "recent_surgery"};

struct Herniation {
    HerniationZone zone = HerniationZone::posterolateral;
    models::Side side = models::Side::left;
    double protrusion = 0.0;  ///< beyond the disc margin [mm]
    double tear = 0.9;        ///< share of the fibres' stiffness that is lost there [-]
    bool operator==(const Herniation&) const = default;
};

enum class FacetContact { present, lost };
enum class StenosisSide { left, right, both };
inline constexpr std::array<std::string_view, 2> facet_contact_words{"present", "lost"};
inline constexpr std::array<std::string_view, 3> stenosis_side_words{"left", "right", "both"};

/// Both joints of a level.
struct Facets {
    double hypertrophy = 0.0;   ///< thickening of the superior articular process [mm]
    std::optional<double> gap;  ///< [mm]
    double stiffness = 1.0;     ///< of the contact, over healthy [-]
    double tropism = 0.0;       ///< left less right transverse angle [rad]
    double capsule = 1.0;       ///< stiffness of the capsular ligaments, over healthy [-]
    FacetContact contact = FacetContact::present;
    bool operator==(const Facets&) const = default;
};

/// What narrows a foramen and the recess before it.
struct Stenosis {
    StenosisSide side = StenosisSide::both;
    double flavum = 0.0;             ///< thickening [mm]
    double spur = 0.0;               ///< of bone [mm]
    std::optional<double> ganglion;  ///< width [mm]
    std::optional<double> root;      ///< diameter [mm]
    bool operator==(const Stenosis&) const = default;
};

struct DiscCondition {
    int grade = 1;                 ///< Pfirrmann, 1..5
    std::optional<double> height;  ///< mid-disc height, supine [mm]
    Endplates endplates = Endplates::healthy;
    double calcification = 0.0;    ///< share of the cartilage end-plates [-]
    std::optional<Herniation> herniation;
    Facets facets;
    std::optional<Stenosis> stenosis;
    double slip = 0.0;    ///< of the upper vertebra, forwards [mm]
    double laxity = 0.0;  ///< slack length of the ligaments over healthy, less 1 [-]
    bool operator==(const DiscCondition&) const = default;
};

/// Activation by a fascicle's own lengthening, a delay ago. Lengths are over optimal fibre length, from the relaxed one.
struct Reflex {
    std::optional<double> length_gain;  ///< activation per lengthening [-]
    std::optional<double> rate_gain;    ///< activation per rate of lengthening [s]
    double length_threshold = 0.0;      ///< [-]
    double rate_threshold = 0.0;        ///< [1/s]
    double delay = 0.06;                ///< [s]
    double ceiling = 0.3;               ///< of tone and reflex together [-]
    bool operator==(const Reflex&) const = default;
};

struct Muscles {
    Tone tone = Tone::healthy;
    std::optional<double> initial_activation;  ///< [-]
    std::optional<double> final_activation;    ///< [-]
    std::optional<double> relaxation_time;     ///< [s]
    double passive_length = 1.0;               ///< fibre length at neutral supine over optimal length [-]
    double strength = 1.0;                     ///< factor on every fascicle's largest force [-]
    Reflex reflex;
    double soreness_threshold = 0.05;          ///< activation above which lengthening counts as eccentric strain [-]
    bool operator==(const Muscles&) const = default;
};

/// Activation a(t) = final + (initial - final) exp(-t/relaxation_time).
struct ToneCourse {
    double initial, final;   ///< [-]
    double relaxation_time;  ///< [s]
};

/// The tone's course with the patient's overrides.
[[nodiscard]] ToneCourse tone_course(const Muscles& muscles);

/// The tone's reflex with the patient's overrides: guarding and spasm have one, the others have none.
[[nodiscard]] models::StretchReflex stretch_reflex(const Muscles& muscles);

struct Ligaments {
    LigamentLaw law = LigamentLaw::strands;
    bool operator==(const Ligaments&) const = default;
};

struct Patient {
    models::Sex sex = models::Sex::female;
    double age = 46.0;               ///< [yr]
    double stature = 1680.0;         ///< [mm]
    double body_mass = 70.0;         ///< [kg]
    std::optional<double> lordosis;  ///< L1-S1, supine with straight hips [rad]
    std::optional<double> standing_load;  ///< follower load of upright standing [N]
    double t_score = 0.0;            ///< bone density [standard deviations of young adults]
    std::array<DiscCondition, models::disc_count> discs;
    Muscles muscles;
    Ligaments ligaments;
    std::vector<Contraindication> contraindications;  ///< empty: not answered
    bool operator==(const Patient&) const = default;
};

/// Follower load that stands for upright standing [N]: as given, else 500 N at 70 kg, in proportion to the body mass.
[[nodiscard]] double standing_load(const Patient& patient);

/// Weight of the whole body [N].
[[nodiscard]] double body_weight(const Patient& patient);

void describe(engine::FieldVisitor& v, Herniation& h);
void describe(engine::FieldVisitor& v, Facets& f);
void describe(engine::FieldVisitor& v, Stenosis& s);
void describe(engine::FieldVisitor& v, DiscCondition& d);
void describe(engine::FieldVisitor& v, Reflex& r);
void describe(engine::FieldVisitor& v, Muscles& m);
void describe(engine::FieldVisitor& v, Ligaments& l);
void describe(engine::FieldVisitor& v, Patient& p);

}  // namespace foramen::scenarios
