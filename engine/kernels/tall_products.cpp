// Products with a matrix of many rows and few columns, in single precision; see TallMatrix.
#include <cstddef>
#include <cstring>

#include "engine/kernels/kernels.hpp"

namespace foramen::engine::kernel {

namespace {

constexpr int columns_at_once = 4;
constexpr int lanes = 8;
typedef float Eight __attribute__((vector_size(4 * lanes)));

Eight load(const float* from) {
    Eight value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

double sum(const Eight& v) {
    double total = 0.0;
    for (int i = 0; i < lanes; ++i) total += static_cast<double>(v[i]);
    return total;
}

}  // namespace

void tall_product(const float* A, int rows, int columns, const float* x, float* y) {
    constexpr int block = tall_block / lanes;
    for (int first = 0; first < rows; first += tall_block) {
        Eight total[block] = {};
        for (int c = 0; c < columns; ++c) {
            const float* const a = A + static_cast<std::ptrdiff_t>(c) * rows + first;
            const Eight factor = Eight{} + x[c];
            for (int i = 0; i < block; ++i) total[i] += factor * load(a + lanes * i);
        }
        std::memcpy(y + first, total, sizeof total);
    }
}

void tall_transposed_product(const float* A, int rows, int columns, const float* y, double* x) {
    int c = 0;
    for (; c + columns_at_once <= columns; c += columns_at_once) {
        const float* const a = A + static_cast<std::ptrdiff_t>(c) * rows;
        const float *const b = a + rows, *const d = b + rows, *const e = d + rows;
        Eight of_a{}, of_b{}, of_d{}, of_e{};
        for (int i = 0; i < rows; i += lanes) {
            const Eight here = load(y + i);
            of_a += load(a + i) * here;
            of_b += load(b + i) * here;
            of_d += load(d + i) * here;
            of_e += load(e + i) * here;
        }
        x[c] += sum(of_a);
        x[c + 1] += sum(of_b);
        x[c + 2] += sum(of_d);
        x[c + 3] += sum(of_e);
    }
    for (; c < columns; ++c) {
        const float* const a = A + static_cast<std::ptrdiff_t>(c) * rows;
        Eight of_a{};
        for (int i = 0; i < rows; i += lanes) of_a += load(a + i) * load(y + i);
        x[c] += sum(of_a);
    }
}

}  // namespace foramen::engine::kernel
