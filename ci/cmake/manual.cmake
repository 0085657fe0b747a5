# Completions and manual pages: the command that was just built prints them from its own --help.
# They lie below ${REVENANT_MANUAL_FOLDER} as they do below share/ when they are installed.
set(REVENANT_MANUAL_FOLDER ${CMAKE_BINARY_DIR}/generated/share)
set(bash_script ${REVENANT_MANUAL_FOLDER}/bash-completion/completions/revenant)
set(zsh_script ${REVENANT_MANUAL_FOLDER}/zsh/site-functions/_revenant)
set(fish_script ${REVENANT_MANUAL_FOLDER}/fish/vendor_completions.d/revenant.fish)
foreach(script IN ITEMS ${bash_script} ${zsh_script} ${fish_script})
  cmake_path(GET script PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
endforeach()

add_custom_command(OUTPUT ${bash_script} ${zsh_script} ${fish_script} ${REVENANT_MANUAL_FOLDER}/man/man1/revenant.1
  COMMAND revenant_command completion bash > ${bash_script}
  COMMAND revenant_command completion zsh > ${zsh_script}
  COMMAND revenant_command completion fish > ${fish_script}
  COMMAND revenant_command man --out ${REVENANT_MANUAL_FOLDER}/man/man1
  DEPENDS revenant_command COMMENT "Writing completions and manual pages" VERBATIM)
add_custom_target(revenant_manual_files ALL DEPENDS ${bash_script})
