#pragma once

#include "engine/solve/dense_ldlt.hpp"
#include "engine/solve/tile_products.hpp"

#if FORAMEN_TILES

namespace foramen::engine {

/// Of one thread.
struct TileWorkspace {
    RawBuffer<tiles::Block> left, right;

    /// Grows to what the largest front needs.
    void fit(const SymbolicFactor& symbolic) {
        std::int64_t largest = 0, widest = 0;
        for (int s = 0; s < symbolic.supernode_count(); ++s) {
            largest = std::max(
                largest, static_cast<std::int64_t>(tiles::blocks(symbolic.front_size(s))) * tiles::layers(symbolic.width(s)));
            widest = std::max<std::int64_t>(widest, tiles::layers(symbolic.width(s)));
        }
        right.fit(static_cast<std::size_t>(largest));
        left.fit(static_cast<std::size_t>(widest) * tiles::blocks(dense_ldlt::rows_at_once));
    }
};

namespace dense_ldlt {

/// subtract_columns() in tiles; columns before `to` are packed in work.right. `from` and `first` are whole blocks.
inline void subtract_columns(const FrontPanel<float>& p, int from, int to, int first, int end, TileWorkspace& work) {
    if (from == to) return;
    const int packed = tiles::layers(p.width), layers = (to - from) / tiles::depth;
    tiles::pack_left({p.lower + static_cast<std::int64_t>(from) * p.stride + first, p.stride, end - first, to - from},
                     p.pivot + from, work.left.data());
    tiles::multiply({.left = work.left.data(),
                     .right = work.right.data() + static_cast<std::int64_t>(first) / tiles::side * packed + from / tiles::depth,
                     .left_step = layers,
                     .right_step = packed,
                     .layers = layers,
                     .target = p.lower + static_cast<std::int64_t>(first) * p.stride + first,
                     .stride = p.stride,
                     .rows = p.rows - first,
                     .columns = end - first,
                     .fresh = false});
}

}  // namespace dense_ldlt

/// factor_panel() with products in tiles.
inline void factor_panel(const FrontPanel<float>& p, TileWorkspace& work) {
    using namespace dense_ldlt;
    static_assert(block_width % tiles::depth == 0 && rows_at_once % block_width == 0);
    const tiles::Source lower{p.lower, p.stride, p.rows, p.width};
    for (int wide = 0; wide < p.width; wide += rows_at_once) {
        const int wide_end = std::min(wide + rows_at_once, p.width);
        subtract_columns(p, 0, wide, wide, wide_end, work);
        for (int from = wide; from < wide_end; from += block_width) {
            const int end = std::min(from + block_width, wide_end);
            subtract_columns(p, wide, from, from, end, work);
            for (int c = from; c < end; c += strip_width)
                with_constant(std::min(strip_width, end - c), [&](auto columns) { factor_strip<float, columns>(p, from, c); });
            if (end < p.width)
                tiles::pack_right(lower, end / tiles::side, from / tiles::depth, end / tiles::depth, tiles::layers(p.width),
                                  work.right.data());
        }
    }
}

/// form_update() with products in tiles.
inline void form_update(const FrontPanel<float>& p, float* update, TileWorkspace& work) {
    const UpdateLayout layout(p.rows - p.width);
    const int layers = tiles::layers(p.width);
    tiles::pack_right({p.lower + p.width, p.stride, layout.size, p.width}, 0, 0, layers, layers, work.right.data());
    for (std::int64_t first = 0; first < layout.size; first += layout.block) {
        const std::int64_t columns = std::min(layout.block, layout.size - first);
        tiles::pack_left({p.lower + p.width + first, p.stride, columns, p.width}, p.pivot, work.left.data());
        tiles::multiply({.left = work.left.data(),
                         .right = work.right.data() + first / tiles::side * layers,
                         .left_step = layers,
                         .right_step = layers,
                         .layers = layers,
                         .target = update + layout.start(first),
                         .stride = layout.stride(first),
                         .rows = layout.stride(first),
                         .columns = columns,
                         .fresh = true});
    }
}

}  // namespace foramen::engine
#endif
