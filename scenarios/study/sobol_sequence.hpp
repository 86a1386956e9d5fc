#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scenarios/study/counted_random.hpp"

namespace foramen::scenarios {

/// Points that fill the unit cube evenly, in the order of the Gray code; any point by its index.
/// Source: Sobol' (1967); Bratley & Fox (1988) ACM TOMS 14:88; direction numbers of Joe & Kuo (2008) SIAM J Sci Comput 30:2635.
class SobolSequence {
public:
    static constexpr int largest_dimension = 40;

    /// @param shift  exclusive or of every coordinate with one random number: the same evenness, another sample; null: none
    /// @throws ContractViolation outside 1..largest_dimension
    explicit SobolSequence(int dimension, const CountedRandom* shift = nullptr);

    /// Point of an index below 2^32, each coordinate in (0, 1): half of 2^-32 is added, so that no end is hit.
    [[nodiscard]] std::vector<double> point(std::uint64_t index) const;

private:
    std::vector<std::array<std::uint32_t, 32>> numbers_;
    std::vector<std::uint32_t> shift_;
};

}  // namespace foramen::scenarios
