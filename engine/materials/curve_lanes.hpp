#pragma once

#include <cstring>

#include "engine/core/pack.hpp"
#include "engine/materials/curve.hpp"

namespace foramen::engine {

/// Value and slope of one curve a lane.
struct CurvePack {
    Pack value;
    Pack slope;
};

/// One curve a lane, all read at once; the values are those of Curve::at. The curves are borrowed.
struct CurveLanes {
    Pack from, inverse_step, step, intervals;
    Pack outside;  ///< share of the end slope that goes on outside: 1 linear, 0 constant
    std::array<const double*, lane_count> knots{};

    void set(int lane, const Curve& curve) {
        from[lane] = curve.from();
        inverse_step[lane] = curve.inverse_step();
        step[lane] = curve.step();
        intervals[lane] = curve.intervals();
        outside[lane] = curve.outside() == Curve::Outside::linear ? 1.0 : 0.0;
        knots[static_cast<std::size_t>(lane)] = curve.knots();
    }

    [[nodiscard]] CurvePack at(const Pack& x) const {
        using Index = int __attribute__((vector_size(4 * lane_count)));
        const Pack position = (x - from) * inverse_step;
        // a trial state of Newton's method may be anywhere, or no number: the index stays inside
        Pack inside = position > 0.0 ? position : Pack{};
        inside = inside < intervals ? inside : intervals;
        const Pack last = intervals - 1.0;
        const Index i = __builtin_convertvector(inside < last ? inside : last, Index);
        const Pack t = inside - __builtin_convertvector(i, Pack), beyond = position - inside;
        std::array<Pack, 4> k;  // of each lane: value, slope, next value, next slope
        for (int lane = 0; lane < lane_count; ++lane)
            std::memcpy(&k[static_cast<std::size_t>(lane)], knots[static_cast<std::size_t>(lane)] + 2 * static_cast<std::ptrdiff_t>(i[lane]), sizeof(Pack));
        transpose_lanes(k);
        const Pack rise = k[2] - k[0], m0 = k[1] * step, m1 = k[3] * step;
        const Pack c2 = 3.0 * rise - 2.0 * m0 - m1, c3 = m0 + m1 - 2.0 * rise;
        const Pack slope = m0 + t * (2.0 * c2 + 3.0 * t * c3);  // an interval
        const Pack end_slope = outside * slope;
        return {k[0] + t * (m0 + t * (c2 + t * c3)) + beyond * end_slope, (beyond == 0.0 ? slope : end_slope) * inverse_step};
    }
};

}  // namespace foramen::engine
