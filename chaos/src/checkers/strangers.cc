#include "chaos/src/checkers/strangers.h"

#include <fmt/format.h>

#include <unordered_set>

#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos {

std::string warning_of_strangers(const Evidence& evidence) {
  std::unordered_set<pid_t> workers;
  for (const WorkerRecord& worker : evidence.index.workers) workers.insert(worker.pid);
  std::uint64_t named = 0;
  std::uint64_t strangers = 0;
  for (const auto& [pid, answers] : evidence.tasks.answers.of_each()) {
    const std::uint64_t outcomes = answers.results + answers.failures;
    named += outcomes;
    if (!workers.contains(pid)) strangers += outcomes;
  }
  if (2 * strangers <= named) return {};
  return fmt::format(
      "{} of {} name a process that was not among the workers that were hit: if it lives longer "
      "than a task, choose with --workers",
      grouped(strangers), counted(named, "outcome"));
}

}  // namespace revenant::chaos
