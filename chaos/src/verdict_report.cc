// A run told to a test: the verdict and the circumstances.
#include "chaos/src/verdict.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {

std::string verdict_report(const RunResult& result) {
  std::string text = verdict_text(result.verdict, {}) + "  ended because " + result.ended + "\n";
  for (const std::string& note : result.notes) text += "  note: " + note + "\n";
  if (!result.last_words.empty()) {
    text += "  the end of the target's standard error:\n" + result.last_words + "\n";
  }
  return text;
}

}  // namespace revenant::chaos
