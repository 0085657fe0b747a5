# Writes OUTPUT, the source of embedded.h: the FILES (a list, relative to FOLDER) as raw strings.
set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${FOLDER}/${file} content)
  if(content MATCHES "\\)embedded\"")
    message(FATAL_ERROR "${file} contains the delimiter of its raw string")
  endif()
  string(APPEND entries "    {\"${file}\", R\"embedded(${content})embedded\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by reports/src/embed.cmake; change the files named here instead.
#include \"reports/src/embedded.h\"

#include <cstdio>
#include <cstdlib>

namespace revenant::reports {
namespace {

struct Entry {
  std::string_view name;
  std::string_view content;
};

constexpr Entry kEntries[] = {
${entries}};

}  // namespace

std::string_view embedded_file(std::string_view name) {
  for (const Entry& entry : kEntries) {
    if (entry.name == name) return entry.content;
  }
  std::fprintf(stderr, \"revenant: no file %.*s was built in\\n\", static_cast<int>(name.size()),
               name.data());
  std::abort();
}

}  // namespace revenant::reports
")
