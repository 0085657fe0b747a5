// Benchmarks that ended in an error: the row, and the command's memory of it for its exit code.
#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace revenant::bench {

// Ends this run with an error row in place of a number. The benchmark returns after it. On the
// thread that runs the benchmarks.
void fail(benchmark::State& state, const std::string& why);

// What fail() was told since the last call, in order.
[[nodiscard]] std::vector<std::string> take_failures();

}  // namespace revenant::bench
