#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace foramen::engine {

/// Instruction sets for which the kernels are compiled. Everything else is compiled once, for every processor of the family.
/// baseline: what every processor of the family has. x86_64_v3: AVX2 and fused multiply-add. x86_64_v4: AVX-512, used with vectors
/// of 256 bits and its 32 registers. x86_64_v4_amx: the same, and the products of single-precision factors in matrix tiles
/// of bfloat16 (AMX-BF16; tile_products.hpp).
/// Source: x86-64 psABI, micro-architecture levels.
enum class InstructionSet { baseline, x86_64_v3, x86_64_v4, x86_64_v4_amx };
inline constexpr std::array<std::string_view, 4> instruction_set_words{"baseline", "x86-64-v3", "x86-64-v4", "x86-64-v4-amx"};

[[nodiscard]] constexpr std::string_view word(InstructionSet set) { return instruction_set_words[static_cast<std::size_t>(set)]; }
[[nodiscard]] std::optional<InstructionSet> instruction_set_from(std::string_view word);

/// What this build holds and this processor can do, slowest first; never empty.
[[nodiscard]] std::vector<InstructionSet> available_instruction_sets();

/// The one in use: the last of those available, or the one that the environment's FORAMEN_INSTRUCTION_SET names, if it is
/// available. Chosen once, at the first call; it never changes in a process.
[[nodiscard]] InstructionSet instruction_set();

}  // namespace foramen::engine
