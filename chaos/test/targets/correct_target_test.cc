// The correct target raises nothing, whatever the seed and the faults. REVENANT_SEEDS=200 asks for
// more of them than every build runs, and chaos/test/sweep does so under load too.
#include <gtest/gtest.h>

#include <cstdlib>

#include "chaos/src/verdict.h"
#include "chaos/test/targets/target_run.h"

namespace revenant::chaos::targets {
namespace {

using std::chrono_literals::operator""ms;

std::uint64_t asked(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

constexpr Schedule::Kind kMoments[] = {Schedule::Kind::idle,         Schedule::Kind::at_read,
                                       Schedule::Kind::at_write,     Schedule::Kind::booting,
                                       Schedule::Kind::before_ready, Schedule::Kind::draining,
                                       Schedule::Kind::blocked};

TEST(TheCorrectTarget, RaisesNothingWhateverTheSeed) {
  constexpr Operation kOperations[] = {Operation::crc32, Operation::echo, Operation::sleep,
                                       Operation::mix};
  const std::uint64_t first = asked("REVENANT_SEED_FIRST", 1);
  const std::uint64_t end = first + asked("REVENANT_SEEDS", 20);
  for (std::uint64_t seed = first; seed < end; ++seed) {
    RunOptions options = patient_options(seed);
    options.operation = kOperations[seed % std::size(kOperations)];
    options.faults = {{.kind = FaultKind::kill, .weight = 6},
                      {.kind = FaultKind::stop, .weight = 2},
                      {.kind = FaultKind::kill_all, .weight = 1},
                      {.kind = FaultKind::kill_some, .weight = 1, .victims = 2},
                      {.kind = FaultKind::segv, .weight = 1},
                      {.kind = FaultKind::term, .weight = 1},
                      {.kind = FaultKind::spawn_fails, .weight = 1, .stop_for = 30ms}};
    options.faults_min = 5;
    // Each third seed goes by the clock alone, the others by two kinds of moments as well.
    if (seed % 3 != 0) {
      options.schedules = {{.kind = kMoments[seed % std::size(kMoments)], .count = 5},
                           {.kind = kMoments[(seed + 1) % std::size(kMoments)], .count = 5}};
    }
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
