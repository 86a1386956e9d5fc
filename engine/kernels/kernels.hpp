#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "engine/elements/biphasic_hex8.hpp"
#include "engine/kernels/instruction_set.hpp"
#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

/// Four numbers of a node, u_x u_y u_z p or force and volume, in one register.
struct alignas(sizeof(Quad)) NodalQuad {
    Quad values;
};

/// Rows of a tall matrix that are treated together.
inline constexpr int tall_block = 64;

/// Sizes that the two sides of a kernel's border must agree on.
inline constexpr std::array<std::size_t, 6> kernel_layout{sizeof(BiphasicBatch),          offsetof(BiphasicBatch, filled), sizeof(BatchResidual),
                                                          sizeof(BatchFluxStrainTangent), sizeof(BatchTangent),            sizeof(BatchPoint)};

/// Where the time goes, compiled once for each instruction set; every entry is the function of the same name.
struct Kernels {
    std::array<std::size_t, 6> layout;  ///< kernel_layout, as this set's compilation has it
    void (*evaluate_residual)(const BiphasicBatch&, const BatchUnknowns&, BatchResidual&);
    void (*evaluate_tangent)(const BiphasicBatch&, const BatchUnknowns&, double tau, bool stiff_floor, BatchTangent&);
    void (*evaluate_flux_strain_tangent)(const BiphasicBatch&, const BatchUnknowns&, BatchFluxStrainTangent&);
    void (*evaluate_point)(const BiphasicBatch&, const BatchUnknowns&, int q, BatchPoint&);
    /// Unknowns of a batch from those of all nodes.
    void (*gather)(const BiphasicBatch&, const NodalQuad* state, BatchUnknowns&);
    /// Adds a batch's forces and volumes to `balance` and its outflow to `outflow`, in the order of nodes and lanes.
    void (*scatter)(const BiphasicBatch&, const BatchResidual&, NodalQuad* balance, double* outflow);
    /// y = A x for A [rows x columns], column by column, rows a multiple of tall_block.
    void (*tall_product)(const float* A, int rows, int columns, const float* x, float* y);
    /// x += A^T y, likewise.
    void (*tall_transposed_product)(const float* A, int rows, int columns, const float* y, double* x);
    std::unique_ptr<LinearSolver> (*make_supernodal_f32)(std::shared_ptr<const SymbolicFactor>);
    std::unique_ptr<LinearSolver> (*make_supernodal_f64)(std::shared_ptr<const SymbolicFactor>);
    /// make_supernodal_f32 with products in matrix tiles; nullptr where the set was compiled without
    std::unique_ptr<LinearSolver> (*make_supernodal_in_tiles)(std::shared_ptr<const SymbolicFactor>);
};

/// Those of instruction_set().
[[nodiscard]] const Kernels& kernels();
/// Those of a set that is available; for tests and benchmarks.
[[nodiscard]] const Kernels& kernels(InstructionSet set);

namespace kernel {
void evaluate_residual(const BiphasicBatch& batch, const BatchUnknowns& x, BatchResidual& out);
void evaluate_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, double tau, bool stiff_floor, BatchTangent& out);
void evaluate_flux_strain_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, BatchFluxStrainTangent& out);
void evaluate_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q, BatchPoint& out);
void gather(const BiphasicBatch& batch, const NodalQuad* state, BatchUnknowns& x);
void scatter(const BiphasicBatch& batch, const BatchResidual& local, NodalQuad* balance, double* outflow);
void tall_product(const float* A, int rows, int columns, const float* x, float* y);
void tall_transposed_product(const float* A, int rows, int columns, const float* y, double* x);
}  // namespace kernel

}  // namespace foramen::engine
