// Benchmarks that ended in an error: the row, and the command's memory of it for its exit code.
#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace revenant::bench {

// Ends this run with an error row in place of a number. The benchmark returns after it. On the
// thread that runs the benchmarks.
void fail(benchmark::State& state, const std::string& why);

// Whether an earlier repetition of the benchmark that NameForFailures names has failed: then this
// one is an error row too. The library takes the names of a benchmark's counters from its first
// repetition, and crashes (1.7.1) where that has none and two later ones do.
[[nodiscard]] bool skip_after_failure(benchmark::State& state);

// While it lives, failures are remembered with this name.
class NameForFailures {
 public:
  explicit NameForFailures(std::string name);
  NameForFailures(const NameForFailures&) = delete;
  NameForFailures& operator=(const NameForFailures&) = delete;
  ~NameForFailures();
};

// What fail() was told since the last call, as "NAME: WHY", in order.
[[nodiscard]] std::vector<std::string> take_failures();

}  // namespace revenant::bench
