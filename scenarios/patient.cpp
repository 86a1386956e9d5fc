#include "scenarios/patient.hpp"

#include "engine/core/units.hpp"

namespace foramen::scenarios {

using engine::Dimension;

namespace {
constexpr std::array<std::string_view, 5> grade_words{"1", "2", "3", "4", "5"};
constexpr std::array<std::string_view, 5> grade_romans{"I", "II", "III", "IV", "V"};

/// Healthy and low-back-pain levels and the 4-6 min to baseline: Cholewicki 2009 and the studies quoted there; the others
/// are assumptions.
constexpr std::array<ToneCourse, 4> tone_courses{{
    {0.01, 0.002, 120.0},
    {0.04, 0.01, 120.0},
    {0.10, 0.04, 120.0},
    {0.20, 0.10, 120.0},
}};

struct ReflexGains {
    double length, rate;  ///< [-], [s]
};
/// Assumptions, all of them: no gain per fascicle was found. Relaxed people lie still under a pull (Cholewicki 2009: below 1.1 % of the
/// maximal activation), so only those who guard have a reflex unless it is given.
constexpr std::array<ReflexGains, 4> reflex_gains{{{0.0, 0.0}, {0.0, 0.0}, {0.5, 0.05}, {0.5, 0.05}}};
}  // namespace

ToneCourse tone_course(const Muscles& muscles) {
    ToneCourse course = tone_courses[static_cast<std::size_t>(muscles.tone)];
    course.initial = muscles.initial_activation.value_or(course.initial);
    course.final = muscles.final_activation.value_or(course.final);
    course.relaxation_time = muscles.relaxation_time.value_or(course.relaxation_time);
    return course;
}

models::StretchReflex stretch_reflex(const Muscles& muscles) {
    const ReflexGains gains = reflex_gains[static_cast<std::size_t>(muscles.tone)];
    const Reflex& r = muscles.reflex;
    return {r.length_gain.value_or(gains.length), r.rate_gain.value_or(gains.rate), r.length_threshold, r.rate_threshold, r.delay, r.ceiling};
}

double standing_load(const Patient& patient) {
    constexpr double load = 500.0, mass = 70.0;  // N, kg
    return patient.standing_load.value_or(load * patient.body_mass / mass);
}

double body_weight(const Patient& patient) { return patient.body_mass * standard_gravity; }

void describe(engine::FieldVisitor& v, Herniation& h) {
    v.word("zone", h.zone, herniation_zone_words, {.help = "where the disc tissue lies"});
    v.word("side", h.side, models::side_names, {.help = "side of the body; of no meaning for a central herniation"});
    v.quantity("protrusion", h.protrusion, Dimension::length, {0.5_mm, 15.0_mm},
               {.help = "how far it reaches beyond the disc margin, lying at rest", .example = "4 mm", .required = true});
    v.quantity("tear", h.tear, Dimension::fraction, {0.0, 1.0},
               {.help = "share of the stiffness that the annulus' fibres have lost in its middle",
                .source = "assumption: no measurement was found",
                .example = "90 %"});
}

void describe(engine::FieldVisitor& v, Facets& f) {
    v.quantity("hypertrophy", f.hypertrophy, Dimension::length, {0.0, 8.0_mm},
               {.help = "thickening of the superior articular processes, into foramen and recess", .example = "2 mm"});
    v.quantity("gap", f.gap, Dimension::length, {0.0, 3.0_mm},
               {.help = "between the joints' surfaces at the disc heights asked for", .absent = "0.4 mm", .example = "0.2 mm"});
    v.quantity("stiffness", f.stiffness, Dimension::none, {0.1, 20.0},
               {.help = "of the contact, over that of healthy cartilage: degenerated joints are stiffer"});
    v.quantity("tropism", f.tropism, Dimension::angle, {-40.0_deg, 40.0_deg},
               {.help = "left less right angle to the sagittal plane, half of it to each side", .example = "10 deg"});
    v.quantity("capsule", f.capsule, Dimension::none, {0.0, 10.0}, {.help = "stiffness of the capsular ligaments over that of healthy ones"});
    v.word("contact", f.contact, facet_contact_words, {.help = "lost: the joints bear nothing (a defect of the pars, or joints removed)"});
}

void describe(engine::FieldVisitor& v, Stenosis& s) {
    v.word("side", s.side, stenosis_side_words, {.help = "which foramen"});
    v.quantity("flavum", s.flavum, Dimension::length, {0.0, 8.0_mm}, {.help = "thickening of the ligamentum flavum", .example = "2 mm"});
    v.quantity("spur", s.spur, Dimension::length, {0.0, 8.0_mm},
               {.help = "bone that grows forwards from the superior articular process", .example = "2 mm"});
    v.quantity("ganglion", s.ganglion, Dimension::length, {2.0_mm, 12.0_mm},
               {.help = "width of the ganglion in the foramen", .absent = "of the level's table", .example = "7 mm"});
    v.quantity("root", s.root, Dimension::length, {1.0_mm, 9.0_mm},
               {.help = "diameter of the nerve root that passes on behind the disc",
                .source = "3 to 5 mm (recalled)",
                .absent = "4 mm at the size of the person",
                .example = "5 mm"});
}

void describe(engine::FieldVisitor& v, DiscCondition& d) {
    int grade = d.grade - 1;
    v.on_word({"grade", grade_words, grade_romans, {.help = "Pfirrmann grade of degeneration, 1 (or I) healthy to 5 (or V)"}},
              grade);
    d.grade = grade + 1;
    v.quantity("height", d.height, Dimension::length, {2.0_mm, 20.0_mm},
               {.help = "height in the middle of the disc, lying, as read off an image",
                .absent = "from stature, sex and grade",
                .example = "10 mm"});
    v.word("endplates", d.endplates, endplate_words,
           {.help = "how freely fluid passes the end-plates: sclerosed less, blocked not at all"});
    v.quantity("calcification", d.calcification, Dimension::fraction, {0.0, 0.9},
               {.help = "share of the cartilage end-plates that is calcified: neither water nor solutes pass it", .example = "50 %"});
    v.section("herniation", d.herniation,
              {.help = "a focal protrusion: torn fibres, nucleus tissue in the tear", .absent = "none"});
    v.section("facets", d.facets, {.help = "the two facet joints of the level"});
    v.section("stenosis", d.stenosis, {.help = "a narrow foramen and lateral recess", .absent = "none"});
    v.quantity("slip", d.slip, Dimension::length, {0.0, 20.0_mm},
               {.help = "of the upper vertebra, forwards (spondylolisthesis)", .example = "4 mm"});
    v.quantity("laxity", d.laxity, Dimension::fraction, {0.0, 0.5},
               {.help = "how much longer the slack ligaments of the level are than healthy ones", .example = "10 %"});
}

void describe(engine::FieldVisitor& v, Reflex& r) {
    v.quantity("length_gain", r.length_gain, Dimension::none, {0.0, 5.0},
               {.help = "activation per lengthening of the fibres over their optimal length",
                .absent = "0.5 for guarding and spasm, else 0",
                .example = "0.5"});
    v.quantity("rate_gain", r.rate_gain, Dimension::time, {0.0_s, 1.0_s},
               {.help = "activation per rate of that lengthening", .absent = "0.05 s for guarding and spasm, else 0 s", .example = "50 ms"});
    v.quantity("length_threshold", r.length_threshold, Dimension::fraction, {0.0, 0.5},
               {.help = "lengthening beyond the relaxed length that is not answered"});
    v.quantity("rate_threshold", r.rate_threshold, Dimension::frequency, {0.0, 10.0},
               {.help = "rate of lengthening, in optimal lengths a second, that is not answered", .example = "0.01 Hz"});
    v.quantity("delay", r.delay, Dimension::time, {0.01_s, 0.5_s},
               {.help = "from lengthening to activation", .source = "53 to 70 ms after a sudden load: Radebold 2000"});
    v.quantity("ceiling", r.ceiling, Dimension::fraction, {0.0, 1.0}, {.help = "most that tone and reflex reach together"});
}

void describe(engine::FieldVisitor& v, Muscles& m) {
    v.word("tone", m.tone, tone_words,
           {.help = "resting activation and how it relaxes while the patient lies",
            .source = "first levels of healthy and low_back_pain: Cholewicki 2009; all final levels, guarding and spasm are assumptions"});
    v.quantity("initial_activation", m.initial_activation, Dimension::fraction, {0.0, 0.5},
               {.help = "activation at the start, of the maximal voluntary one", .absent = "from tone", .example = "4 %"});
    v.quantity("final_activation", m.final_activation, Dimension::fraction, {0.0, 0.5},
               {.help = "activation after long rest", .absent = "from tone", .example = "1 %"});
    v.quantity("relaxation_time", m.relaxation_time, Dimension::time, {1.0_s, 7200.0_s},
               {.help = "time constant of the way from the one to the other", .absent = "from tone", .example = "2 min"});
    v.quantity("passive_length", m.passive_length, Dimension::none, {0.9, 1.15},
               {.help = "fibre length lying with straight hips over optimal length: above 1 the muscles are tight",
                .source = "assumption: no measurement in lying subjects"});
    v.quantity("strength", m.strength, Dimension::fraction, {0.0, 3.0},
               {.help = "of every fascicle's largest force, active and passive; 0 % takes the muscles away", .example = "80 %"});
    v.section("reflex", m.reflex, {.help = "activation of each fascicle by its own lengthening"});
    v.quantity("soreness_threshold", m.soreness_threshold, Dimension::fraction, {0.0, 1.0},
               {.help = "activation above which lengthening counts as eccentric strain",
                .source = "assumption: no measurement was found"});
}

void describe(engine::FieldVisitor& v, Ligaments& l) {
    v.word("law", l.law, ligament_law_words, {.help = "parameter set: calibrated strands with pre-strain, or bilinear E1/E2"});
}

void describe(engine::FieldVisitor& v, Patient& p) {
    v.word("sex", p.sex, sex_words, {.help = "selects proportions and segment masses"});
    v.quantity("age", p.age, Dimension::age, {18.0, 95.0}, {.help = "adults only; noted, but this release derives nothing from it"});
    v.quantity("stature", p.stature, Dimension::length, {1300.0_mm, 2200.0_mm}, {.help = "standing height", .example = "168 cm"});
    v.quantity("body_mass", p.body_mass, Dimension::mass, {30.0, 250.0}, {.help = "also what %BW refers to"});
    v.quantity("lordosis", p.lordosis, Dimension::angle, {0.0_deg, 90.0_deg},
               {.help = "angle between the end-plates of L1 and S1, lying with straight hips",
                .absent = "of the default adult",
                .example = "45 deg"});
    v.quantity("standing_load", p.standing_load, Dimension::force, {0.0, 3000.0},
               {.help = "follower load along the vertebral bodies that stands for weight and muscles in upright standing",
                .source = "500 N: Rohlmann 2009 (recalled)",
                .absent = "500 N at 70 kg, in proportion to body_mass",
                .example = "500 N"});
    v.quantity("t_score", p.t_score, Dimension::none, {-6.0, 4.0},
               {.help = "bone density: normal bone above -1, osteoporotic from -2.5 down; of effect with model.vertebrae: deformable",
                .source = "thresholds: WHO 1994",
                .example = "-2.5"});
    v.on_section("discs", {.help = "condition of each disc"}, nullptr, [&] {
        for (std::size_t i = 0; i < p.discs.size(); ++i)
            v.section(models::disc_names[i], p.discs[i], {.help = "condition of this disc"});
    });
    v.section("muscles", p.muscles, {.help = "tone and tightness"});
    v.section("ligaments", p.ligaments, {.help = "ligament model"});
    v.words("contraindications", p.contraindications, contraindication_words,
            {.help = "must be answered: none, unknown, or what the patient has; anything but none is refused for purpose therapy",
             .example = "none",
             .required = true});
}

}  // namespace foramen::scenarios
