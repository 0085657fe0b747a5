// A worker that answers much faster than the others, and with failures alone: it takes most tasks.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

constexpr std::uint64_t kFailuresMin = 10;
constexpr double kMuchFaster = 2;

double median_speed(const std::unordered_map<pid_t, Answers>& workers) {
  std::vector<double> speeds;
  for (const auto& [pid, answers] : workers) {
    if (answers.results > 0 && answers.per_second() > 0) speeds.push_back(answers.per_second());
  }
  if (speeds.empty()) return 0;
  std::nth_element(speeds.begin(), speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() / 2),
                   speeds.end());
  return speeds[speeds.size() / 2];
}

}  // namespace

std::string blindness_to_black_holes(const Evidence& evidence) {
  const bool are_few = evidence.tasks.ledger.failed() < kFailuresMin;
  return are_few || !evidence.tasks.answers.of_each().empty() ? "" : "outcomes name no workers";
}

std::optional<Finding> black_hole(const Evidence& evidence) {
  if (evidence.tasks.ledger.failed() < kFailuresMin) return std::nullopt;
  const auto& workers = evidence.tasks.answers.of_each();
  const double ordinary = median_speed(workers);
  Finding finding{.kind = FindingKind::black_hole};
  for (const auto& [pid, answers] : workers) {
    if (answers.results > 0 || answers.failures < kFailuresMin || ordinary <= 0) continue;
    if (answers.per_second() < kMuchFaster * ordinary) continue;
    add_example(
        finding, pid,
        fmt::format("worker {} failed {} and did none, {:.0f} a second; the others did "
                    "{:.0f} a second each",
                    pid, counted(answers.failures, "task"), answers.per_second(), ordinary));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation = fmt::format(
      "{} answered with failures alone, at least twice as fast as a worker that does its tasks.",
      counted(finding.count, "worker"));
  return finding;
}

}  // namespace revenant::chaos::checkers
