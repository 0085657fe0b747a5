// A round trip between two spinning processes: one cache line there, one back.
#include <atomic>
#include <new>
#include <utility>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/spin.h"
#include "bench/src/latency_counters.h"
#include "pool/os/clock.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr int kWarmUp = 1000;

struct Lines {
  alignas(64) std::atomic<std::uint64_t> question{0};
  alignas(64) std::atomic<std::uint64_t> answer{0};
};

[[noreturn]] void echo(Lines& lines) {
  for (std::uint64_t next = 1;; ++next) {
    spin_until([&] { return lines.question.load(std::memory_order_acquire) == next; });
    lines.answer.store(next, std::memory_order_release);
  }
}

}  // namespace

void shm_round_trip(benchmark::State& state) {
  const os::SharedRegion region(sizeof(Lines));
  Lines& lines = *new (region.data()) Lines;
  const PeerProcess peer([&] { echo(lines); });
  std::uint64_t number = 0;
  std::uint64_t yields = 0;
  // The clock is read once a round trip, and is part of it.
  os::TimePoint begin = os::now();
  measure_latency(state, kWarmUp, [&]() -> Sample {
    lines.question.store(++number, std::memory_order_release);
    const auto answered = [&] { return lines.answer.load(std::memory_order_acquire) == number; };
    if (!spin_until(peer, yields, answered)) return {.error = kPeerDied};
    const os::TimePoint end = os::now();
    return {.took = end - std::exchange(begin, end)};
  });
  label_shared_processor(state, yields, number);
}

}  // namespace revenant::bench
