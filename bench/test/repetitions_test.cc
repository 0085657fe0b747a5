// Repetitions of which some end in an error: Google Benchmark aborts the process where it finds
// that good and failed ones differ in their number of iterations.
#include <benchmark/benchmark.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "bench/src/failures.h"
#include "bench/src/slices.h"

namespace revenant::bench {
namespace {

constexpr int kRepetitions = 4;
constexpr std::uint64_t kSlice = 100;
constexpr benchmark::IterationCount kIterations = 950;

class CountRows : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration) rows.push_back(run);
    }
  }
  std::vector<Run> rows;
};

// Runs the body as a benchmark; it is told which repetition it is.
std::vector<benchmark::BenchmarkReporter::Run> run_repetitions(
    const std::function<void(benchmark::State&, int)>& body) {
  int repetition = 0;
  benchmark::RegisterBenchmark("under_test",
                               [&](benchmark::State& state) {
                                 const NameForFailures named("under_test");
                                 body(state, repetition++);
                               })
      ->Iterations(kIterations)
      ->Repetitions(kRepetitions);
  CountRows reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, "under_test");
  benchmark::ClearRegisteredBenchmarks();
  return reporter.rows;
}

TEST(Repetitions, MayFailBeforeTheirLoopWhileOthersAreGood) {
  const auto rows = run_repetitions([](benchmark::State& state, int repetition) {
    if (repetition == 1) return fail(state, "no warm-up");
    while (state.KeepRunning()) {
    }
  });
  EXPECT_EQ(rows.size(), std::size_t{kRepetitions});
  EXPECT_EQ(take_failures(), std::vector<std::string>{"under_test: no warm-up"});
}

TEST(Repetitions, MayFailInTheirLoopWhileOthersAreGood) {
  const auto rows = run_repetitions([](benchmark::State& state, int repetition) {
    std::uint64_t done = 0;
    const bool good = run_in_slices(state, kSlice, [&](std::uint64_t count) {
      done += count;
      return repetition != 2 || done < 500;
    });
    if (!good) fail(state, "half way");
  });
  EXPECT_EQ(rows.size(), std::size_t{kRepetitions});
  EXPECT_EQ(take_failures(), std::vector<std::string>{"under_test: half way"});
}

TEST(Slices, AddUpToTheIterationsAndTheLastIsTheRest) {
  std::vector<std::uint64_t> slices;
  run_repetitions([&](benchmark::State& state, int repetition) {
    const bool good = run_in_slices(state, kSlice, [&](std::uint64_t count) {
      if (repetition == 0) slices.push_back(count);
      return true;
    });
    EXPECT_TRUE(good);
    EXPECT_EQ(state.iterations(), kIterations);
  });
  std::vector<std::uint64_t> expected(9, kSlice);
  expected.push_back(50);
  EXPECT_EQ(slices, expected);
}

}  // namespace
}  // namespace revenant::bench
