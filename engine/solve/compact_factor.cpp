#include "engine/solve/compact_factor.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.hpp"
#include "engine/solve/vector_lanes.hpp"

#ifdef __F16C__
#include <immintrin.h>
#endif

namespace foramen::engine {

namespace {

#ifdef __F16C__

constexpr int strip_width = 8;
constexpr int tile_rows = 8;
constexpr float largest_half = 65504.0F;

using Eight = Lanes<float>::type;

/// Columns c .. c+columns-1 of a front and how many tiles lie below their triangle.
struct Strip {
    int column, columns, tiles;
    Strip(int c, int width, int rows) : column(c), columns(std::min(strip_width, width - c)), tiles((rows - c - columns + tile_rows - 1) / tile_rows) {}
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(tiles + 2) * columns * tile_rows; }
};

std::int64_t stored_size(const SymbolicFactor& symbolic) {
    std::int64_t size = 0;
    for (int s = 0; s < symbolic.supernode_count(); ++s)
        for (int c = 0; c < symbolic.width(s); c += strip_width) size += Strip(c, symbolic.width(s), symbolic.front_size(s)).size();
    return size;
}

Eight load_half(const std::uint16_t* from) { return reinterpret_cast<Eight>(_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)))); }

void store_half(std::uint16_t* to, const float* from, __m256& largest) {
    const __m256 value = _mm256_loadu_ps(from);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm256_cvtps_ph(value, _MM_FROUND_TO_NEAREST_INT));
    largest = _mm256_max_ps(largest, _mm256_andnot_ps(_mm256_set1_ps(-0.0F), value));
}

/// Columns of a front, zeros below its rows up to the padding.
struct StripSource {
    const float* panel;
    std::int64_t stride;
    [[nodiscard]] const float* at(int row, int column) const { return panel + column * stride + row; }
};

void store_strip(const StripSource& from, const Strip& strip, std::uint16_t* to, __m256& largest) {
    const int c = strip.column, n = strip.columns;
    float inverse[strip_width][strip_width] = {};  // [column][row] of the unit triangle's inverse
    for (int j = 0; j < n; ++j) {
        inverse[j][j] = 1.0F;
        for (int i = j + 1; i < n; ++i)
            for (int k = j; k < i; ++k) inverse[j][i] -= *from.at(c + i, c + k) * inverse[j][k];
    }
    for (int j = 0; j < n; ++j) store_half(to + j * tile_rows, inverse[j], largest);
    for (int i = 0; i < n; ++i) {
        float lanes[tile_rows];
        for (int j = 0; j < tile_rows; ++j) lanes[j] = inverse[j][i];
        store_half(to + (n + i) * tile_rows, lanes, largest);
    }
    to += 2 * n * tile_rows;
    for (int t = 0; t < strip.tiles; ++t)
        for (int j = 0; j < n; ++j, to += tile_rows) store_half(to, from.at(c + n + t * tile_rows, c + j), largest);
}

#ifdef __AVX512F__

/// Two columns of a tile, one in each half of the register.
__m512 load_pair(const std::uint16_t* from) { return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))); }
__m512 in_halves(const __m256& low, const __m256& high) {
    return _mm512_castpd_ps(_mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_castps_pd(low)), _mm256_castps_pd(high), 1));
}
__m256 low_half(const __m512& v) { return _mm512_castps512_ps256(v); }
__m256 high_half(const __m512& v) { return _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(v), 1)); }

/// What the solved columns of a strip take from the rows of its tiles.
template <int columns>
void subtract_tiles(const std::uint16_t* tile, int tiles, const float* known, float* y) {
    constexpr int pairs = columns / 2;
    __m512 two[pairs + 1];
    for (int k = 0; k < pairs; ++k) two[k] = in_halves(_mm256_set1_ps(known[2 * k]), _mm256_set1_ps(known[2 * k + 1]));
    for (int t = 0; t < tiles; ++t, tile += columns * tile_rows, y += tile_rows) {
        __m512 taken = _mm512_setzero_ps();
        for (int k = 0; k < pairs; ++k) taken = _mm512_fmadd_ps(load_pair(tile + 2 * k * tile_rows), two[k], taken);
        Eight sum;
        load(sum, y);
        sum -= reinterpret_cast<Eight>(_mm256_add_ps(low_half(taken), high_half(taken)));
        if constexpr (columns % 2 == 1) sum -= load_half(tile + (columns - 1) * tile_rows) * known[columns - 1];
        store(y, sum);
    }
}

/// Lane r of sum[b]: what column b of the strip has of rows r, r + 8, .. of its tiles.
template <int columns>
void add_tiles(const std::uint16_t* tile, int tiles, const float* below, Eight (&sum)[strip_width]) {
    constexpr int pairs = columns / 2;
    __m512 two[pairs + 1];
    for (int k = 0; k < pairs; ++k) two[k] = _mm512_setzero_ps();
    for (int t = 0; t < tiles; ++t, tile += columns * tile_rows, below += tile_rows) {
        const __m256 value = _mm256_loadu_ps(below);
        const __m512 twice = in_halves(value, value);
        for (int k = 0; k < pairs; ++k) two[k] = _mm512_fmadd_ps(load_pair(tile + 2 * k * tile_rows), twice, two[k]);
        if constexpr (columns % 2 == 1) sum[columns - 1] += load_half(tile + (columns - 1) * tile_rows) * reinterpret_cast<Eight>(value);
    }
    for (int k = 0; k < pairs; ++k) {
        sum[2 * k] = reinterpret_cast<Eight>(low_half(two[k]));
        sum[2 * k + 1] = reinterpret_cast<Eight>(high_half(two[k]));
    }
}

#else

/// What the solved columns of a strip take from the rows of its tiles.
template <int columns>
void subtract_tiles(const std::uint16_t* tile, int tiles, const float* known, float* y) {
    for (int t = 0; t < tiles; ++t, tile += columns * tile_rows, y += tile_rows) {
        Eight sum;
        load(sum, y);
        for (int b = 0; b < columns; ++b) sum -= load_half(tile + b * tile_rows) * known[b];
        store(y, sum);
    }
}

/// Lane r of sum[b]: what column b of the strip has of rows r, r + 8, .. of its tiles.
template <int columns>
void add_tiles(const std::uint16_t* tile, int tiles, const float* below, Eight (&sum)[strip_width]) {
    for (int t = 0; t < tiles; ++t, tile += columns * tile_rows, below += tile_rows) {
        Eight value;
        load(value, below);
        for (int b = 0; b < columns; ++b) sum[b] += load_half(tile + b * tile_rows) * value;
    }
}

#endif

/// y holds the strip's own rows and those below, then zeros.
template <int columns>
void forward(const std::uint16_t* at, int tiles, float* y) {
    Eight solved = {};
    for (int b = 0; b < columns; ++b) solved += load_half(at + b * tile_rows) * y[b];
    float known[strip_width];
    store(known, solved);
    std::copy_n(known, columns, y);
    subtract_tiles<columns>(at + 2 * columns * tile_rows, tiles, known, y + columns);
}

/// Lane b of the result: the sum over the lanes of v[b].
Eight sums_of_lanes(const Eight (&v)[strip_width]) {
    typedef int Index __attribute__((vector_size(32)));
    constexpr Index even{0, 8, 2, 10, 4, 12, 6, 14}, odd{1, 9, 3, 11, 5, 13, 7, 15};  // of pairs of vectors
    constexpr Index low{0, 1, 8, 9, 4, 5, 12, 13}, high{2, 3, 10, 11, 6, 7, 14, 15};
    constexpr Index first{0, 1, 2, 3, 8, 9, 10, 11}, last{4, 5, 6, 7, 12, 13, 14, 15};
    Eight two[4], four[2];
    for (int k = 0; k < 4; ++k) two[k] = __builtin_shuffle(v[2 * k], v[2 * k + 1], even) + __builtin_shuffle(v[2 * k], v[2 * k + 1], odd);
    for (int k = 0; k < 2; ++k) four[k] = __builtin_shuffle(two[2 * k], two[2 * k + 1], low) + __builtin_shuffle(two[2 * k], two[2 * k + 1], high);
    return __builtin_shuffle(four[0], four[1], first) + __builtin_shuffle(four[0], four[1], last);
}

template <int columns>
void backward(const std::uint16_t* at, int tiles, float* y) {
    Eight sum[strip_width] = {};
    add_tiles<columns>(at + 2 * columns * tile_rows, tiles, y + columns, sum);
    float left[strip_width] = {};
    std::copy_n(y, columns, left);
    Eight right;
    load(right, left);
    right -= sums_of_lanes(sum);
    store(left, right);
    Eight solved = {};
    for (int r = 0; r < columns; ++r) solved += load_half(at + (columns + r) * tile_rows) * left[r];
    store(left, solved);
    std::copy_n(left, columns, y);
}

#endif

}  // namespace

#ifdef __F16C__

bool CompactFactor::available() { return true; }

void CompactFactor::begin(const SymbolicFactor& symbolic) {
    halves_.fit(static_cast<std::size_t>(stored_size(symbolic)));
    size_ = 0;
    largest_ = 0.0F;
}

void CompactFactor::append(const SymbolicFactor& symbolic, int s, const float* panel) {
    if (s == symbolic.middle) middle_ = size_;
    if (s == symbolic.top) top_ = size_;
    __m256 largest = _mm256_setzero_ps();
    for (int c = 0; c < symbolic.width(s); c += strip_width) {
        const Strip strip(c, symbolic.width(s), symbolic.front_size(s));
        store_strip({panel, symbolic.panel_stride(s)}, strip, halves_.data() + size_, largest);
        size_ += strip.size();
    }
    float lanes[tile_rows];
    _mm256_storeu_ps(lanes, largest);
    largest_ = std::max(largest_, *std::max_element(lanes, lanes + tile_rows));
}

bool CompactFactor::finish() {
    if (largest_ > largest_half) clear();
    return !empty();
}

namespace {

/// Rows of a front, of the thread that works.
float* front_of(const SymbolicFactor& symbolic) {
    thread_local std::vector<float> front;
    const auto size = static_cast<std::size_t>(SymbolicFactor::padded_size(symbolic.largest_front));
    if (front.size() < size) front.resize(size);
    return front.data();
}

}  // namespace

void CompactFactor::forward_range(const SymbolicFactor& symbolic, int from, int to, float* x, float* beyond) const {
    const std::uint16_t* at = halves_.data() + start(symbolic, from);
    const int border = symbolic.first_column[symbolic.top];
    float* const front = front_of(symbolic);
    for (int s = from; s < to; ++s) {
        const int width = symbolic.width(s), rows = symbolic.front_size(s);
        float* const own = x + symbolic.first_column[s];
        std::copy_n(own, width, front);
        std::fill(front + width, front + symbolic.panel_stride(s), 0.0F);
        for (int c = 0; c < width; c += strip_width) {
            const Strip strip(c, width, rows);
            with_constant(strip.columns, [&](auto columns) { forward<columns>(at, strip.tiles, front + c); });
            at += strip.size();
        }
        std::copy_n(front, width, own);
        const int* const row = symbolic.row.data() + symbolic.row_start[s];
        int k = 0;
        for (; k < rows - width && row[k] < border; ++k) x[row[k]] += front[width + k];
        for (; k < rows - width; ++k) beyond[row[k] - border] += front[width + k];
    }
}

void CompactFactor::backward_range(const SymbolicFactor& symbolic, const std::vector<float>& pivot_inverse, int from, int to, float* x) const {
    const std::uint16_t* at = halves_.data() + start(symbolic, to);
    float* const front = front_of(symbolic);
    for (int s = to - 1; s >= from; --s) {
        const int width = symbolic.width(s), rows = symbolic.front_size(s), first = symbolic.first_column[s];
        for (int k = 0; k < width; ++k) front[k] = x[first + k] * pivot_inverse[first + k];
        const int* const row = symbolic.row.data() + symbolic.row_start[s];
        for (int k = 0; k < rows - width; ++k) front[width + k] = x[row[k]];
        std::fill(front + rows, front + symbolic.panel_stride(s), 0.0F);
        for (int c = (width - 1) / strip_width * strip_width; c >= 0; c -= strip_width) {
            const Strip strip(c, width, rows);
            at -= strip.size();
            with_constant(strip.columns, [&](auto columns) { backward<columns>(at, strip.tiles, front + c); });
        }
        std::copy_n(front, width, x + first);
    }
}

void CompactFactor::substitute(const SymbolicFactor& symbolic, const std::vector<float>& pivot_inverse, float* x, float* extra) const {
    const int middle = symbolic.middle, top = symbolic.top, count = symbolic.supernode_count();
    float* const beyond = x + symbolic.first_column[top];
    std::fill_n(extra, extra_size(symbolic), 0.0F);
    both([&] { forward_range(symbolic, 0, middle, x, beyond); }, [&] { forward_range(symbolic, middle, top, x, extra); });
    for (std::size_t k = 0; k < extra_size(symbolic); ++k) beyond[k] += extra[k];
    forward_range(symbolic, top, count, x, beyond);
    backward_range(symbolic, pivot_inverse, top, count, x);
    both([&] { backward_range(symbolic, pivot_inverse, 0, middle, x); }, [&] { backward_range(symbolic, pivot_inverse, middle, top, x); });
}

#else

bool CompactFactor::available() { return false; }
void CompactFactor::begin(const SymbolicFactor&) {}
void CompactFactor::append(const SymbolicFactor&, int, const float*) {}
bool CompactFactor::finish() { return false; }
void CompactFactor::substitute(const SymbolicFactor&, const std::vector<float>&, float*, float*) const {}
void CompactFactor::forward_range(const SymbolicFactor&, int, int, float*, float*) const {}
void CompactFactor::backward_range(const SymbolicFactor&, const std::vector<float>&, int, int, float*) const {}

#endif

}  // namespace foramen::engine
