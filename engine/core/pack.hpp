#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace foramen::engine {

/// Elements of a batch, which one kernel call treats.
inline constexpr int lane_count = 8;
/// Those of them that one register of the set holds that this is compiled for: a kernel goes through a batch in `lane_count /
/// register_lanes` parts. (On SSE2 a pack is two registers.)
#ifdef __AVX512F__
inline constexpr int register_lanes = 8;
#else
inline constexpr int register_lanes = 4;
#endif
inline constexpr int part_count = lane_count / register_lanes;

/// One number of `register_lanes` elements; the usual operators act lane by lane.
typedef double Pack __attribute__((vector_size(8 * register_lanes)));
/// Four numbers that belong together: of a node, of an interval of a curve.
typedef double Quad __attribute__((vector_size(32)));

/// What kernels share with the rest of the program stands at multiples of this, whatever the instruction set thinks of a vector.
inline constexpr int pack_alignment = 8 * lane_count;

/// One number of every element of a batch, the same in memory for every instruction set.
struct alignas(pack_alignment) LaneNumbers {
    std::array<double, lane_count> values;

    double& operator[](int lane) { return values[static_cast<std::size_t>(lane)]; }
    const double& operator[](int lane) const { return values[static_cast<std::size_t>(lane)]; }
    /// Those of the elements of a part, as a pack. (A vector may alias its numbers.)
    Pack& part(int index) { return reinterpret_cast<Pack&>(values[static_cast<std::size_t>(index * register_lanes)]); }
    const Pack& part(int index) const { return reinterpret_cast<const Pack&>(values[static_cast<std::size_t>(index * register_lanes)]); }
};

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
    static constexpr int count = register_lanes;
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
/// Four numbers of each lane as four packs: number i of lane j becomes lane j of pack i.
[[nodiscard]] inline std::array<Pack, 4> transposed(const std::array<Quad, register_lanes>& rows) {
#ifdef __AVX512F__
    std::array<Pack, 4> half;  // lanes j and j + 4
    for (std::size_t j = 0; j < 4; ++j) half[j] = __builtin_shufflevector(rows[j], rows[j + 4], 0, 1, 2, 3, 4, 5, 6, 7);
    const Pack a = __builtin_shufflevector(half[0], half[1], 0, 8, 2, 10, 4, 12, 6, 14), b = __builtin_shufflevector(half[0], half[1], 1, 9, 3, 11, 5, 13, 7, 15);
    const Pack c = __builtin_shufflevector(half[2], half[3], 0, 8, 2, 10, 4, 12, 6, 14), d = __builtin_shufflevector(half[2], half[3], 1, 9, 3, 11, 5, 13, 7, 15);
    return {__builtin_shufflevector(a, c, 0, 1, 8, 9, 4, 5, 12, 13), __builtin_shufflevector(b, d, 0, 1, 8, 9, 4, 5, 12, 13),
            __builtin_shufflevector(a, c, 2, 3, 10, 11, 6, 7, 14, 15), __builtin_shufflevector(b, d, 2, 3, 10, 11, 6, 7, 14, 15)};
#else
    const Pack a = __builtin_shufflevector(rows[0], rows[1], 0, 4, 2, 6), b = __builtin_shufflevector(rows[0], rows[1], 1, 5, 3, 7);
    const Pack c = __builtin_shufflevector(rows[2], rows[3], 0, 4, 2, 6), d = __builtin_shufflevector(rows[2], rows[3], 1, 5, 3, 7);
    return {__builtin_shufflevector(a, c, 0, 1, 4, 5), __builtin_shufflevector(b, d, 0, 1, 4, 5),
            __builtin_shufflevector(a, c, 2, 3, 6, 7), __builtin_shufflevector(b, d, 2, 3, 6, 7)};
#endif
}

/// The other way: lane j of pack i becomes number i of lane j.
[[nodiscard]] inline std::array<Quad, register_lanes> untransposed(const std::array<Pack, 4>& packs) {
#ifdef __AVX512F__
    const Pack a = __builtin_shufflevector(packs[0], packs[1], 0, 8, 2, 10, 4, 12, 6, 14), b = __builtin_shufflevector(packs[0], packs[1], 1, 9, 3, 11, 5, 13, 7, 15);
    const Pack c = __builtin_shufflevector(packs[2], packs[3], 0, 8, 2, 10, 4, 12, 6, 14), d = __builtin_shufflevector(packs[2], packs[3], 1, 9, 3, 11, 5, 13, 7, 15);
    const std::array<Pack, 4> half{__builtin_shufflevector(a, c, 0, 1, 8, 9, 4, 5, 12, 13), __builtin_shufflevector(b, d, 0, 1, 8, 9, 4, 5, 12, 13),
                                   __builtin_shufflevector(a, c, 2, 3, 10, 11, 6, 7, 14, 15), __builtin_shufflevector(b, d, 2, 3, 10, 11, 6, 7, 14, 15)};
    std::array<Quad, 8> rows;
    for (std::size_t j = 0; j < 4; ++j) {
        rows[j] = __builtin_shufflevector(half[j], half[j], 0, 1, 2, 3);
        rows[j + 4] = __builtin_shufflevector(half[j], half[j], 4, 5, 6, 7);
    }
    return rows;
#else
    return transposed(packs);  // four by four
#endif
}

/// v where v > 0, else `otherwise`, in each lane.
[[nodiscard]] inline double where_positive(double test, double v, double otherwise) { return test > 0.0 ? v : otherwise; }
[[nodiscard]] inline Pack where_positive(const Pack& test, const Pack& v, const Pack& otherwise) {
    return test > 0.0 ? v : otherwise;
}

}  // namespace foramen::engine
