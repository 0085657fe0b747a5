// The correct target raises nothing, whatever the seed and the faults. REVENANT_SEEDS=500 asks for
// more of them than every build runs.
#include <gtest/gtest.h>

#include <cstdlib>

#include "chaos/src/verdict.h"
#include "chaos/test/targets/target_run.h"

namespace revenant::chaos::targets {
namespace {

std::uint64_t seeds() {
  const char* asked = std::getenv("REVENANT_SEEDS");
  return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 50;
}

TEST(TheCorrectTarget, RaisesNothingWhateverTheSeed) {
  constexpr Operation kOperations[] = {Operation::crc32, Operation::echo, Operation::sleep,
                                       Operation::mix};
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
    RunOptions options = patient_options(seed);
    options.operation = kOperations[seed % std::size(kOperations)];
    options.faults = {{.kind = FaultKind::kill, .weight = 6},
                      {.kind = FaultKind::stop, .weight = 2},
                      {.kind = FaultKind::kill_all, .weight = 1}};
    options.faults_min = 5;
    if (seed % 4 == 0) options.schedule = {.kind = Schedule::Kind::idle, .count = 8};
    const RunResult result = run_target(options, "none");
    ASSERT_EQ(findings_of(result.verdict), "")
        << "seed " << seed << "\n"
        << verdict_text(result.verdict, {}) << result.ended << "\n"
        << result.last_words;
    ASSERT_GE(result.verdict.counts.faults_installed, 5u) << "seed " << seed;
    ASSERT_EQ(result.verdict.counts.results, options.tasks) << "seed " << seed;
  }
}

}  // namespace
}  // namespace revenant::chaos::targets
