# revenant::build_facts: the generated header "revenant_build.h" (version, commit, compiler).
set(generated ${CMAKE_BINARY_DIR}/generated)
string(STRIP "${CMAKE_BUILD_TYPE} ${REVENANT_SANITIZE}" build_type)
set(write_build_facts ${CMAKE_COMMAND}
  -DSOURCE=${revenant_SOURCE_DIR} -DOUTPUT=${generated}/revenant_build.h
  -DVERSION=${revenant_VERSION} "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
  "-DTYPE=${build_type}" -P ${CMAKE_CURRENT_LIST_DIR}/commit.cmake)
add_custom_target(revenant_build_facts_header
  COMMAND ${write_build_facts} BYPRODUCTS ${generated}/revenant_build.h VERBATIM)
add_library(revenant_build_facts INTERFACE)
add_library(revenant::build_facts ALIAS revenant_build_facts)
target_include_directories(revenant_build_facts INTERFACE ${generated})
add_dependencies(revenant_build_facts revenant_build_facts_header)
