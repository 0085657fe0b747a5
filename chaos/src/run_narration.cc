#include "chaos/src/run_narration.h"

#include <algorithm>
#include <cstdio>
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
