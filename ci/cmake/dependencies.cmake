# Finds what the project needs: an installed package first, a pinned download where there is none.
include(FetchContent)
set(FETCHCONTENT_TRY_FIND_PACKAGE_MODE NEVER)
# What is downloaded is held to its own warnings, built where it is used, and not installed with us.
set(REVENANT_FETCH_OPTIONS SYSTEM)
if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.28)
  list(APPEND REVENANT_FETCH_OPTIONS EXCLUDE_FROM_ALL)
endif()
set(BENCHMARK_ENABLE_TESTING OFF)
set(BENCHMARK_ENABLE_INSTALL OFF)
set(INSTALL_GTEST OFF)

# revenant_dependency(PACKAGE REPOSITORY TAG): find_package(PACKAGE CONFIG), else that tag of that repository.
function(revenant_dependency package repository tag)
  find_package(${package} CONFIG QUIET)
  if(${package}_FOUND)
    message(STATUS "revenant: ${package} ${${package}_VERSION} (installed)")
    set_property(GLOBAL APPEND PROPERTY REVENANT_FOUND_PACKAGES ${package})
    return()
  endif()
  message(STATUS "revenant: ${package} not installed, fetching ${tag}")
  FetchContent_Declare(${package} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON
    ${REVENANT_FETCH_OPTIONS})
  FetchContent_MakeAvailable(${package})
endfunction()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

revenant_dependency(fmt https://github.com/fmtlib/fmt.git 9.1.0)
revenant_dependency(nlohmann_json https://github.com/nlohmann/json.git v3.11.2)
revenant_dependency(simdjson https://github.com/simdjson/simdjson.git v3.0.1)
revenant_dependency(pugixml https://github.com/zeux/pugixml.git v1.13)

# Boost.Process v2 came with 1.80; several Boost versions may be installed side by side.
find_package(Boost 1.81 CONFIG QUIET COMPONENTS headers)
if(Boost_FOUND)
  message(STATUS "revenant: Boost ${Boost_VERSION} (installed)")
  set_property(GLOBAL APPEND PROPERTY REVENANT_FOUND_PACKAGES Boost)
  set(REVENANT_BOOST Boost::headers)
else()
  message(STATUS "revenant: Boost >= 1.81 not installed, fetching 1.83.0")
  set(BOOST_INCLUDE_LIBRARIES process asio)
  FetchContent_Declare(Boost
    URL https://github.com/boostorg/boost/releases/download/boost-1.83.0/boost-1.83.0.tar.xz
    ${REVENANT_FETCH_OPTIONS})
  FetchContent_MakeAvailable(Boost)
  set(REVENANT_BOOST Boost::process Boost::asio)
endif()

if(REVENANT_BUILD_COMMAND)
  revenant_dependency(CLI11 https://github.com/CLIUtils/CLI11.git v2.3.2)
  revenant_dependency(tomlplusplus https://github.com/marzer/tomlplusplus.git v3.4.0)
  revenant_dependency(benchmark https://github.com/google/benchmark.git v1.7.1)
  find_path(REVENANT_MUSTACHE_INCLUDE kainjow/mustache.hpp)
  if(NOT REVENANT_MUSTACHE_INCLUDE)
    # One header: its own CMakeLists.txt, which builds tests, is passed over.
    FetchContent_Declare(mustache GIT_REPOSITORY https://github.com/kainjow/Mustache.git GIT_TAG v4.1
      SOURCE_SUBDIR no_build)
    FetchContent_MakeAvailable(mustache)
    file(COPY ${mustache_SOURCE_DIR}/mustache.hpp DESTINATION ${CMAKE_BINARY_DIR}/fetched/kainjow)
    set(REVENANT_MUSTACHE_INCLUDE ${CMAKE_BINARY_DIR}/fetched CACHE PATH "" FORCE)
  endif()
endif()

if(REVENANT_BUILD_TESTS)
  revenant_dependency(GTest https://github.com/google/googletest.git v1.14.0)
  include(GoogleTest)
endif()
