# cmake -DHOW=installed|subdirectory -DBUILD=… -DSOURCE=… -DWORK=… [-DLAUNCHER=…] -P package.cmake
# Builds and runs someone else's project against this one.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "this has failed (${result}): ${command}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
if(HOW STREQUAL "installed")
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
  # An empty prefix would be found too if another revenant were installed on this machine.
  set(where -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
else()
  set(where -DREVENANT_SOURCE=${SOURCE} -DREVENANT_UNITY_BUILD=ON)
endif()
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE}/ci/tests/consumer -B ${WORK}/build
  -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -DREADME=${SOURCE}/README.md ${where})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/uses_pool)
run(${WORK}/build/readme)
if(HOW STREQUAL "installed")
  run(${WORK}/build/uses_chaos)
  if(EXISTS ${WORK}/prefix/bin/revenant)
    run(${WORK}/prefix/bin/revenant --version)
  endif()
endif()
