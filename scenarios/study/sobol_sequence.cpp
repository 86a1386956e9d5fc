#include "scenarios/study/sobol_sequence.hpp"

#include <array>

#include "engine/core/contract.hpp"

namespace foramen::scenarios {

namespace {

/// Primitive polynomial of degree `degree` with inner coefficients `inner`, and the first odd numbers m of its dimension.
struct Direction {
    int degree;
    unsigned inner;
    std::array<std::uint32_t, 8> m;
};

/// Dimensions 2 to 40. Source: Joe & Kuo (2008) SIAM J Sci Comput 30:2635, file new-joe-kuo-6.21201.
constexpr std::array<Direction, SobolSequence::largest_dimension - 1> directions{{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
}};

constexpr int bit_count = 32;

/// Numbers v_k = m_k 2^(32-k) of one dimension, by the recurrence of Bratley & Fox (1988) ACM TOMS 14:88, equation 2.
std::array<std::uint32_t, bit_count> numbers_of(int dimension) {
    std::array<std::uint32_t, bit_count> v{};
    if (dimension == 0) {
        for (int k = 0; k < bit_count; ++k) v[static_cast<std::size_t>(k)] = 1U << (bit_count - 1 - k);
        return v;
    }
    const Direction& d = directions[static_cast<std::size_t>(dimension - 1)];
    for (int k = 0; k < bit_count; ++k) {
        std::uint32_t& now = v[static_cast<std::size_t>(k)];
        if (k < d.degree) {
            now = d.m[static_cast<std::size_t>(k)] << (bit_count - 1 - k);
            continue;
        }
        const std::uint32_t oldest = v[static_cast<std::size_t>(k - d.degree)];
        now = oldest ^ (oldest >> d.degree);
        for (int i = 1; i < d.degree; ++i)
            if ((d.inner >> (d.degree - 1 - i)) & 1U) now ^= v[static_cast<std::size_t>(k - i)];
    }
    return v;
}

}  // namespace

SobolSequence::SobolSequence(int dimension, const CountedRandom* shift) {
    FORAMEN_EXPECTS(dimension >= 1 && dimension <= largest_dimension, dimension);
    for (int d = 0; d < dimension; ++d) {
        numbers_.push_back(numbers_of(d));
        shift_.push_back(shift ? static_cast<std::uint32_t>(shift->bits(static_cast<std::uint64_t>(d)) >> 32) : 0U);
    }
}

std::vector<double> SobolSequence::point(std::uint64_t index) const {
    const std::uint64_t gray = index ^ (index >> 1);
    std::vector<double> x;
    for (std::size_t d = 0; d < numbers_.size(); ++d) {
        std::uint32_t bits = shift_[d];
        for (std::size_t k = 0; k < bit_count; ++k)
            if ((gray >> k) & 1U) bits ^= numbers_[d][k];
        x.push_back((static_cast<double>(bits) + 0.5) * 0x1p-32);
    }
    return x;
}

}  // namespace foramen::scenarios
