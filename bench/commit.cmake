# Writes HEADER with the commit of SOURCE_FOLDER, "-dirty" where tracked files differ from it, "unknown" where there is no git.
set(commit unknown)
find_program(git git)
if(git)
  execute_process(COMMAND ${git} -C ${SOURCE_FOLDER} describe --always --dirty --abbrev=12 --match=NONE
    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${described})
  endif()
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define REVENANT_COMMIT \"${commit}\"\n")
