// From the call that sends SIGKILL to the victim's pidfd being readable in poll().
#include <signal.h>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/victim.h"
#include "bench/src/latency_counters.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr int kDeadWithinMs = 10'000;

Sample kill_one(const VictimKind& kind, double& victim_kib) {
  Victim victim(kind, [] {});
  victim_kib = resident_kib(victim);
  if (!victim.alive()) return {.error = "the victim died before it was killed"};
  const os::TimePoint begin = os::now();
  if (!victim.process().send_signal(SIGKILL)) return {.error = "the victim took no signal"};
  const bool seen = victim.process().wait_ended(kDeadWithinMs);
  const os::TimePoint end = os::now();
  if (!seen) return {.error = "the victim's pidfd was not readable within 10 s of its SIGKILL"};
  if (!victim.reap_killed()) return {.error = "the victim did not die of SIGKILL"};
  return {.took = end - begin};
}

}  // namespace

Sample take_kill_to_pidfd(const VictimKind& kind) {
  double victim_kib = 0;
  return kill_one(kind, victim_kib);
}

void kill_to_pidfd(benchmark::State& state, const VictimKind& kind) {
  double victim_kib = 0;
  if (!measure_latency(state, 1, [&] { return kill_one(kind, victim_kib); })) return;
  state.counters["victim_kib"] = victim_kib;
}

}  // namespace revenant::bench
