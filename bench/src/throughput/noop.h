// How many tasks a second the pool carries when they cost nothing.
#pragma once

#include <benchmark/benchmark.h>

namespace revenant::bench {

// Workers: range(0); payload bytes: range(1). The pool with its default options; the function
// returns the payload's first eight bytes. kWindow tasks a worker are open all the time. Every
// result is checked, and that each task has exactly one.
void noop_throughput(benchmark::State& state);

}  // namespace revenant::bench
