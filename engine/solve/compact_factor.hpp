#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/raw_buffer.hpp"
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

    /// Room for a factor; then append() each supernode in turn, then finish().
    void begin(const SymbolicFactor& symbolic);
    /// @param panel  of supernode s, as a factorisation leaves it
    void append(const SymbolicFactor& symbolic, int s, const float* panel);
    /// @return false, and nothing kept: an entry is beyond what a half can hold
    [[nodiscard]] bool finish();
    void clear() { size_ = 0; }
    /// Workspace of substitute() beyond x.
    [[nodiscard]] static std::size_t extra_size(const SymbolicFactor& symbolic) {
        return static_cast<std::size_t>(symbolic.pattern.n - symbolic.first_column[symbolic.top]);
    }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// x <- L^-T D^-1 L^-1 x in the permuted order; the two halves of the tree by two threads, where another one of the team waits.
    /// @param extra  workspace of extra_size() floats
    void substitute(const SymbolicFactor& symbolic, const std::vector<float>& pivot_inverse, float* x, float* extra) const;

private:
    /// Supernodes from .. to-1; what they leave on columns of the top is added to `beyond`.
    void forward_range(const SymbolicFactor& symbolic, int from, int to, float* x, float* beyond) const;
    void backward_range(const SymbolicFactor& symbolic, const std::vector<float>& pivot_inverse, int from, int to, float* x) const;
    [[nodiscard]] std::int64_t start(const SymbolicFactor& symbolic, int supernode) const {
        return supernode == 0 ? 0 : supernode == symbolic.middle ? middle_ : supernode == symbolic.top ? top_ : size_;
    }

    RawBuffer<std::uint16_t> halves_;
    std::int64_t size_ = 0;               ///< of what they hold
    float largest_ = 0.0F;                ///< of the entries appended so far
    std::int64_t middle_ = 0, top_ = 0;  ///< where the halves of those supernodes begin
};

}  // namespace foramen::engine
