#include "scenarios/traction.hpp"

#include <initializer_list>

#include "engine/core/units.hpp"

namespace foramen::scenarios {

using engine::Dimension;
using enum TractionMode;

namespace {
/// The modes that use a field, and their names for messages and manual.
struct UsedBy {
    std::initializer_list<TractionMode> modes;
    std::string_view text;
};

engine::Notes used_by(const UsedBy& used, TractionMode mode, engine::Notes notes) {
    notes.applies = false;
    for (const TractionMode m : used.modes) notes.applies = notes.applies || m == mode;
    notes.applies_to = used.text;
    return notes;
}

const UsedBy holding{{intermittent, static_pull, progressive, manual}, "intermittent, static, progressive, manual"};
const UsedBy resting{{intermittent, progressive, manual}, "intermittent, progressive, manual"};
const UsedBy ramping{{intermittent, static_pull, progressive, sinusoidal, manual},
                     "intermittent, static, progressive, sinusoidal, manual"};
const UsedBy timed{{intermittent, static_pull, sinusoidal, manual}, "intermittent, static, sinusoidal, manual"};
const UsedBy cyclic{{intermittent, manual}, "intermittent, manual"};
const UsedBy stepping{{progressive}, "progressive"};
const UsedBy waving{{sinusoidal}, "sinusoidal"};
const UsedBy by_hand{{manual}, "manual"};
const UsedBy recorded{{measured}, "measured"};

void describe_hold(engine::FieldVisitor& v, Hold& h, TractionMode mode) {
    v.quantity("force", h.force, Dimension::force, {1.0_N, 2000.0_N},
               {.help = "what the device pulls at full hold", .absent = "must be given", .example = "300 N"});
    v.quantity("time", h.time, Dimension::time, {0.5_s, 7200.0_s},
               used_by(resting, mode, {.help = "at full force, per cycle, ramps not counted", .example = "60 s"}));
}

void describe_low(engine::FieldVisitor& v, Low& l, TractionMode mode) {
    v.quantity("force", l.force, Dimension::force, {0.0_N, 2000.0_N},
               {.help = "between the holds (progressive: where the steps start); the rope is never slacker than the pretension",
                .example = "100 N"});
    v.quantity("time", l.time, Dimension::time, {0.0_s, 3600.0_s},
               used_by(cyclic, mode, {.help = "at this force, per cycle", .example = "20 s"}));
}
}  // namespace

void describe(engine::FieldVisitor& v, Ramp& r) {
    const engine::QuantityField rate{"", Dimension::force_rate, {0.1, 1000.0}, {}};
    const engine::QuantityField time{"", Dimension::time, {0.05, 600.0}, {}};
    v.on_measure({"up", rate, time, {.help = "rising edge, as a mean rate or as a time", .example = "15 N/s"}}, r.up);
    v.on_measure({"down", rate, time, {.help = "falling edge, as a mean rate or as a time", .example = "20 N/s"}}, r.down);
    v.word("shape", r.shape, ramp_shape_words,
           {.help = "linear; smooth: half a cosine; logarithmic: ln(1 + 9 s)/ln 10 over its share s, fast first (decompression "
                    "tables; an assumption)"});
}

void describe(engine::FieldVisitor& v, Steps& s) {
    v.whole("up", s.up, 1, 50, "", {.help = "number of equal steps up from rest.force to hold.force"});
    v.whole("down", s.down, 1, 50, "", {.help = "number of equal steps back"});
    v.quantity("time", s.time, Dimension::time, {1.0_s, 3600.0_s}, {.help = "on each step between"});
}

void describe(engine::FieldVisitor& v, Wave& w) {
    v.quantity("mean", w.mean, Dimension::force, {0.0_N, 2000.0_N},
               {.help = "force about which the pull swings", .absent = "must be given", .example = "200 N"});
    v.quantity("amplitude", w.amplitude, Dimension::force, {0.0_N, 1000.0_N},
               {.help = "half the swing; at most the mean: a rope cannot push", .absent = "must be given", .example = "100 N"});
    v.quantity("frequency", w.frequency, Dimension::frequency, {0.001, 2.0}, {.help = "swings per time", .example = "0.1 Hz"});
}

void describe(engine::FieldVisitor& v, Irregularity& i) {
    v.whole("seed", i.seed, 0, 1000000000, "", {.help = "the same seed gives the same pull"});
    v.quantity("force", i.force, Dimension::fraction, {0.0, 0.5},
               {.help = "half range of each hold's force", .source = "assumption: nothing measured was found"});
    v.quantity("time", i.time, Dimension::fraction, {0.0, 0.9},
               {.help = "half range of each hold's and rest's time", .source = "assumption: nothing measured was found"});
}

void describe(engine::FieldVisitor& v, Measured& m) {
    v.text("file", m.file,
           {.help = "CSV with the header time [s], force [N] (other units are converted); beside the scenario",
            .absent = "from points",
            .example = "pull.csv"});
    v.on_curve({"points",
                Dimension::time,
                Dimension::force,
                {.help = "the record itself, [time, force] a point; where it is given the file is only named",
                 .example = "[[0 s, 0 N], [20 s, 300 N], [60 s, 300 N], [75 s, 0 N]]"}},
               m.points);
}

void describe(engine::FieldVisitor& v, Traction& t) {
    v.word("mode", t.mode, traction_mode_words, {.help = "kind of pull"});
    v.on_section("hold", used_by(holding, t.mode, {.help = "the pull"}), nullptr, [&] { describe_hold(v, t.hold, t.mode); });
    v.on_section("rest", used_by(resting, t.mode, {.help = "between the pulls"}), nullptr,
                 [&] { describe_low(v, t.rest, t.mode); });
    v.section("ramp", t.ramp, used_by(ramping, t.mode, {.help = "edges"}));
    v.quantity("pretension", t.pretension, Dimension::force, {0.0_N, 200.0_N},
               used_by(ramping, t.mode,
                       {.help = "least force on the rope while the traction lasts; takes up the slack first",
                        .source = "Eltrac 471 manual: at least 15 N"}));
    v.quantity("angle", t.angle, Dimension::angle, {0.0_deg, 60.0_deg},
               {.help = "of the rope above the plane of the table", .example = "18 deg"});
    v.quantity("duration", t.duration, Dimension::time, {5.0_s, 7200.0_s},
               used_by(timed, t.mode,
                       {.help = "from the first pull to the slack rope; the last cycle is cut by a ramp that ends then",
                        .absent = "from cycles",
                        .example = "25 min"}));
    v.on_whole({"cycles", 1, 1000, "",
                used_by(cyclic, t.mode,
                        {.help = "number of holds, instead of a duration; the rope goes slack after the last",
                         .absent = "from duration",
                         .example = "15"}),
                true},
               t.cycles);
    v.section("steps", t.steps, used_by(stepping, t.mode, {.help = "the staircase"}));
    v.section("wave", t.wave, used_by(waving, t.mode, {.help = "the swing"}));
    v.section("irregularity", t.irregularity, used_by(by_hand, t.mode, {.help = "how much a therapist's pull varies"}));
    v.section("measured", t.measured, used_by(recorded, t.mode, {.help = "a recorded pull"}));
}

}  // namespace foramen::scenarios
