#include "chaos/src/run_narration.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace revenant::chaos {
namespace {

void print_lines(const char* head, const std::string& text) {
  std::fprintf(stderr, "%s\n", head);
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    std::fprintf(stderr, "  | %s\n", text.substr(at, newline - at).c_str());
    at = newline + 1;
  }
}

}  // namespace

bool wants_colour(std::FILE* out) {
  const char* const no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  return ::isatty(::fileno(out)) == 1;
}

void print_circumstances(const RunResult& result) {
  for (const std::string& note : result.notes) {
    std::fprintf(stderr, "revenant chaos: %s\n", note.c_str());
  }
  if (result.verdict.ruling == Ruling::pass) return;
  std::fprintf(stderr, "revenant chaos: the run ended because %s\n", result.ended.c_str());
  if (!result.last_words.empty()) {
    print_lines("revenant chaos: the end of the target's standard error:", result.last_words);
  }
}

}  // namespace revenant::chaos
