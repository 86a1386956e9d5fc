#include <algorithm>
#include <cstdlib>

#include "engine/core/contract.hpp"
#include "engine/kernels/kernels.hpp"

#if defined(FORAMEN_KERNEL_SETS) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

// One table a set, see kernel_table.cpp. FORAMEN_KERNEL_SETS: this build has all of them.
extern "C" {
extern const foramen::engine::Kernels foramen_kernels_baseline;
#ifdef FORAMEN_KERNEL_SETS
extern const foramen::engine::Kernels foramen_kernels_v3, foramen_kernels_v4;
#endif
}

namespace foramen::engine {

namespace {

/// The processor multiplies tiles of bfloat16, and the system keeps their registers for this process: they are large, so Linux gives them
/// to who asks (Documentation/arch/x86/xstate.rst).
bool tiles_granted() {
#if defined(FORAMEN_KERNEL_SETS) && defined(__linux__)
    constexpr unsigned bfloat16 = 1U << 22, tile = 1U << 24;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (d & bfloat16) == 0 || (d & tile) == 0) return false;
    constexpr long request_permission = 0x1023, tile_data = 18;
    return syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
    return false;
#endif
}

bool processor_has(InstructionSet set) {
#ifdef FORAMEN_KERNEL_SETS
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("f16c");
    if (set == InstructionSet::x86_64_v3) return v3;
    const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (set == InstructionSet::x86_64_v4) return v4;
    if (set == InstructionSet::x86_64_v4_amx) {
        static const bool granted = tiles_granted();
        return v4 && granted && foramen_kernels_v4.make_supernodal_in_tiles != nullptr;
    }
#endif
    return set == InstructionSet::baseline;
}

const Kernels& table(InstructionSet set) {
#ifdef FORAMEN_KERNEL_SETS
    if (set == InstructionSet::x86_64_v3) return foramen_kernels_v3;
    if (set == InstructionSet::x86_64_v4) return foramen_kernels_v4;
    if (set == InstructionSet::x86_64_v4_amx) {
        static const Kernels in_tiles = [] {
            Kernels table = foramen_kernels_v4;
            table.make_supernodal_f32 = table.make_supernodal_in_tiles;
            return table;
        }();
        return in_tiles;
    }
#endif
    static_cast<void>(set);
    return foramen_kernels_baseline;
}

InstructionSet choose() {
    const std::vector<InstructionSet> available = available_instruction_sets();
    const char* const wanted = std::getenv("FORAMEN_INSTRUCTION_SET");
    const std::optional<InstructionSet> named = wanted != nullptr ? instruction_set_from(wanted) : std::nullopt;
    const bool usable = named && std::find(available.begin(), available.end(), *named) != available.end();
    return usable ? *named : available.back();
}

}  // namespace

std::optional<InstructionSet> instruction_set_from(std::string_view given) {
    for (std::size_t i = 0; i < instruction_set_words.size(); ++i)
        if (instruction_set_words[i] == given) return static_cast<InstructionSet>(i);
    return std::nullopt;
}

std::vector<InstructionSet> available_instruction_sets() {
    std::vector<InstructionSet> sets;
    for (const InstructionSet set : {InstructionSet::baseline, InstructionSet::x86_64_v3, InstructionSet::x86_64_v4, InstructionSet::x86_64_v4_amx})
        if (processor_has(set)) sets.push_back(set);
    return sets;
}

InstructionSet instruction_set() {
    static const InstructionSet chosen = choose();
    return chosen;
}

const Kernels& kernels() {
    static const Kernels& chosen = kernels(instruction_set());
    return chosen;
}

const Kernels& kernels(InstructionSet set) {
    FORAMEN_EXPECTS(processor_has(set), word(set));
    const Kernels& found = table(set);
    FORAMEN_EXPECTS(found.layout == kernel_layout, word(set));
    return found;
}

void evaluate_residual(const BiphasicBatch& batch, const BatchUnknowns& x, BatchResidual& out) { kernels().evaluate_residual(batch, x, out); }
void evaluate_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, double tau, bool stiff_floor, BatchTangent& out) {
    kernels().evaluate_tangent(batch, x, tau, stiff_floor, out);
}
void evaluate_flux_strain_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, BatchFluxStrainTangent& out) {
    kernels().evaluate_flux_strain_tangent(batch, x, out);
}
BatchPoint evaluate_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q) {
    BatchPoint out;
    kernels().evaluate_point(batch, x, q, out);
    return out;
}

}  // namespace foramen::engine
