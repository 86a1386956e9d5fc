# Compiler flags shared by every target; see docs/decisions/0004-same-bits.md for -ffp-contract.
add_library(foramen_flags INTERFACE)
target_include_directories(foramen_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(foramen_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -fno-math-errno)
if(FORAMEN_UNITY)
  target_compile_options(foramen_flags INTERFACE -Wno-shadow)  # what a name hides there is another file's
endif()
if(FORAMEN_WERROR)
  target_compile_options(foramen_flags INTERFACE -Werror)
endif()
# Vectors wider than the baseline's registers cross no border between objects by value; GCC warns that they could.
target_compile_options(foramen_flags INTERFACE -Wno-psabi)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(foramen_flags INTERFACE --param=ggc-min-heapsize=400000)  # collects garbage less often: a tenth of the time
endif()
# GCC 12 takes the short string's own room for the heap's (its report 105651), in inlined operator+ and vectors of strings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(foramen_flags INTERFACE -Wno-array-bounds -Wno-restrict)
endif()
set(FORAMEN_KERNEL_SETS OFF)  # one version of the kernels for each instruction set, see foramen_kernels.cmake
if(NOT FORAMEN_ARCH STREQUAL "auto")
  target_compile_options(foramen_flags INTERFACE -march=${FORAMEN_ARCH})
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT FORAMEN_SANITIZE)
  set(FORAMEN_KERNEL_SETS ON)
endif()
if(FORAMEN_SANITIZE)
  target_compile_options(foramen_flags INTERFACE -fsanitize=${FORAMEN_SANITIZE} -fno-omit-frame-pointer -g)
  target_link_options(foramen_flags INTERFACE -fsanitize=${FORAMEN_SANITIZE})
endif()
