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

/// One curve a lane, those of a part read at once; the values are those of Curve::at. The curves are borrowed.
struct CurveLanes {
    LaneNumbers from, inverse_step, step, intervals;
    LaneNumbers outside;  ///< share of the end slope that goes on outside: 1 linear, 0 constant
    std::array<const double*, lane_count> knots{};

    void set(int lane, const Curve& curve) {
        from[lane] = curve.from();
        inverse_step[lane] = curve.inverse_step();
        step[lane] = curve.step();
        intervals[lane] = curve.intervals();
        outside[lane] = curve.outside() == Curve::Outside::linear ? 1.0 : 0.0;
        knots[static_cast<std::size_t>(lane)] = curve.knots();
    }

    [[nodiscard]] CurvePack at(const Pack& x, int part) const {
        using Index = int __attribute__((vector_size(4 * register_lanes)));
        const Pack &scale = inverse_step.part(part), &width = step.part(part), &count = intervals.part(part);
        const Pack position = (x - from.part(part)) * scale;
        // a trial state of Newton's method may be anywhere, or no number: the index stays inside
        Pack inside = position > 0.0 ? position : Pack{};
        inside = inside < count ? inside : count;
        const Pack last = count - 1.0;
        const Index i = __builtin_convertvector(inside < last ? inside : last, Index);
        const Pack t = inside - __builtin_convertvector(i, Pack), beyond = position - inside;
        std::array<Quad, register_lanes> ends;  // of each lane's interval: value, slope, next value, next slope
        const double* const* const first = knots.data() + part * register_lanes;
        for (int lane = 0; lane < register_lanes; ++lane)
            std::memcpy(&ends[static_cast<std::size_t>(lane)], first[lane] + 2 * static_cast<std::ptrdiff_t>(i[lane]), sizeof(Quad));
        const std::array<Pack, 4> k = transposed(ends);
        const Pack rise = k[2] - k[0], m0 = k[1] * width, m1 = k[3] * width;
        const Pack c2 = 3.0 * rise - 2.0 * m0 - m1, c3 = m0 + m1 - 2.0 * rise;
        const Pack slope = m0 + t * (2.0 * c2 + 3.0 * t * c3);  // an interval
        const Pack end_slope = outside.part(part) * slope;
        return {k[0] + t * (m0 + t * (c2 + t * c3)) + beyond * end_slope, (beyond == 0.0 ? slope : end_slope) * scale};
    }
};

}  // namespace foramen::engine
