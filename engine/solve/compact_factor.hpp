#pragma once

#include <cstdint>
#include <vector>

#include "engine/solve/symbolic_factor.hpp"

namespace foramen::engine {

/// L of a supernodal factor in IEEE half precision, for substitutions with one right-hand side, which read it from memory and wait for
/// it. Its rounding, 5e-4 of each entry, leaves some 3e-3 of a right-hand side: nothing beside what a stale factor leaves, so Newton's
/// iterations stay as many (docs/decisions/0046-factors-in-half-precision.md).
///
/// A front is stored by strips of eight columns, in the order of a forward substitution: the inverse of the strip's unit triangle by columns,
/// the same by rows, then tiles of 8 rows x columns of what lies below, each tile column by column, padded by rows of zeros.
class CompactFactor {
public:
    /// Whether this instruction set turns halves into floats by an instruction.
    [[nodiscard]] static bool available();

    /// @param panels  as factor() left them: SymbolicFactor::panel_start
    /// @return false, and nothing kept: an entry is beyond what a half can hold
    [[nodiscard]] bool store(const SymbolicFactor& symbolic, const std::vector<float>& panels);
    void clear() { halves_.clear(); }
    [[nodiscard]] bool empty() const { return halves_.empty(); }

    /// x <- L^-T D^-1 L^-1 x in the permuted order.
    /// @param front  workspace of padded_size(largest_front) floats
    void substitute(const SymbolicFactor& symbolic, const std::vector<float>& pivot_inverse, float* x, float* front) const;

private:
    std::vector<std::uint16_t> halves_;
};

}  // namespace foramen::engine
