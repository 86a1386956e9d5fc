# The kernels are where the time goes: fused multiply-add and full optimisation there, strict arithmetic elsewhere. On x86-64 they
# are compiled once for each instruction set and the processor decides at the start (docs/decisions/0024-kernels-by-processor.md);
# FORAMEN_ARCH names one set for everything and leaves no choice.
set(kernel_options -O3 -ffp-contract=fast -fno-trapping-math)

function(foramen_kernel_set name)
  add_library(foramen_kernels_${name} OBJECT ${kernel_sources})
  target_link_libraries(foramen_kernels_${name} PRIVATE foramen_flags Eigen3::Eigen OpenMP::OpenMP_CXX)
  target_compile_options(foramen_kernels_${name} PRIVATE ${kernel_options} ${ARGN})
  set_target_properties(foramen_kernels_${name} PROPERTIES UNITY_BUILD OFF)  # each file has names of its own
  target_compile_definitions(foramen_kernels_${name} PRIVATE FORAMEN_KERNELS=foramen_kernels_${name} EIGEN_DONT_PARALLELIZE)
endfunction()

# One object that shows its table and nothing else: templates that two sets share by name must never be merged by the linker, or a
# processor meets instructions that it does not have.
function(foramen_seal_kernels name)
  set(sealed ${CMAKE_CURRENT_BINARY_DIR}/kernels_${name}.o)
  add_custom_command(
    OUTPUT ${sealed}
    COMMAND ${CMAKE_LINKER} -r --force-group-allocation -o ${sealed}.merged $<TARGET_OBJECTS:foramen_kernels_${name}>
    COMMAND ${CMAKE_OBJCOPY} --keep-global-symbol=foramen_kernels_${name} ${sealed}.merged ${sealed}
    DEPENDS foramen_kernels_${name} $<TARGET_OBJECTS:foramen_kernels_${name}>
    COMMAND_EXPAND_LISTS VERBATIM)
  set_source_files_properties(${sealed} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
  target_sources(foramen_engine PRIVATE ${sealed})
endfunction()

if(FORAMEN_KERNEL_SETS)
  list(APPEND kernel_options -fno-gnu-unique)  # unique symbols could not be made local
  foramen_kernel_set(baseline)
  foramen_kernel_set(v3 -march=x86-64-v3)
  # matrix tiles: the compiler makes no use of them by itself, so a processor without them can run the set
  include(CheckCXXCompilerFlag)
  check_cxx_compiler_flag("-mamx-tile -mamx-bf16" FORAMEN_COMPILER_HAS_TILES)
  set(tiles $<$<BOOL:${FORAMEN_COMPILER_HAS_TILES}>:-mamx-tile> $<$<BOOL:${FORAMEN_COMPILER_HAS_TILES}>:-mamx-bf16>)
  # the compiler finds its own AVX-512 header suspicious
  foramen_kernel_set(v4 -march=x86-64-v4 -mprefer-vector-width=256 -Wno-maybe-uninitialized ${tiles})
  foreach(name baseline v3 v4)
    foramen_seal_kernels(${name})
  endforeach()
  target_compile_definitions(foramen_engine PRIVATE FORAMEN_KERNEL_SETS)
else()
  foramen_kernel_set(baseline)
  target_sources(foramen_engine PRIVATE $<TARGET_OBJECTS:foramen_kernels_baseline>)
endif()
