// The floors: the least that the kernel and the hardware need for what a pool does.
//
// Each is a pair of processes that does one thing, with nothing of the pool's code in it. A peer
// that dies in the middle ends in an error row.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>

#include "bench/src/floor/victim.h"
#include "bench/src/latency_counters.h"

namespace revenant::bench {

// Tasks that are under way at once in the throughput floors, and a worker in the pool's own
// figures.
inline constexpr std::size_t kWindow = 64;

inline constexpr const char* kPeerDied = "the peer process died in the middle of the run";
inline constexpr const char* kWrongAnswer = "the peer process gave a wrong answer";

void ring_pair(benchmark::State& state);          // payload: range(0)
void ring_pair_copy(benchmark::State& state);     // payload: range(0)
void socketpair_stream(benchmark::State& state);  // payload: range(0)
void shm_round_trip(benchmark::State& state);
void futex_round_trip(benchmark::State& state, std::chrono::microseconds pause);
void socketpair_round_trip(benchmark::State& state);
void fork_first_message(benchmark::State& state, std::size_t caller_bytes);
void fork_loop(benchmark::State& state);  // processes: range(0)
void kill_to_pidfd(benchmark::State& state, const VictimKind& kind);
void kill_to_robust_futex(benchmark::State& state, const VictimKind& kind);

// One sample each, for those who measure it beside something else.
[[nodiscard]] Sample take_fork_first_message();
[[nodiscard]] Sample take_kill_to_pidfd(const VictimKind& kind);
[[nodiscard]] Sample take_kill_to_robust_futex(const VictimKind& kind);

}  // namespace revenant::bench
