#pragma once

#include <array>
#include <cmath>

namespace foramen::engine {

/// Number of elements that one kernel call treats side by side, one per vector lane.
inline constexpr int lane_count = 4;

/// `lane_count` doubles in one (or two) vector registers; the usual operators act lane by lane.
typedef double Pack __attribute__((vector_size(8 * lane_count)));
/// What kernels share with the rest of the program stands at multiples of this, whatever the instruction set thinks of a vector.
inline constexpr int pack_alignment = 8 * lane_count;

template <class T>
struct Lanes;
template <>
struct Lanes<double> {
    static constexpr int count = 1;
    static double get(double v, int) { return v; }
    static void set(double& v, int, double x) { v = x; }
};
template <>
struct Lanes<Pack> {
    static constexpr int count = lane_count;
    static double get(const Pack& v, int lane) { return v[lane]; }
    static void set(Pack& v, int lane, double x) { v[lane] = x; }
};

template <class T>
[[nodiscard]] inline T broadcast(double v);
template <>
[[nodiscard]] inline double broadcast<double>(double v) {
    return v;
}
template <>
[[nodiscard]] inline Pack broadcast<Pack>(double v) {
    return Pack{} + v;
}

/// f(v) in each lane.
template <class T, class Function>
[[nodiscard]] inline T map_lanes(const T& v, Function f) {
    T out = v;
    for (int lane = 0; lane < Lanes<T>::count; ++lane) Lanes<T>::set(out, lane, f(Lanes<T>::get(v, lane)));
    return out;
}
/// Four rows of lanes as four columns: lane i of row j becomes lane j of row i.
inline void transpose_lanes(std::array<Pack, 4>& rows) {
    static_assert(lane_count == 4);
    const Pack a = __builtin_shufflevector(rows[0], rows[1], 0, 4, 2, 6), b = __builtin_shufflevector(rows[0], rows[1], 1, 5, 3, 7);
    const Pack c = __builtin_shufflevector(rows[2], rows[3], 0, 4, 2, 6), d = __builtin_shufflevector(rows[2], rows[3], 1, 5, 3, 7);
    rows = {__builtin_shufflevector(a, c, 0, 1, 4, 5), __builtin_shufflevector(b, d, 0, 1, 4, 5),
            __builtin_shufflevector(a, c, 2, 3, 6, 7), __builtin_shufflevector(b, d, 2, 3, 6, 7)};
}

/// v where v > 0, else `otherwise`, in each lane.
[[nodiscard]] inline double where_positive(double test, double v, double otherwise) { return test > 0.0 ? v : otherwise; }
[[nodiscard]] inline Pack where_positive(const Pack& test, const Pack& v, const Pack& otherwise) {
    return test > 0.0 ? v : otherwise;
}

}  // namespace foramen::engine
