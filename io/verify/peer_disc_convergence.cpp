#include "io/verify/peer_disc_convergence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace foramen::io {

using engine::Dimension;

void describe(engine::FieldVisitor& v, PeerDiscConvergence& c) {
    v.word("coarse", c.coarse, peer_refinement_words, {.help = "hexahedra of the coarse mesh"});
    v.word("fine", c.fine, peer_refinement_words, {.help = "hexahedra of the fine mesh"});
    v.quantity("tolerance", c.tolerance, Dimension::length, {1e-7, 1.0}, {.help = "of SDIRK2: displacement per step"});
    v.quantity("end", c.end, Dimension::time, {671.0, 1160.0}, {.help = "of the session"});
}

namespace {

using Traces = std::vector<models::Trace>;

Traces solved(const PeerDiscConvergence& c, PeerRefinement refinement, OffOn stabilised) {
    PeerDisc disc;
    disc.refinement = refinement;
    disc.stabilised = stabilised;
    disc.scheme = engine::Scheme::sdirk2;
    disc.tolerance = c.tolerance;
    disc.end = c.end;
    return run(disc);
}

/// The value of the step that ends at a corner of the load.
double at(const Traces& traces, const std::string& name, double time) {
    const auto trace = std::find_if(traces.begin(), traces.end(), [&](const models::Trace& t) { return t.name == name; });
    const auto nearest = std::min_element(trace->x.begin(), trace->x.end(),
                                          [&](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
    return trace->y[static_cast<std::size_t>(nearest - trace->x.begin())];
}

}  // namespace

std::vector<models::Trace> run(const PeerDiscConvergence& c) {
    const Traces a[2] = {solved(c, c.coarse, OffOn::on), solved(c, c.fine, OffOn::on)};
    const Traces b[2] = {solved(c, c.coarse, OffOn::off), solved(c, c.fine, OffOn::off)};
    std::vector<models::Trace> numbers;
    for (const double time : {660.0, 670.0, c.end}) {
        for (const std::string name : {"plate", "bulge", "nucleus_p", "annulus_p"}) {
            if (time == 670.0 && name != "plate") continue;
            const double a1 = at(a[0], name, time), a2 = at(a[1], name, time), b1 = at(b[0], name, time),
                         b2 = at(b[1], name, time);
            const double limit = (a1 * b2 - b1 * a2) / (a1 - a2 - b1 + b2);
            const std::string key = fmt::format("{} {:.0f} ", name, time);
            numbers.push_back(models::number(key + "limit", limit));
            numbers.push_back(models::number(key + "closing", std::abs(a2 - b2) / std::abs(a1 - b1)));
            numbers.push_back(models::number(key + "gain", std::abs(b1 - limit) / std::abs(a1 - limit)));
        }
    }
    return numbers;
}

}  // namespace foramen::io
