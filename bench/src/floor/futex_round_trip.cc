// A round trip between two processes that sleep on futex words in shared memory.
#include <new>

#include "bench/src/floor/floors.h"
#include "bench/src/latency_counters.h"
#include "bench/src/peer_process.h"
#include "pool/os/clock.h"
#include "pool/os/futex.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr int kWarmUp = 200;
// How long a waiter sleeps before it looks whether its peer is still there.
constexpr auto kLookAfter = std::chrono::milliseconds(100);

struct Words {
  alignas(64) os::FutexWord question{0};
  alignas(64) os::FutexWord answer{0};
};

[[noreturn]] void echo(Words& words) {
  for (std::uint32_t next = 1;; ++next) {
    while (words.question.load(std::memory_order_acquire) != next) {
      os::futex_wait(words.question, next - 1);
    }
    words.answer.store(next, std::memory_order_release);
    os::futex_wake(words.answer);
  }
}

}  // namespace

void futex_round_trip(benchmark::State& state) {
  const os::SharedRegion region(sizeof(Words));
  Words& words = *new (region.data()) Words;
  const PeerProcess peer([&] { echo(words); });
  std::uint32_t number = 0;
  const auto answered = [&] { return words.answer.load(std::memory_order_acquire) == number; };
  measure_latency(state, kWarmUp, [&]() -> Sample {
    const os::TimePoint begin = os::now();
    words.question.store(++number, std::memory_order_release);
    os::futex_wake(words.question);
    while (!answered()) {
      os::futex_wait(words.answer, number - 1, kLookAfter);
      if (!answered() && !peer.alive()) return {.error = kPeerDied};
    }
    return {.took = os::now() - begin};
  });
}

}  // namespace revenant::bench
