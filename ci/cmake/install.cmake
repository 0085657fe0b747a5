# What `cmake --install` gives: headers, libraries, find_package(revenant), and the command.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(libraries revenant_os revenant_pool revenant_chaos)

# A static library names in its link interface what it was compiled with. Those that are installed
# packages are found again by the config file; those that CMake downloaded are not there for others.
set(REVENANT_LINKED_PACKAGES)
get_property(found_packages GLOBAL PROPERTY REVENANT_FOUND_PACKAGES)
foreach(library IN LISTS libraries)
  get_target_property(linked ${library} LINK_LIBRARIES)
  foreach(item IN LISTS linked)
    string(REGEX REPLACE "::.*" "" package "${item}")
    if(package IN_LIST found_packages)
      list(APPEND REVENANT_LINKED_PACKAGES ${package})
    elseif(TARGET ${item} AND NOT package MATCHES "^(revenant|Threads)$")
      message(STATUS "revenant: ${item} was downloaded, so the libraries are not installed")
      set(libraries_are_whole OFF)
    endif()
  endforeach()
endforeach()
