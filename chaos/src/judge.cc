#include "chaos/src/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <functional>

#include "chaos/src/checkers/blast_radius.h"
#include "chaos/src/checkers/claims.h"
#include "chaos/src/checkers/finding_text.h"
#include "chaos/src/checkers/precedence.h"
#include "chaos/src/checkers/strangers.h"
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

Counts counts_of(const Evidence& evidence, const std::vector<Finding>& findings) {
  const HistoryIndex& index = evidence.index;
  const TaskLedger& tasks = evidence.tasks.ledger;
  const std::uint64_t carried_out =
      index.faults.size() + index.faults_skipped + index.faults_indeterminate;
  return {
      .tasks = tasks.given(),
      .results = tasks.results(),
      .failed = tasks.failed(),
      .lost = count_of(findings, FindingKind::lost),
      .open = tasks.open(),
      .duplicated = tasks.duplicated.count,
      .corrupted = tasks.corrupted.count,
      .unexpected = tasks.unexpected.count,
      .faults_planned = std::max(index.run.faults_planned, carried_out),
      .faults_installed = index.faults.size(),
      .kills = static_cast<std::uint64_t>(
          std::count_if(index.faults.begin(), index.faults.end(),
                        [](const InstalledFault& fault) { return !fault.is_stop(); })),
      .workers_at_start = evidence.strength.at_start,
      .workers_at_end = evidence.strength.at_end,
  };
}

// No statement on what a fault loses where the open tasks are nobody's fault: they may all be lost.
std::string confidence_of(const Counts& counts, const Evidence& evidence) {
  if (evidence.open_tasks != OpenTasks::none && evidence.open_tasks != OpenTasks::lost) return "";
  const bool only_kills = counts.kills == counts.faults_installed;
  const bool are_probes = !evidence.index.run.without_protocol.empty();
  return confidence_statement(counts.lost, counts.tasks, counts.faults_installed,
                              only_kills ? "kill" : "fault", are_probes ? "probe" : "task");
}

// Goes through the events of the tasks, once all others are known.
using GoThroughTasks = std::function<void(TaskAccount& account)>;

Verdict judge_tasks(const HistoryIndex& index, const GoThroughTasks& go_through_tasks,
                    std::span<const NamedChecker> checkers) {
  Verdict verdict;
  verdict.seed = index.run.seed;
  verdict.tasks_are_probes = !index.run.without_protocol.empty();
  verdict.claim = claim_named(index.run.claim).value_or(Claim::completes);
  Finding errors{.kind = FindingKind::checker_error};
  std::vector<Finding> findings;
  guarded(errors, "gathering the evidence", [&] {
    const Strength strength = measure_strength(index);
    TaskAccount tasks(index, strength);
    go_through_tasks(tasks);
    const Evidence evidence = gather(index, strength, tasks);
    for (const NamedChecker& checker : checkers) {
      guarded(errors, to_string(checker.kind), [&] {
        if (auto finding = checker.check(evidence)) findings.push_back(std::move(*finding));
        if (checker.blindness == nullptr || !demands(verdict.claim, checker.kind)) return;
        if (auto why = checker.blindness(evidence); !why.empty()) {
          verdict.not_judged.push_back({checker.kind, std::move(why)});
        }
      });
    }
    verdict.counts = counts_of(evidence, findings);
    verdict.blast_radius = measure_blast_radius(evidence);
    verdict.confidence = confidence_of(verdict.counts, evidence);
    if (auto warning = warning_of_strangers(evidence); !warning.empty()) {
      verdict.warnings.push_back(std::move(warning));
    }
    guarded(errors, "recovery times", [&] {
      verdict.recovery_us = measure_recovery(index, strength, tasks.after_faults, tasks.production,
                                             evidence.never_answered);
      verdict.throughput_per_s = tasks.production.measured();
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

// The part of a file before its line `lines_max + 1`.
struct JudgedPart {
  JudgedFile judged;
  std::uint64_t lines = 0;  // that were read, the damaged one among them
};

// First all but the tasks, then the tasks: the file is read twice, and what tasks there are need
// not be kept. The first reading parses few lines and takes a tenth of the time of the second.
JudgedPart judge_part(const std::string& path, std::uint64_t lines_max) {
  HistoryReader rare(path, lines_max);
  HistoryIndex index;
  HistoryEvent event;
  while (const auto read = rare.next_but_tasks(event)) {
    if (*read == HistoryReader::Read::whole) {
      index.add(event);
    } else {
      index.pass_over(event.t);
    }
  }
  const bool is_cut = rare.cut_in_mid_line();
  // Whatever follows an `end`, it was not the end.
  if (!rare.error().empty() || is_cut) index.ended.reset();
  // A file that has grown since is judged as it was.
  HistoryReader reader(path, rare.lines());
  const auto go_through_tasks = [&](TaskAccount& tasks) {
    while (reader.next(event)) tasks.add(event);
  };
  JudgedPart part;
  part.judged.verdict = judge_tasks(index, go_through_tasks, all_checkers());
  std::vector<std::string>& warnings = part.judged.verdict.warnings;
  warnings.insert(warnings.begin(), reader.warnings().begin(), reader.warnings().end());
  if (is_cut) {
    warnings.push_back(path + ": the last line is cut and was not read");
  }
  part.judged.error = reader.error();
  part.lines = reader.lines();
  return part;
}

}  // namespace

Verdict judge_with(const History& history, std::span<const NamedChecker> checkers) {
  HistoryIndex index;
  for (const HistoryEvent& event : history) index.add(event);
  const auto go_through_tasks = [&](TaskAccount& tasks) {
    for (const HistoryEvent& event : history) tasks.add(event);
  };
  return judge_tasks(index, go_through_tasks, checkers);
}

Verdict judge(const History& history) { return judge_with(history, all_checkers()); }

JudgedFile judge_file(const std::string& path) {
  JudgedPart whole = judge_part(path, HistoryReader::kAllLines);
  if (whole.judged.error.empty() || whole.lines == 0) return std::move(whole.judged);
  // What stands behind a damaged line is no part of the history, be it a fault or the end.
  JudgedFile before = judge_part(path, whole.lines - 1).judged;
  before.error = std::move(whole.judged.error);
  return before;
}

}  // namespace revenant::chaos
