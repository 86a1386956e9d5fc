# What io/version.cpp reports: flags and versions from the configuration, the commit from every build.
set(commit_header ${CMAKE_CURRENT_BINARY_DIR}/version/build_commit.hpp)
add_custom_target(foramen_commit BYPRODUCTS ${commit_header}
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_CURRENT_LIST_DIR} -DHEADER=${commit_header} -P ${CMAKE_CURRENT_LIST_DIR}/commit_header.cmake
  COMMENT "Asking git for the commit")
add_dependencies(foramen_io foramen_commit)
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
get_target_property(shared_flags foramen_flags INTERFACE_COMPILE_OPTIONS)
list(JOIN shared_flags " " shared_flags)
string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}} ${shared_flags}" FORAMEN_BUILD_FLAGS)
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/version.cpp PROPERTIES INCLUDE_DIRECTORIES ${CMAKE_CURRENT_BINARY_DIR}/version COMPILE_DEFINITIONS
  "FORAMEN_BUILD_VERSION=\"${PROJECT_VERSION}\";FORAMEN_BUILD_TYPE=\"${CMAKE_BUILD_TYPE}\";FORAMEN_BUILD_FLAGS=\"${FORAMEN_BUILD_FLAGS}\";FORAMEN_BUILD_YAML_CPP=\"${yaml-cpp_VERSION}\"")
