# cmake -DSPIN= -DCOMPILER= -DMODEL= -DFLAGS= -DEXPECTED=holds|breaks -DFOLDER= -P search.cmake
# Makes spin's verifier of a model, lets it search all states, and compares what it found.
if(NOT SPIN)
  message("SKIPPED: spin is not installed")
  return()
endif()
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})

function(run what)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${FOLDER} RESULT_VARIABLE result
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${what} failed (${result}):\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run("spin" ${SPIN} -a ${FLAGS} ${MODEL})
# -w: spin's own C code has warnings. SAFETY: assertions, no cycles.
run("compiling the verifier" ${COMPILER} -x c -w -O1 -DSAFETY -DCOLLAPSE -DNOCLAIM -o pan pan.c)
# -E: a process that waits for ever is judged by the model's own assertion, which knows for what.
run("the verifier" ./pan -E -m100000 -w22)

if(output MATCHES "max search depth too small|out of memory|aborting")
  message(FATAL_ERROR "the search was cut short:\n${output}")
endif()
string(REGEX MATCH "errors: ([0-9]+)" ignored "${output}")
set(errors "${CMAKE_MATCH_1}")
if(errors STREQUAL "")
  message(FATAL_ERROR "spin gave no result:\n${output}")
elseif(EXPECTED STREQUAL "holds" AND NOT errors EQUAL 0)
  get_filename_component(name ${MODEL} NAME)
  execute_process(COMMAND ${SPIN} -p -g -k ${FOLDER}/${name}.trail ${FLAGS} ${MODEL}
    WORKING_DIRECTORY ${FOLDER} OUTPUT_VARIABLE trail)
  message(FATAL_ERROR "the claim does not hold; how it comes to that:\n${output}\n${trail}")
elseif(EXPECTED STREQUAL "breaks" AND errors EQUAL 0)
  message(FATAL_ERROR "this variant is broken, and was found right:\n${output}")
endif()
string(REGEX MATCH "[^\n]*states, stored" states "${output}")
string(REGEX MATCH "pan:[0-9]+: [^\n]*" violation "${output}")
message("${states}\n${violation}")
