#include "scenarios/laboratory.hpp"

#include "engine/core/units.hpp"

namespace foramen::scenarios {

using engine::Dimension;

namespace {

engine::Notes for_ends(bool applies, std::string_view ends, engine::Notes notes) {
    notes.applies = applies;
    notes.applies_to = ends;
    return notes;
}

void describe_step(engine::FieldVisitor& v, LoadStep& s, UpperEnd end) {
    const engine::Range moments{-50.0_Nm, 50.0_Nm};
    const auto moment = [&](std::string_view name, std::optional<double>& value, std::string_view help) {
        v.quantity(name, value, Dimension::moment, moments,
                   for_ends(end == UpperEnd::free, "upper_end free", {.help = help, .absent = "as before; at first none", .example = "7.5 Nm"}));
    };
    moment("flexion", s.flexion, "pure moment on the upper vertebra; extension is negative");
    moment("left_bending", s.left_bending, "pure moment; bending to the right is negative");
    moment("left_rotation", s.left_rotation, "pure moment; axial rotation to the right is negative");
    v.quantity("follower", s.follower, Dimension::force, {0.0_N, 3000.0_N},
               {.help = "follower load along the vertebrae's centres", .absent = "as before; at first none", .example = "400 N"});
    v.quantity("compression", s.compression, Dimension::force, {-3000.0_N, 10000.0_N},
               for_ends(end != UpperEnd::driven, "upper_end free, sliding",
                        {.help = "axial force on the upper vertebra; tension is negative", .absent = "as before; at first none", .example = "500 N"}));
    v.quantity("shortening", s.shortening, Dimension::length, {-20.0_mm, 20.0_mm},
               for_ends(end == UpperEnd::driven, "upper_end driven",
                        {.help = "axial displacement of the upper vertebra; pulling apart is negative", .absent = "as before; at first none", .example = "0.5 mm"}));
    v.quantity("ramp", s.ramp, Dimension::time, {0.01_s, 86400.0_s}, {.help = "time in which the loads change, at constant rates", .example = "10 s"});
    v.quantity("hold", s.hold, Dimension::time, {0.0_s, 1e7_s}, {.help = "time for which they then stay", .example = "30 s"});
}

}  // namespace

void describe(engine::FieldVisitor& v, Laboratory& l) {
    v.word("upper", l.upper, upper_vertebra_words, {.help = "uppermost vertebra of the specimen, which is loaded"});
    v.word("lower", l.lower, lower_vertebra_words, {.help = "lowest vertebra of the specimen, which is fixed"});
    v.word("parts", l.parts, specimen_parts_words, {.help = "all: with ligaments and facet joints; discs: bodies and discs alone"});
    v.word("upper_end", l.upper_end, upper_end_words,
           {.help = "free: moves in all directions; sliding: along the axis only, under a force; driven: along the axis, as prescribed"});
    v.word("moment_axes", l.moment_axes, moment_axes_words, {.help = "the moments' axes are fixed in space, or turn with the upper vertebra"});
    v.word("endplates", l.endplates, specimen_endplates_words,
           {.help = "clotted: as of bone that was taken out, whose marrow lets a fiftieth of the water through; open: as in a living person",
            .source = "van der Veen 2005: hardly any water flows back into discs in vitro; the fiftieth is calibrated on O'Connell 2011"});
    v.quantity("follower_shift", l.follower_shift, Dimension::length, {-20.0_mm, 20.0_mm},
               {.help = "of the follower load's path before the vertebrae's centres", .example = "2 mm"});
    v.on_list(
        "steps", {.help = "the test, one step after another", .example = "[{flexion: 7.5 Nm, ramp: 10 s}]", .required = true}, l.steps.size(),
        [&](std::size_t n) { l.steps.resize(n); }, [&](std::size_t i) { describe_step(v, l.steps[i], l.upper_end); });
}

}  // namespace foramen::scenarios
