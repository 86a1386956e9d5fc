#include "scenarios/study/limit.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/study/counted_random.hpp"

namespace foramen::scenarios {

namespace {

constexpr double smallest_share = 1e-12;

/// Share of a law below a value: where its quantile passes the value, by bisection.
double share_below(const Distribution& law, double value) {
    double low = 0.0, high = 1.0;
    while (high - low > smallest_share) {
        const double middle = 0.5 * (low + high);
        (law.quantile(middle) < value ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

}  // namespace

void describe(engine::FieldVisitor& v, Limit& l) {
    v.text("title", l.title, {.help = "one line", .example = "Fibre strain of the annulus", .required = true});
    v.text("about", l.about, {.help = "what was measured, how, and what is not known of it", .example = "...", .required = true});
    v.text("unit", l.unit, {.help = "of the series", .example = "MPa", .required = true});
    v.text("source", l.source, {.help = "who measured it", .example = "Skaggs et al. (1994) Spine 19:1310", .required = true});
    v.text("address", l.address, {.help = "of the source"});
    v.on_word({"status", limit_status_words, {}, {.help = "how far the numbers can be trusted", .example = "RECALLED", .required = true}}, l.status);
    v.word("harmed", l.side, limit_side_words, {.help = "on which side of its strength a tissue is harmed"});
    int deformable = l.deformable ? 1 : 0;
    static constexpr std::array<std::string_view, 2> words{"any", "deformable"};
    v.on_word({"vertebrae", words, {}, {.help = "deformable: the series is there only with vertebrae that deform"}}, deformable);
    l.deformable = deformable == 1;
    l.measure.name = l.name;
    v.text("series", l.measure.series, {.help = "of a result", .example = "peak_fibre_strain", .required = true});
    v.text("label", l.measure.label, {.help = "which of the series' labels; with a * at its end all that begin so", .absent = "all"});
    v.word("reduce", l.measure.reduce, reduction_words, {.help = "over the session"});
    l.measure.across = l.side == LimitSide::below ? Across::smallest : Across::largest;
    describe(v, l.strength, FieldKind{});
}

std::string fault(const Limit& limit) {
    for (const std::string& fault : faults(limit.strength)) return fault;
    const double low = limit.strength.quantile(1e-9), high = limit.strength.quantile(1.0 - 1e-9);
    if (!(low * high > 0.0)) return "the strength changes its sign: give low and high";
    if ((limit.side == LimitSide::below) != (high < 0.0)) return "a strength is positive where harm is above it, and negative where it is below";
    return "";
}

bool known_at_rest(const Limit& limit) {
    const Reduction r = limit.measure.reduce;
    return r == Reduction::largest || r == Reduction::smallest || r == Reduction::end || r == Reduction::start;
}

double strength_of(const Limit& limit, int seed, std::size_t row, double rest) {
    const double u = CountedRandom(static_cast<std::uint64_t>(seed), "limit " + limit.name).uniform(row);
    if (std::isnan(rest)) return limit.strength.quantile(u);
    const double weaker = share_below(limit.strength, rest);
    return limit.strength.quantile(std::clamp(limit.side == LimitSide::above ? weaker + u * (1.0 - weaker) : u * weaker, smallest_share, 1.0 - smallest_share));
}

double utilisation(double value, double strength) { return value / strength; }

}  // namespace foramen::scenarios
