// A round trip between two processes that sleep on futex words in shared memory.
#include <atomic>
#include <new>
#include <thread>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/futex_pair.h"
#include "pool/os/clock.h"
#include "pool/os/futex.h"

namespace revenant::bench {
namespace {

constexpr int kFutexWarmUp = 200;
// How long a waiter sleeps before it looks whether its peer is still there.
constexpr auto kLookAfter = std::chrono::milliseconds(100);

}  // namespace

struct FutexPair::Words {
  alignas(64) os::FutexWord question{0};
  alignas(64) os::FutexWord answer{0};
};

FutexPair::FutexPair()
    : region_(sizeof(Words)), words_(new (region_.data()) Words), peer_([this] { echo(); }) {}

Sample FutexPair::take() {
  ++number_;
  const auto answered = [&] { return words_->answer.load(std::memory_order_acquire) == number_; };
  const os::TimePoint begin = os::now();
  words_->question.store(number_, std::memory_order_release);
  os::futex_wake(words_->question);
  while (!answered()) {
    os::futex_wait(words_->answer, number_ - 1, kLookAfter);
    if (!answered() && !peer_.alive()) return {.error = kPeerDied};
  }
  return {.took = os::now() - begin};
}

// The child.
void FutexPair::echo() {
  for (std::uint32_t next = 1;; ++next) {
    while (words_->question.load(std::memory_order_acquire) != next) {
      os::futex_wait(words_->question, next - 1);
    }
    words_->answer.store(next, std::memory_order_release);
    os::futex_wake(words_->answer);
  }
}

void futex_round_trip(benchmark::State& state, std::chrono::microseconds pause) {
  FutexPair pair;
  measure_latency(state, kFutexWarmUp, [&] {
    if (pause.count() > 0) std::this_thread::sleep_for(pause);
    return pair.take();
  });
}

}  // namespace revenant::bench
