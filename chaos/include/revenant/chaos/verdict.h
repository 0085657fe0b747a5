// What a run proved: a verdict, the findings that it rests on, and how much the run can support.
//
// Plain data, made by the judge from a finished history; nothing in it refers to a living process.
// Times are in nanoseconds from the start of the run unless the name ends in another unit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::chaos {

// Ordered as they are merged: the greatest wins. `unknown` is never taken for `pass`.
enum class Ruling { pass, unknown, fail };

// What the target promises, weakest first; each claim demands all that the one before demands.
enum class Claim {
  observe,    // nothing: the run is recorded, and only its own validity is judged
  reports,    // every task gets exactly one outcome, none is silently lost
  contains,   // and only a task that was on a killed worker may fail
  completes,  // every task gets exactly one correct result
};

// Each with its word in verdict.json: the enumerator with '-' for '_'.
enum class FindingKind {
  // Against the target: the verdict is `fail`.
  target_crashed,
  stalled,
  lost,
  duplicated,
  corrupted,
  unexpected,
  failed,
  innocent_failed,
  shrunk,
  slow_recovery,
  orphan,
  zombie,
  unreadable,
  poison,         // a task that kills its workers was not given up
  black_hole,     // a worker answered fast, and with failures alone
  executions,     // tasks were done more often, or less, than was promised
  unfair,         // a living worker gets nothing
  fd_leak,        // of the main process, by faults
  memory_growth,  // the same
  // Against the run: the verdict is `unknown`.
  cut_short,
  nothing_finished,
  too_few_faults,
  external_kill,
  checker_error,
};
inline constexpr std::array kFindingKinds = {
    FindingKind::target_crashed, FindingKind::stalled,         FindingKind::lost,
    FindingKind::duplicated,     FindingKind::corrupted,       FindingKind::unexpected,
    FindingKind::failed,         FindingKind::innocent_failed, FindingKind::shrunk,
    FindingKind::slow_recovery,  FindingKind::orphan,          FindingKind::zombie,
    FindingKind::unreadable,     FindingKind::poison,          FindingKind::black_hole,
    FindingKind::executions,     FindingKind::unfair,          FindingKind::fd_leak,
    FindingKind::memory_growth,  FindingKind::cut_short,       FindingKind::nothing_finished,
    FindingKind::too_few_faults, FindingKind::external_kill,   FindingKind::checker_error,
};

struct Finding {
  FindingKind kind = FindingKind::checker_error;
  std::uint64_t count = 0;
  // The first few: ids of tasks, pids, numbers of faults or of lines, whatever the kind is about.
  std::vector<std::int64_t> examples = {};
  // One sentence for each example: ids, pids and times.
  std::vector<std::string> details = {};
  // One sentence: what is wrong, in numbers of this run.
  std::string explanation = {};
};

// What the run was too short, or too small, to show: nothing was found, and nothing could be.
struct NotJudged {
  FindingKind kind = FindingKind::checker_error;
  std::string why = {};  // a few words: "1 fault of 6"
};

struct Counts {
  std::uint64_t tasks = 0;
  std::uint64_t results = 0;  // tasks whose first outcome was a result
  std::uint64_t failed = 0;   // tasks whose first outcome was `failed`
  std::uint64_t lost = 0;
  std::uint64_t open = 0;  // tasks without an outcome, lost or not
  std::uint64_t duplicated = 0;
  std::uint64_t corrupted = 0;
  std::uint64_t unexpected = 0;
  std::uint64_t faults_planned = 0;
  std::uint64_t faults_installed = 0;  // victims on whom the effect was seen
  std::uint64_t kills = 0;             // of them those that ended the victim
  std::uint64_t workers_at_start = 0;
  std::uint64_t workers_at_end = 0;
};

// Quantile q of n sorted values is the value of rank ceil(q * n): a value that was measured.
struct Quantiles {
  std::uint64_t n = 0;
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
  double max = 0;
};

// In microseconds, from t1, the moment at which the death was visible. n is 0 where the target or
// the run did not let a time be seen. chaos/README.md defines each.
struct RecoveryTimes {
  Quantiles detect;
  Quantiles respawn;
  Quantiles first_result;
  Quantiles task;
  Quantiles full_capacity;
};

// What faults cost tasks that were not on their victims.
struct BlastRadius {
  std::uint64_t harmed = 0;     // tasks that failed or were lost, those of victims too
  std::uint64_t innocents = 0;  // of them those that no victim excuses
  double per_fault = 0;         // innocents for each installed fault
};

struct Throughput {
  double calm = 0;
  double chaos = 0;
};

struct Verdict {
  Ruling ruling = Ruling::unknown;
  Claim claim = Claim::completes;
  std::uint64_t seed = 0;
  std::vector<Finding> findings;      // in the order of FindingKind, at most one a kind
  std::vector<NotJudged> not_judged;  // of what the claim demands
  Counts counts;
  RecoveryTimes recovery_us;
  BlastRadius blast_radius;
  Throughput throughput_per_s;
  bool tasks_are_probes = false;  // throughput is then over the whole time of each phase
  std::string confidence;         // a sentence; empty where nothing was installed
  // What of the history was not understood, or makes the run doubtful.
  std::vector<std::string> warnings;
  // Not of the history: the caller fills them in before the verdict is written or printed.
  std::string reproduce;   // the command, quoted for a shell
  std::string run_folder;  // where everything is
};

[[nodiscard]] std::string_view to_string(Ruling ruling) noexcept;
[[nodiscard]] std::string_view to_string(Claim claim) noexcept;
[[nodiscard]] std::string_view to_string(FindingKind kind) noexcept;
// Empty if it is no claim's name.
[[nodiscard]] std::optional<Claim> claim_named(std::string_view name) noexcept;
// `fail` or `unknown`: what one finding of this kind makes of a run.
[[nodiscard]] Ruling ruling_of(FindingKind kind) noexcept;

}  // namespace revenant::chaos
