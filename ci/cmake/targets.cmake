# The project's own kinds of target, each with the flags that all of its code is held to.

# revenant_defaults(TARGET [UNSANITIZED]): language, warnings, sanitizers, include root.
function(revenant_defaults target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow -Wswitch
    $<$<BOOL:${REVENANT_WERROR}>:-Werror>)
  # Includes name the folder: "pool/os/pidfd.h", "chaos/src/plan.h".
  target_include_directories(${target} PRIVATE ${revenant_SOURCE_DIR})
  if("UNSANITIZED" IN_LIST ARGN)
    return()
  endif()
  if(REVENANT_SANITIZE STREQUAL "address")
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-omit-frame-pointer
      -fno-sanitize-recover=undefined)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  elseif(REVENANT_SANITIZE STREQUAL "thread")
    target_compile_options(${target} PUBLIC -fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
    target_link_options(${target} PUBLIC -fsanitize=thread)
  endif()
endfunction()

# revenant_library(NAME SOURCES...): static library revenant_NAME with the alias revenant::NAME.
function(revenant_library name)
  add_library(revenant_${name} STATIC ${ARGN})
  add_library(revenant::${name} ALIAS revenant_${name})
  set_target_properties(revenant_${name} PROPERTIES EXPORT_NAME ${name})
  revenant_defaults(revenant_${name})
  # Half of the time of a build from nothing goes into parsing the same headers again. So many sources at a time are parsed
  # as one: two of a library may not give two things the same name, not even in their unnamed namespaces.
  set_target_properties(revenant_${name} PROPERTIES
    UNITY_BUILD ${REVENANT_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# revenant_check_headers(TARGET FOLDER): every public header below FOLDER compiles alone.
function(revenant_check_headers target folder)
  file(GLOB_RECURSE headers RELATIVE ${folder} CONFIGURE_DEPENDS ${folder}/*.h)
  set(sources)
  foreach(header IN LISTS headers)
    string(MAKE_C_IDENTIFIER ${header} stem)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/header_alone/${stem}.cc)
    file(CONFIGURE OUTPUT ${source} CONTENT "#include \"@header@\"  // IWYU pragma: keep\n" @ONLY)
    list(APPEND sources ${source})
  endforeach()
  add_library(${target}_headers_alone OBJECT ${sources})
  revenant_defaults(${target}_headers_alone)
  target_link_libraries(${target}_headers_alone PRIVATE ${target})
endfunction()

# revenant_test(NAME LABEL unit|process|slow SOURCES ... LIBRARIES ... [TIMEOUT seconds] [SERIAL]): a GoogleTest program
# whose tests ctest sees one by one. SERIAL tests run alone: they measure ratios or fill the machine.
function(revenant_test name)
  if(NOT REVENANT_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL" "LABEL;TIMEOUT" "SOURCES;LIBRARIES")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  revenant_defaults(${name})
  # A test's own code is not what is measured.
  target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gtest GTest::gtest_main)
  set(properties LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
  if(arg_SERIAL)
    list(APPEND properties RUN_SERIAL ON)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES ${properties})
  revenant_group_test(${name} ${arg_LABEL})
endfunction()

# revenant_group_test(NAME LABEL): one of what the targets `unit_tests` and `pool_unit_tests` build, of each label and
# folder, for who runs no others.
function(revenant_group_test name label)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${revenant_SOURCE_DIR}
    OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" folder ${folder})
  foreach(group IN ITEMS ${label}_tests ${folder}_${label}_tests)
    if(NOT TARGET ${group})
      add_custom_target(${group})
    endif()
    add_dependencies(${group} ${name})
  endforeach()
endfunction()
