// Each broken target raises the finding that it was made for, and no other. REVENANT_SEED=N asks
// with another seed than that of every build.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "chaos/src/verdict.h"
#include "chaos/test/targets/target_run.h"

namespace revenant::chaos::targets {
namespace {

using std::chrono_literals::operator""ms;

struct Mutant {
  const char* name;
  const char* finding;
  // What of the run this mutant needs, beside the patient options.
  void (*adjust)(RunOptions& options) = [](RunOptions&) {};
};

void PrintTo(const Mutant& mutant, std::ostream* out) { *out << mutant.name; }

void claim_reports(RunOptions& options) { options.claim = Claim::reports; }
void claim_contains(RunOptions& options) { options.claim = Claim::contains; }
void stall_soon(RunOptions& options) { options.stall_after = 3000ms; }
// Never replaced is known only when the bound has passed.
void strength_soon(RunOptions& options) { options.recover_within = 1500ms; }
// One kill, and time to see that the place is filled after the bound and before the end.
void one_kill(RunOptions& options) {
  options.duration = 5500ms;
  options.schedules = {{.kind = Schedule::Kind::every, .interval = 3000ms}};
  options.faults_min = 1;
  options.recover_within = 1000ms;
}
// A zombie is one only after a second.
void two_seconds(RunOptions& options) { options.duration = 2500ms; }
void kill_main(RunOptions& options) {
  options.faults = {{.kind = FaultKind::kill_main}};
  options.faults_min = 1;
}
void workers_end_with_0(RunOptions& options) {
  options.faults = {{.kind = FaultKind::exit0}};
  options.stall_after = 3000ms;
}
void forks_are_refused(RunOptions& options) {
  options.faults = {{.kind = FaultKind::spawn_fails, .stop_for = 50ms}};
  options.schedules = {{.kind = Schedule::Kind::every, .interval = 200ms}};
  options.faults_min = 1;
  options.recover_within = 1500ms;
}

void idle_kills(RunOptions& options) {
  options.schedules = {{.kind = Schedule::Kind::idle, .count = 4}};
  options.faults_min = 1;
  options.stall_after = 3000ms;
}
// Two kills, the second with time until its place is filled.
void two_kills(RunOptions& options) {
  one_kill(options);
  options.duration = 6500ms;
  options.schedules = {{.kind = Schedule::Kind::every, .interval = 1700ms}};
  options.faults_max = 2;
}
void poison(RunOptions& options) {
  options.operation = Operation::die;
  options.tasks = 20;
  options.faults_min = 0;
  options.stall_after = 1500ms;
  options.recover_within = 1000ms;
}
void at_most_once(RunOptions& options) {
  options.operation = Operation::record;
  options.executions = Executions::at_most_once;
  options.schedules = {{.kind = Schedule::Kind::idle, .count = 4}};
}
void at_least_once(RunOptions& options) {
  options.operation = Operation::record;
  options.executions = Executions::at_least_once;
}
// Samples come twenty times a second.
void four_seconds(RunOptions& options) {
  options.duration = 4000ms;
  options.schedules = {{.kind = Schedule::Kind::every, .interval = 60ms}};
}
// Outcomes before the first fault and after the last, and between them.
void few_faults(RunOptions& options) {
  options.duration = 1500ms;
  options.schedules = {{.kind = Schedule::Kind::every, .interval = 300ms}};
  options.faults_max = 3;
  options.faults_min = 1;
}

void many_quick_tasks(RunOptions& options) {
  stall_soon(options);
  options.operation = Operation::crc32;
  options.tasks = 4000;
}
void two_at_once(RunOptions& options) {
  stall_soon(options);
  options.faults = {{.kind = FaultKind::kill_some, .victims = 2}};
}

constexpr Mutant kMutants[] = {
    {"loses-on-kill", "lost", stall_soon},
    {"loses-on-second-death", "lost", stall_soon},
    {"loses-rarely", "lost", many_quick_tasks},
    {"loses-when-two-die", "lost", two_at_once},
    {"believes-exit-0", "poison", workers_end_with_0},
    {"answers-twice", "duplicated"},
    {"answers-twice-once", "duplicated"},
    {"spoils-second-try", "corrupted"},
    {"spoils-rarely", "corrupted"},
    {"answers-a-stranger", "unexpected"},
    {"gives-up-and-answers", "unexpected", claim_reports},
    {"gives-up", "failed"},
    {"gives-up-once", "failed"},
    {"gives-up-all", "innocent-failed", claim_contains},
    {"gives-up-the-next", "innocent-failed", claim_contains},
    {"stops-dispatching", "stalled", stall_soon},
    {"stops-after-idle-death", "stalled", idle_kills},
    {"forgets-the-first", "shrunk", strength_soon},
    {"forks-once", "shrunk", forks_are_refused},
    {"replaces-late", "slow-recovery", one_kill},
    {"replaces-the-second-late", "slow-recovery", two_kills},
    {"crashes", "target-crashed"},
    {"crashes-on-idle-death", "target-crashed", idle_kills},
    {"abandons", "orphan"},
    {"outlived-by-workers", "orphan", kill_main},
    {"never-reaps", "zombie", two_seconds},
    {"leaves-one-zombie", "zombie", two_seconds},
    {"logs-on-stdout", "unreadable"},
    {"logs-once", "unreadable"},
    {"never-gives-up", "poison", poison},
    {"forgets-poison", "poison", poison},
    {"black-hole", "black-hole", few_faults},
    {"late-black-hole", "black-hole", few_faults},
    {"executes-twice", "executions", at_most_once},
    {"answers-undone", "executions", at_least_once},
    {"starves-successors", "unfair", few_faults},
    {"starves-the-third", "unfair", few_faults},
    {"leaks-sockets", "fd-leak", four_seconds},
    {"leaks-every-third", "fd-leak", four_seconds},
    {"hoards", "memory-growth", four_seconds},
    {"hoards-a-little", "memory-growth", four_seconds},
    {"works-alone", "too-few-faults"},
    {"declares-nobody", "too-few-faults"},
    {"kills-its-own", "external-kill"},
    {"kills-one", "external-kill"},
    {"refuses", "nothing-finished", claim_reports},
    {"hides-results", "nothing-finished", claim_reports},
};

// What no target can bring about: the harness was interrupted, or its judge stumbled. Both are
// shown in test/judge.
bool is_of_the_harness(FindingKind kind) {
  return kind == FindingKind::cut_short || kind == FindingKind::checker_error;
}

TEST(EveryFinding, HasTwoMutantsThatRaiseIt) {
  for (const FindingKind kind : kFindingKinds) {
    const auto raises = [&](const Mutant& mutant) { return mutant.finding == to_string(kind); };
    const auto mutants = std::count_if(std::begin(kMutants), std::end(kMutants), raises);
    EXPECT_GE(mutants, is_of_the_harness(kind) ? 0 : 2) << to_string(kind);
  }
}

std::uint64_t seed() {
  const char* asked = std::getenv("REVENANT_SEED");
  return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 7;
}

class AMutant : public testing::TestWithParam<Mutant> {};

TEST_P(AMutant, RaisesItsOwnFindingAndNoOther) {
  RunOptions options = patient_options(seed());
  GetParam().adjust(options);
  const RunResult result = run_target(options, GetParam().name);
  EXPECT_EQ(findings_of(result.verdict), GetParam().finding)
      << verdict_text(result.verdict, {}) << result.ended << "\n"
      << result.last_words;
  EXPECT_NE(result.verdict.ruling, Ruling::pass);
}

INSTANTIATE_TEST_SUITE_P(All, AMutant, testing::ValuesIn(kMutants), [](const auto& test) {
  std::string name = test.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(AMutant, ThatGivesUpOnlyItsVictimsTasksKeepsTheClaimContains) {
  RunOptions options = patient_options(seed());
  options.claim = Claim::contains;
  const RunResult result = run_target(options, "gives-up");
  EXPECT_EQ(findings_of(result.verdict), "") << verdict_text(result.verdict, {});
  EXPECT_GT(result.verdict.counts.failed, 0u) << "or nothing was shown";
}

}  // namespace
}  // namespace revenant::chaos::targets
