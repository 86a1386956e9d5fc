# Eigen's and the standard library's headers are parsed once instead of once a file: half of the time of a small file
# (docs/installing.md). Each file still includes what it uses: the dev preset compiles without, and finds what is missing.
option(FORAMEN_PRECOMPILED "Parse the large headers once" ON)

# For targets with the same compile options. Further arguments: fmt::fmt and other libraries that bring headers or definitions.
function(foramen_parse_headers name)
  if(NOT FORAMEN_PRECOMPILED)
    return()
  endif()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers/${name}.cpp CONTENT "// nothing: the target exists for its headers\n")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/headers/${name}.cpp)
  target_link_libraries(${name} PRIVATE foramen_flags Eigen3::Eigen OpenMP::OpenMP_CXX ${ARGN})
  target_compile_definitions(${name} PRIVATE EIGEN_DONT_PARALLELIZE)
  target_precompile_headers(${name} PRIVATE <Eigen/Dense> <algorithm> <array> <cmath> <filesystem> <functional> <map> <memory>
                            <optional> <set> <span> <sstream> <string> <string_view> <vector>)
  if("fmt::fmt" IN_LIST ARGN)
    target_precompile_headers(${name} PRIVATE <fmt/format.h>)
  endif()
endfunction()

function(foramen_share_headers target name)
  if(FORAMEN_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
