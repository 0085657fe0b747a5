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

constexpr Mutant kMutants[] = {
    {"loses-on-kill", "lost", stall_soon},
    {"answers-twice", "duplicated"},
    {"spoils-second-try", "corrupted"},
    {"answers-a-stranger", "unexpected"},
    {"gives-up-and-answers", "unexpected", claim_reports},
    {"gives-up", "failed"},
    {"gives-up-all", "innocent-failed", claim_contains},
    {"stops-dispatching", "stalled", stall_soon},
    {"forgets-the-first", "shrunk", strength_soon},
    {"replaces-late", "slow-recovery", one_kill},
    {"crashes", "target-crashed"},
    {"abandons", "orphan"},
    {"outlived-by-workers", "orphan", kill_main},
    {"believes-exit-0", "lost", workers_end_with_0},
    {"forks-once", "shrunk", forks_are_refused},
    {"never-reaps", "zombie", two_seconds},
    {"logs-on-stdout", "unreadable"},
    {"works-alone", "too-few-faults"},
    {"kills-its-own", "external-kill"},
};

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
