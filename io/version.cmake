# What io/version.cpp reports, fixed at configure time; a new commit configures again.
find_package(Git QUIET)
set(FORAMEN_BUILD_COMMIT unknown)
if(Git_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --dirty --abbrev=12 --exclude=*
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR} OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --git-path logs/HEAD
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR} OUTPUT_VARIABLE head_log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    set(FORAMEN_BUILD_COMMIT ${described})
    get_filename_component(head_log "${head_log}" ABSOLUTE BASE_DIR ${CMAKE_CURRENT_LIST_DIR})
    if(EXISTS ${head_log})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${head_log})
    endif()
  endif()
endif()
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
get_target_property(shared_flags foramen_flags INTERFACE_COMPILE_OPTIONS)
list(JOIN shared_flags " " shared_flags)
string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}} ${shared_flags}" FORAMEN_BUILD_FLAGS)
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/version.cpp PROPERTIES COMPILE_DEFINITIONS
  "FORAMEN_BUILD_VERSION=\"${PROJECT_VERSION}\";FORAMEN_BUILD_COMMIT=\"${FORAMEN_BUILD_COMMIT}\";FORAMEN_BUILD_TYPE=\"${CMAKE_BUILD_TYPE}\";FORAMEN_BUILD_FLAGS=\"${FORAMEN_BUILD_FLAGS}\";FORAMEN_BUILD_YAML_CPP=\"${yaml-cpp_VERSION}\"")
