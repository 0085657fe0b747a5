#include "chaos/src/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "chaos/src/checkers/blast_radius.h"
#include "chaos/src/checkers/claims.h"
#include "chaos/src/checkers/finding_text.h"
#include "chaos/src/checkers/precedence.h"
#include "chaos/src/confidence.h"
#include "chaos/src/history_file.h"
#include "chaos/src/recovery_times.h"
#include "chaos/src/throughput.h"
#include "chaos/src/verdict.h"

namespace revenant::chaos {
namespace {

void note_error(Finding& errors, std::string_view where, const char* what) {
  add_example(errors, 0, fmt::format("{}: {}", where, what));
  errors.explanation = fmt::format("{} threw, so what it would have found is not known.",
                                   counted(errors.count, "checker"));
}

// Runs `step` and turns what it throws into a finding.
template <typename Step>
void guarded(Finding& errors, std::string_view where, Step step) {
  try {
    step();
  } catch (const std::exception& error) {
    note_error(errors, where, error.what());
  } catch (...) {
    note_error(errors, where, "something that is not a std::exception");
  }
}

std::uint64_t count_of(const std::vector<Finding>& findings, FindingKind kind) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& f) { return f.kind == kind; });
  return found == findings.end() ? 0 : found->count;
}

Counts counts_of(const HistoryIndex& index, const Strength& strength,
                 const std::vector<Finding>& findings) {
  const std::uint64_t carried_out =
      index.faults.size() + index.faults_skipped + index.faults_indeterminate;
  return {
      .tasks = index.tasks.size(),
      .results = index.results,
      .failed = index.failed,
      .lost = count_of(findings, FindingKind::lost),
      .open = index.open(),
      .duplicated = index.duplicated.count,
      .corrupted = index.corrupted.count,
      .unexpected = index.unexpected.count,
      .faults_planned = std::max(index.run.faults_planned, carried_out),
      .faults_installed = index.faults.size(),
      .kills = static_cast<std::uint64_t>(
          std::count_if(index.faults.begin(), index.faults.end(),
                        [](const InstalledFault& fault) { return !fault.is_stop(); })),
      .workers_at_start = strength.at_start,
      .workers_at_end = strength.at_end,
  };
}

// No statement on what a fault loses where the open tasks are nobody's fault: they may all be lost.
std::string confidence_of(const Counts& counts, const Evidence& evidence) {
  if (evidence.open_tasks != OpenTasks::none && evidence.open_tasks != OpenTasks::lost) return "";
  const bool only_kills = counts.kills == counts.faults_installed;
  return confidence_statement(counts.lost, counts.tasks, counts.faults_installed,
                              only_kills ? "kill" : "fault");
}

}  // namespace

Verdict judge_with(const HistoryIndex& index, std::span<const NamedChecker> checkers) {
  Verdict verdict;
  verdict.seed = index.run.seed;
  verdict.claim = claim_named(index.run.claim).value_or(Claim::completes);
  Finding errors{.kind = FindingKind::checker_error};
  std::vector<Finding> findings;
  guarded(errors, "gathering the evidence", [&] {
    const Evidence evidence = gather(index);
    for (const NamedChecker& checker : checkers) {
      guarded(errors, to_string(checker.kind), [&] {
        if (auto finding = checker.check(evidence)) findings.push_back(std::move(*finding));
      });
    }
    verdict.counts = counts_of(index, evidence.strength, findings);
    verdict.blast_radius = measure_blast_radius(evidence);
    verdict.confidence = confidence_of(verdict.counts, evidence);
    guarded(errors, "recovery times", [&] {
      verdict.recovery_us = measure_recovery(index, evidence.strength);
      verdict.throughput_per_s = measure_throughput(index);
    });
  });
  std::erase_if(findings, [&](const Finding& f) { return !demands(verdict.claim, f.kind); });
  remove_consequences(findings);
  if (errors.count > 0) findings.push_back(std::move(errors));
  verdict.ruling = Ruling::pass;
  for (const Finding& finding : findings) {
    verdict.ruling = std::max(verdict.ruling, ruling_of(finding.kind));
  }
  verdict.findings = std::move(findings);
  return verdict;
}

Verdict judge(const History& history) {
  HistoryIndex index;
  for (const HistoryEvent& event : history) index.add(event);
  return judge_with(index, all_checkers());
}

JudgedFile judge_file(const std::string& path) {
  HistoryReader reader(path);
  HistoryIndex index;
  HistoryEvent event;
  while (reader.next(event)) index.add(event);
  // Whatever follows an `end`, it was not the end.
  if (!reader.error().empty() || reader.cut_in_mid_line()) index.ended.reset();
  JudgedFile judged{.verdict = judge_with(index, all_checkers()), .error = reader.error()};
  judged.verdict.warnings = reader.warnings();
  if (reader.cut_in_mid_line()) {
    judged.verdict.warnings.push_back(path + ": the last line is cut and was not read");
  }
  return judged;
}

}  // namespace revenant::chaos
