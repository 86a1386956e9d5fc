#pragma once

#include <algorithm>

#include "engine/solve/vector_lanes.hpp"

namespace foramen::engine {

/// Columns of L of one front, as factor_panel() leaves them.
template <class T>
struct LowerPanel {
    const T* lower;
    int stride;
    int rows;
    int width;

    [[nodiscard]] const T* column(int c) const { return lower + static_cast<long>(c) * stride; }
};

/// One right-hand side: the rows of a front fill the lanes of a vector. y holds `rows` numbers and then zeros, up to
/// the padding of the panel.
template <class T>
struct SingleSide {
    using V = typename Lanes<T>::type;
    static constexpr int strip_width = 8;

    /// y_r -= sum_b L(r, c+b) y_{c+b} for the rows below column c+b.
    template <int columns>
    static void forward(const LowerPanel<T>& p, int c, T* y) {
        for (int b = 0; b < columns; ++b)
            for (int r = b + 1; r < columns; ++r) y[c + r] -= p.column(c + b)[c + r] * y[c + b];
        T known[columns];
        std::copy_n(y + c, columns, known);
        const T* const lower = p.column(c);
        const long stride = p.stride;
        for (int r = c + columns; r < p.rows; r += Lanes<T>::count) {
            V sum, l;
            load(sum, y + r);
            for (int b = 0; b < columns; ++b) {
                load(l, lower + b * stride + r);
                sum -= l * known[b];
            }
            store(y + r, sum);
        }
    }

    /// y_{c+b} -= sum_r L(r, c+b) y_r.
    template <int columns>
    static void backward(const LowerPanel<T>& p, int c, T* y) {
        V sum[columns] = {};
        const T* const lower = p.column(c);
        const long stride = p.stride;
        for (int r = c + columns; r < p.rows; r += Lanes<T>::count) {
            V value, l;
            load(value, y + r);
            for (int b = 0; b < columns; ++b) {
                load(l, lower + b * stride + r);
                sum[b] += l * value;
            }
        }
        for (int b = columns - 1; b >= 0; --b) {
            for (int lane = 0; lane < Lanes<T>::count; ++lane) y[c + b] -= sum[b][lane];
            for (int r = b + 1; r < columns; ++r) y[c + b] -= p.column(c + b)[c + r] * y[c + r];
        }
    }
};

/// Several right-hand sides: row r of y is `vectors` vectors, one lane for each side.
template <class T, int vectors>
struct ManySides {
    using V = typename Lanes<T>::type;
    static constexpr int lanes = vectors * Lanes<T>::count;
    static constexpr int strip_width = vectors == 1 ? 8 : 4;  // so that a strip of solutions stays in 16 registers

    static void subtract_multiple(T* y, T factor, const T* x) {
        for (int v = 0; v < vectors; ++v) {
            V value, other;
            load(value, y + v * Lanes<T>::count);
            load(other, x + v * Lanes<T>::count);
            value -= other * factor;
            store(y + v * Lanes<T>::count, value);
        }
    }

    template <int columns>
    static void forward(const LowerPanel<T>& p, int c, T* y) {
        for (int b = 0; b < columns; ++b)
            for (int r = b + 1; r < columns; ++r)
                subtract_multiple(y + (c + r) * lanes, p.column(c + b)[c + r], y + (c + b) * lanes);
        V known[columns][vectors];
        for (int b = 0; b < columns; ++b)
            for (int v = 0; v < vectors; ++v) load(known[b][v], y + (c + b) * lanes + v * Lanes<T>::count);
        const T* const lower = p.column(c);
        const long stride = p.stride;
        for (int r = c + columns; r < p.rows; ++r) {
            V sum[vectors];
            for (int v = 0; v < vectors; ++v) load(sum[v], y + r * lanes + v * Lanes<T>::count);
            for (int b = 0; b < columns; ++b)
                for (int v = 0; v < vectors; ++v) sum[v] -= known[b][v] * lower[b * stride + r];
            for (int v = 0; v < vectors; ++v) store(y + r * lanes + v * Lanes<T>::count, sum[v]);
        }
    }

    template <int columns>
    static void backward(const LowerPanel<T>& p, int c, T* y) {
        V sum[columns][vectors] = {};
        const T* const lower = p.column(c);
        const long stride = p.stride;
        for (int r = c + columns; r < p.rows; ++r) {
            V value[vectors];
            for (int v = 0; v < vectors; ++v) load(value[v], y + r * lanes + v * Lanes<T>::count);
            for (int b = 0; b < columns; ++b)
                for (int v = 0; v < vectors; ++v) sum[b][v] += value[v] * lower[b * stride + r];
        }
        for (int b = columns - 1; b >= 0; --b) {
            T* const y_b = y + (c + b) * lanes;
            for (int v = 0; v < vectors; ++v) {
                V value;
                load(value, y_b + v * Lanes<T>::count);
                value -= sum[b][v];
                store(y_b + v * Lanes<T>::count, value);
            }
            for (int r = b + 1; r < columns; ++r) subtract_multiple(y_b, p.column(c + b)[c + r], y + (c + r) * lanes);
        }
    }
};

/// y_1 <- L_11^-1 y_1,  y_2 <- y_2 - L_21 y_1.
template <class Sides, class T>
void solve_lower(const LowerPanel<T>& p, T* y) {
    for (int c = 0; c < p.width; c += Sides::strip_width)
        with_constant(std::min(Sides::strip_width, p.width - c),
                      [&](auto columns) { Sides::template forward<columns>(p, c, y); });
}

/// y_1 <- L_11^-T (y_1 - L_21^T y_2).
template <class Sides, class T>
void solve_upper(const LowerPanel<T>& p, T* y) {
    for (int c = (p.width - 1) / Sides::strip_width * Sides::strip_width; c >= 0; c -= Sides::strip_width)
        with_constant(std::min(Sides::strip_width, p.width - c),
                      [&](auto columns) { Sides::template backward<columns>(p, c, y); });
}

}  // namespace foramen::engine
