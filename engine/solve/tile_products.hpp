#pragma once

#include "engine/core/raw_buffer.hpp"

/// Whether this compilation can hold products in matrix tiles; whether the processor can is another question
/// (instruction_set.hpp).
#if defined(__AMX_BF16__) && defined(__AVX512BW__)
#define FORAMEN_TILES 1
#include <immintrin.h>
#else
#define FORAMEN_TILES 0
#endif

#if FORAMEN_TILES
#include <algorithm>
#include <cstdint>

namespace foramen::engine::tiles {

/// A number of single precision as two of bfloat16, a = a1 + a2 + e with |e| <= 2^-17 |a|, and a product of two as three:
///
///     a b = a1 b1 + a1 b2 + a2 b1 + e,      |e| <= 2^-16 |a b|,      sums in single precision
///
/// Source: Henry, Tang & Heinecke (2019), Leveraging the bfloat16 artificial intelligence datatype for higher-precision
/// computations (ARITH 26).

inline constexpr int side = 16;           ///< rows, and columns of single precision, of a tile
inline constexpr int depth = 2 * side;    ///< columns of L in a tile of bfloat16
inline constexpr int rows_at_once = 128;  ///< of the target, before the next columns
inline constexpr int depth_at_once = 16;  ///< tiles deep, of one pass over the target

/// 16 pairs of bfloat16 that follow one another in the sum.
struct alignas(64) Pairs {
    std::uint32_t pair[side];
};
/// First and second parts of a block of 16 rows and 32 columns.
struct Block {
    Pairs first[side], second[side];
};

[[nodiscard]] inline int blocks(std::int64_t rows) { return static_cast<int>((rows + side - 1) / side); }
[[nodiscard]] inline int layers(std::int64_t columns) { return static_cast<int>((columns + depth - 1) / depth); }

/// Columns of L, or of -L D, of single precision.
struct Source {
    const float* values;  ///< row 0, column 0
    std::int64_t stride;
    std::int64_t rows, columns;
};

namespace detail {

/// 32 columns of 16 rows; lanes that do not exist are zero.
/// @param factor  of column k, or nullptr
inline void split(const Source& from, std::int64_t row, std::int64_t column, const float* factor, __m512i (&first)[side],
                  __m512i (&second)[side]) {
    const std::int64_t rows = std::min<std::int64_t>(side, from.rows - row);
    const auto here = static_cast<__mmask16>((1U << rows) - 1U);
    const __m512i half = _mm512_set1_epi32(0x8000), upper = _mm512_set1_epi32(static_cast<int>(0xffff0000U));
    for (int p = 0; p < side; ++p) {
        __m512i one[2], two[2];
        for (int k = 0; k < 2; ++k) {
            const std::int64_t at = column + 2 * p + k;
            __m512 value = _mm512_setzero_ps();
            if (at < from.columns) {
                value = _mm512_maskz_loadu_ps(here, from.values + at * from.stride + row);
                if (factor != nullptr) value = _mm512_mul_ps(value, _mm512_set1_ps(-factor[at]));
            }
            one[k] = _mm512_and_si512(_mm512_add_epi32(_mm512_castps_si512(value), half), upper);
            two[k] = _mm512_add_epi32(_mm512_castps_si512(_mm512_sub_ps(value, _mm512_castsi512_ps(one[k]))), half);
        }
        first[p] = _mm512_mask_blend_epi16(0xaaaaaaaaU, _mm512_srli_epi32(one[0], 16), one[1]);
        second[p] = _mm512_mask_blend_epi16(0xaaaaaaaaU, _mm512_srli_epi32(two[0], 16), two[1]);
    }
}

/// Row i of the result is lane i of the rows given.
inline void transpose(__m512i (&v)[side]) {
    __m512i w[side];
    for (int i = 0; i < side; i += 2) {
        w[i] = _mm512_unpacklo_epi32(v[i], v[i + 1]);
        w[i + 1] = _mm512_unpackhi_epi32(v[i], v[i + 1]);
    }
    for (int i = 0; i < side; i += 4)
        for (int k = 0; k < 2; ++k) {
            v[i + 2 * k] = _mm512_unpacklo_epi64(w[i + k], w[i + k + 2]);
            v[i + 2 * k + 1] = _mm512_unpackhi_epi64(w[i + k], w[i + k + 2]);
        }
    // v[4 q + c] has, in each quarter r of its lanes, rows 4 q .. 4 q + 3 of column 4 r + c
    for (int c = 0; c < 4; ++c) {
        const __m512i low = _mm512_shuffle_i32x4(v[c], v[4 + c], 0x44), high = _mm512_shuffle_i32x4(v[c], v[4 + c], 0xee);
        const __m512i low_after = _mm512_shuffle_i32x4(v[8 + c], v[12 + c], 0x44),
                      high_after = _mm512_shuffle_i32x4(v[8 + c], v[12 + c], 0xee);
        w[c] = _mm512_shuffle_i32x4(low, low_after, 0x88);
        w[4 + c] = _mm512_shuffle_i32x4(low, low_after, 0xdd);
        w[8 + c] = _mm512_shuffle_i32x4(high, high_after, 0x88);
        w[12 + c] = _mm512_shuffle_i32x4(high, high_after, 0xdd);
    }
    std::copy_n(w, side, v);
}

/// GCC's tile instructions do not say that they read memory: what they read must have been written before.
inline void settle(const void* read) { asm volatile("" : : "r"(read) : "memory"); }

struct Shape {
    std::uint8_t palette = 1, start = 0, reserved[14] = {};
    std::uint16_t bytes[side] = {};
    std::uint8_t rows[side] = {};
};

/// Tiles 0 to 3: the target, two by two; 4, 5: from the left; 6, 7: from the right.
/// @param columns, rows  of the target, at most 32 each
inline void configure(int columns, int rows) {
    alignas(64) Shape shape;
    for (int i = 0; i < 2; ++i) {
        const int wide = std::clamp(columns - side * i, 1, side), tall = std::clamp(rows - side * i, 1, side);
        for (int j = 0; j < 2; ++j) {
            shape.rows[2 * i + j] = static_cast<std::uint8_t>(wide);
            shape.bytes[2 * j + i] = static_cast<std::uint16_t>(4 * tall);
        }
        shape.rows[4 + i] = static_cast<std::uint8_t>(wide);
        shape.bytes[4 + i] = 64;
        shape.rows[6 + i] = side;
        shape.bytes[6 + i] = static_cast<std::uint16_t>(4 * tall);
    }
    settle(&shape);
    _tile_loadconfig(&shape);
}

/// One square of the target, `wide` by `tall` tiles.
/// @param left, right  of its first tile; the second one's are left_step, right_step further on
template <int wide, int tall>
void accumulate(const Block* left, std::int64_t left_step, const Block* right, std::int64_t right_step, int layers, bool fresh,
                float* target, std::int64_t stride) {
    const std::int64_t bytes = 4 * stride;
    float* const beyond = target + side * stride;
    if (fresh) {
        _tile_zero(0);
        if constexpr (tall == 2) _tile_zero(1);
        if constexpr (wide == 2) _tile_zero(2);
        if constexpr (wide == 2 && tall == 2) _tile_zero(3);
    } else {
        _tile_loadd(0, target, bytes);
        if constexpr (tall == 2) _tile_loadd(1, target + side, bytes);
        if constexpr (wide == 2) _tile_loadd(2, beyond, bytes);
        if constexpr (wide == 2 && tall == 2) _tile_loadd(3, beyond + side, bytes);
    }
    const auto add = [] {
        _tile_dpbf16ps(0, 4, 6);
        if constexpr (tall == 2) _tile_dpbf16ps(1, 4, 7);
        if constexpr (wide == 2) _tile_dpbf16ps(2, 5, 6);
        if constexpr (wide == 2 && tall == 2) _tile_dpbf16ps(3, 5, 7);
    };
    for (int k = 0; k < layers; ++k, ++left, ++right) {
        _tile_loadd(4, left->first, 64);
        if constexpr (wide == 2) _tile_loadd(5, left[left_step].first, 64);
        _tile_loadd(6, right->second, 64);
        if constexpr (tall == 2) _tile_loadd(7, right[right_step].second, 64);
        add();
        _tile_loadd(6, right->first, 64);
        if constexpr (tall == 2) _tile_loadd(7, right[right_step].first, 64);
        add();
        _tile_loadd(4, left->second, 64);
        if constexpr (wide == 2) _tile_loadd(5, left[left_step].second, 64);
        add();
    }
    _tile_stored(0, target, bytes);
    if constexpr (tall == 2) _tile_stored(1, target + side, bytes);
    if constexpr (wide == 2) _tile_stored(2, beyond, bytes);
    if constexpr (wide == 2 && tall == 2) _tile_stored(3, beyond + side, bytes);
}

}  // namespace detail

/// Columns of L as the right sides of products: blocks of 16 rows, `layers` blocks for each.
inline void pack_right(const Source& from, std::int64_t first_block, int first_layer, int end_layer, int layers, Block* to) {
    for (int k = first_layer; k < end_layer; ++k)  // outside: as many pages at a time as a layer has columns
        for (std::int64_t g = first_block; g < blocks(from.rows); ++g) {
            __m512i first[side], second[side];
            detail::split(from, g * side, static_cast<std::int64_t>(k) * depth, nullptr, first, second);
            Block& block = to[g * layers + k];
            for (int p = 0; p < side; ++p) {
                _mm512_store_si512(&block.first[p], first[p]);
                _mm512_store_si512(&block.second[p], second[p]);
            }
        }
}

/// -L D as the left sides of products, of all of `from`.
inline void pack_left(const Source& from, const float* pivot, Block* to) {
    const int deep = layers(from.columns);
    for (int k = 0; k < deep; ++k)
        for (int g = 0; g < blocks(from.rows); ++g) {
            __m512i first[side], second[side];
            detail::split(from, static_cast<std::int64_t>(g) * side, static_cast<std::int64_t>(k) * depth, pivot, first, second);
            detail::transpose(first);
            detail::transpose(second);
            Block& block = to[static_cast<std::int64_t>(g) * deep + k];
            for (int p = 0; p < side; ++p) {
                _mm512_store_si512(&block.first[p], first[p]);
                _mm512_store_si512(&block.second[p], second[p]);
            }
        }
}

/// target[row, column] += right[row, :] left[column, :]^T for rows from the diagonal on.
struct Product {
    const Block *left, *right;
    std::int64_t left_step, right_step;  ///< blocks from one 16 rows to the next
    int layers;
    float* target;
    std::int64_t stride, rows, columns;
    bool fresh;  ///< what the target holds counts for nothing
};

/// Squares that begin above the diagonal and end below it are written whole, those above are left as they are.
inline void multiply(const Product& p) {
    detail::settle(p.target);
    constexpr int square = 2 * side;
    const std::int64_t whole_rows = p.rows / square * square, whole_columns = p.columns / square * square;
    const auto range = [&](std::int64_t row_from, std::int64_t row_to, std::int64_t column_from, std::int64_t column_to) {
        if (row_from >= row_to || column_from >= column_to) return;
        const int tall = static_cast<int>(std::min<std::int64_t>(square, row_to - row_from)),
                  wide = static_cast<int>(std::min<std::int64_t>(square, column_to - column_from));
        detail::configure(wide, tall);
        const auto one = wide > side ? (tall > side ? detail::accumulate<2, 2> : detail::accumulate<2, 1>)
                                     : (tall > side ? detail::accumulate<1, 2> : detail::accumulate<1, 1>);
        for (int k = 0; k < p.layers; k += depth_at_once)
            for (std::int64_t strip = row_from; strip < row_to; strip += rows_at_once) {
                const std::int64_t strip_end = std::min(row_to, strip + rows_at_once);
                for (std::int64_t column = column_from; column < std::min(column_to, strip + rows_at_once); column += square)
                    for (std::int64_t row = std::max(strip, column / square * square); row < strip_end; row += square)
                        one(p.left + column / side * p.left_step + k, p.left_step, p.right + row / side * p.right_step + k,
                            p.right_step, std::min(depth_at_once, p.layers - k), p.fresh && k == 0,
                            p.target + column * p.stride + row, p.stride);
            }
    };
    range(0, whole_rows, 0, whole_columns);
    range(whole_rows, p.rows, 0, whole_columns);
    range(0, whole_rows, whole_columns, p.columns);
    range(whole_rows, p.rows, whole_columns, p.columns);
    _tile_release();
}

}  // namespace foramen::engine::tiles
#endif
