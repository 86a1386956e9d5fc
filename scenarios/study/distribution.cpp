#include "scenarios/study/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/study/normal_law.hpp"

namespace foramen::scenarios {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double share_below(double bound, double centre, double width) {
    if (std::isinf(bound)) return bound < 0.0 ? 0.0 : 1.0;
    return normal_share((bound - centre) / width);
}

/// Quantile of a normal law cut off at two bounds.
double truncated_normal(double u, double centre, double width, double low, double high) {
    const double from = share_below(low, centre, width), to = share_below(high, centre, width);
    const double p = std::clamp(from + u * (to - from), std::numeric_limits<double>::min(), 1.0 - 0x1p-53);
    return std::clamp(centre + width * normal_quantile(p), low, high);
}

double triangular(double u, double low, double peak, double high) {
    const double left = (peak - low) / (high - low);
    if (u < left) return low + std::sqrt(u * (high - low) * (peak - low));
    return high - std::sqrt((1.0 - u) * (high - low) * (high - peak));
}

double log_or(double bound, double otherwise) { return bound > 0.0 && std::isfinite(bound) ? std::log(bound) : otherwise; }

double chosen(double u, const std::vector<Choice>& choices) {
    double all = 0.0;
    for (const Choice& c : choices) all += c.share;
    double below = 0.0;
    for (const Choice& c : choices) {
        below += c.share / all;
        if (u < below) return c.value;
    }
    return choices.back().value;
}

}  // namespace

double Distribution::quantile(double u) const {
    if (!choices.empty()) return chosen(u, choices);
    const double from = low.value_or(-infinity), to = high.value_or(infinity);
    switch (law) {
        case Law::uniform: return from + u * (to - from);
        case Law::triangular: return triangular(u, from, *mean, to);
        case Law::normal: return truncated_normal(u, *mean, *deviation, from, to);
        case Law::lognormal: break;
    }
    // of ln x, from mean and deviation of x: s^2 = ln(1 + (deviation/mean)^2), m = ln mean - s^2/2
    const double variance = std::log1p(*deviation * *deviation / (*mean * *mean));
    const double centre = std::log(*mean) - 0.5 * variance;
    return std::exp(truncated_normal(u, centre, std::sqrt(variance), log_or(from, -infinity), log_or(to, infinity)));
}

std::vector<std::string> faults(const Distribution& d) {
    std::vector<std::string> all;
    if (!d.choices.empty()) {
        if (d.low || d.high || d.mean || d.deviation) all.emplace_back("values and a law exclude each other");
        double sum = 0.0;
        for (const Choice& c : d.choices) sum += c.share;
        if (!(sum > 0.0)) all.emplace_back("the shares add up to nothing");
        return all;
    }
    const bool bounded = d.law == Law::uniform || d.law == Law::triangular;
    if (bounded && !(d.low && d.high)) all.emplace_back("needs low and high");
    if (d.low && d.high && !(*d.low < *d.high)) all.emplace_back("low is not below high");
    if (d.law == Law::uniform) {
        if (d.mean || d.deviation) all.emplace_back("uniform has neither mean nor deviation");
        return all;
    }
    if (!d.mean) all.emplace_back(d.law == Law::triangular ? "needs a mean: the peak" : "needs a mean");
    if (d.law == Law::triangular) {
        if (d.deviation) all.emplace_back("triangular has no deviation");
        if (all.empty() && (*d.mean < *d.low || *d.mean > *d.high)) all.emplace_back("the peak lies outside low and high");
        return all;
    }
    if (!d.deviation) all.emplace_back("needs a deviation");
    if (d.deviation && !(*d.deviation > 0.0)) all.emplace_back("the deviation is not above 0");
    if (d.law == Law::lognormal && d.mean && !(*d.mean > 0.0)) all.emplace_back("the mean of a lognormal law is above 0");
    return all;
}

void describe(engine::FieldVisitor& v, Distribution& d, const FieldKind& kind) {
    v.word("distribution", d.law, law_words, {.help = "law of the input; normal and lognormal are cut off at low and high where given"});
    v.quantity("low", d.low, kind.dimension, kind.range, {.help = "lower bound", .absent = "none"});
    v.quantity("high", d.high, kind.dimension, kind.range, {.help = "upper bound", .absent = "none"});
    v.quantity("mean", d.mean, kind.dimension, {}, {.help = "of the law before it is cut off; of triangular its peak", .absent = "must be given"});
    v.quantity("deviation", d.deviation, kind.dimension, {}, {.help = "standard deviation before it is cut off", .absent = "must be given"});
}

}  // namespace foramen::scenarios
