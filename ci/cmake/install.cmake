# What `cmake --install` gives: headers, libraries, find_package(revenant), and the command.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(REVENANT_BUILD_COMMAND)
  install(TARGETS revenant_command RUNTIME COMPONENT command)
  if(REVENANT_MANUAL_FOLDER)
    # OPTIONAL: who builds some targets alone can install those.
    install(DIRECTORY ${REVENANT_MANUAL_FOLDER}/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}
      COMPONENT command OPTIONAL)
    # Below /usr Debian's zsh looks there, and not into site-functions.
    install(FILES ${REVENANT_MANUAL_FOLDER}/zsh/site-functions/_revenant
      DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/zsh/vendor-completions COMPONENT command OPTIONAL)
  endif()
  # `revenant matrix` looks there; what the adapters' own `install` and builds leave behind stays here.
  install(DIRECTORY ${revenant_SOURCE_DIR}/chaos/adapters DESTINATION share/revenant COMPONENT command
    USE_SOURCE_PERMISSIONS PATTERN node_modules EXCLUDE PATTERN __pycache__ EXCLUDE
    PATTERN cpp-threads-and-fork/pool EXCLUDE)
  install(FILES ${revenant_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/revenant
    RENAME copyright COMPONENT command)
endif()

# revenant_link_closure(LIBRARIES PACKAGES DOWNLOADED ROOTS...): what has to be there for a program that
# links the ROOTS: our own libraries below them, packages that find_package() finds again, and what
# only this build has, because CMake downloaded it.
function(revenant_link_closure out_libraries out_packages out_downloaded)
  get_property(installed_packages GLOBAL PROPERTY REVENANT_FOUND_PACKAGES)
  set(open ${ARGN})
  while(open)
    list(POP_FRONT open library)
    list(APPEND libraries ${library})
    get_target_property(items ${library} INTERFACE_LINK_LIBRARIES)
    foreach(item IN LISTS items)
      string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" item "${item}")
      string(REGEX REPLACE "::.*" "" package "${item}")
      if(package STREQUAL "revenant")
        get_target_property(aliased ${item} ALIASED_TARGET)
        list(APPEND open ${aliased})
        list(REMOVE_ITEM open ${libraries})
      elseif(package IN_LIST installed_packages)
        list(APPEND packages ${package})
      elseif(TARGET ${item} AND NOT package STREQUAL "Threads")
        list(APPEND downloaded ${item})
      endif()
    endforeach()
  endwhile()
  list(REMOVE_DUPLICATES libraries)
  list(REMOVE_DUPLICATES packages)
  list(REMOVE_DUPLICATES downloaded)
  set(${out_libraries} ${libraries} PARENT_SCOPE)
  set(${out_packages} ${packages} PARENT_SCOPE)
  set(${out_downloaded} ${downloaded} PARENT_SCOPE)
endfunction()

revenant_link_closure(libraries REVENANT_LINKED_PACKAGES downloaded revenant_pool revenant_chaos)
if(downloaded)
  message(STATUS "revenant: the libraries are not installed: ${downloaded} had to be downloaded")
  return()
endif()

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/revenant)
install(TARGETS ${libraries} EXPORT revenant-targets ARCHIVE COMPONENT development)
install(DIRECTORY ${revenant_SOURCE_DIR}/pool/include/ ${revenant_SOURCE_DIR}/chaos/include/
  TYPE INCLUDE COMPONENT development FILES_MATCHING PATTERN "*.h")
install(EXPORT revenant-targets NAMESPACE revenant:: DESTINATION ${config_folder}
  COMPONENT development)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/revenant-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/revenant-config.cmake INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/revenant-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/revenant-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/revenant-config-version.cmake DESTINATION ${config_folder}
  COMPONENT development)
install(FILES ${revenant_SOURCE_DIR}/LICENSE RENAME copyright COMPONENT development
  DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/librevenant-dev)
