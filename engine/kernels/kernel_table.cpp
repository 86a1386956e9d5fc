// Compiled once for each instruction set, with the kernels; FORAMEN_KERNELS is the name of this set's table, the only name that
// leaves the set's object.
#include "engine/kernels/kernels.hpp"
#include "engine/solve/supernodal_ldlt.hpp"
#include "engine/solve/tile_products.hpp"

namespace foramen::engine {

namespace {
template <class T>
std::unique_ptr<LinearSolver> make_supernodal(std::shared_ptr<const SymbolicFactor> symbolic) {
    return std::make_unique<SupernodalLdlt<T>>(std::move(symbolic));
}
std::unique_ptr<LinearSolver> make_supernodal_in_tiles(std::shared_ptr<const SymbolicFactor> symbolic) {
    return std::make_unique<SupernodalLdlt<float>>(std::move(symbolic), true);
}
}  // namespace

}  // namespace foramen::engine

extern "C" {
extern const foramen::engine::Kernels FORAMEN_KERNELS;
const foramen::engine::Kernels FORAMEN_KERNELS{
    foramen::engine::kernel_layout,
    foramen::engine::kernel::evaluate_residual,
    foramen::engine::kernel::evaluate_tangent,
    foramen::engine::kernel::evaluate_flux_strain_tangent,
    foramen::engine::kernel::evaluate_point,
    foramen::engine::kernel::gather,
    foramen::engine::kernel::scatter,
    foramen::engine::kernel::tall_product,
    foramen::engine::kernel::tall_transposed_product,
    foramen::engine::make_supernodal<float>,
    foramen::engine::make_supernodal<double>,
    FORAMEN_TILES ? foramen::engine::make_supernodal_in_tiles : nullptr,
};
}
