// A round trip between two spinning processes: one cache line there, one back.
#include <atomic>
#include <new>
#include <utility>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/shm_pair.h"
#include "bench/src/floor/spin.h"

namespace revenant::bench {
namespace {

constexpr int kShmWarmUp = 1000;

}  // namespace

struct ShmPair::Lines {
  alignas(64) std::atomic<std::uint64_t> question{0};
  alignas(64) std::atomic<std::uint64_t> answer{0};
};

ShmPair::ShmPair()
    : region_(sizeof(Lines)), lines_(new (region_.data()) Lines), peer_([this] { echo(); }) {}

Sample ShmPair::take() {
  lines_->question.store(++number_, std::memory_order_release);
  const auto answered = [&] { return lines_->answer.load(std::memory_order_acquire) == number_; };
  if (!spin_until(peer_, yields_, answered)) return {.error = kPeerDied};
  const os::TimePoint end = os::now();
  return {.took = end - std::exchange(begin_, end)};
}

void ShmPair::label(benchmark::State& state) const {
  label_shared_processor(state, yields_, number_);
}

// The child.
void ShmPair::echo() {
  for (std::uint64_t next = 1;; ++next) {
    spin_until([&] { return lines_->question.load(std::memory_order_acquire) == next; });
    lines_->answer.store(next, std::memory_order_release);
  }
}

void shm_round_trip(benchmark::State& state) {
  ShmPair pair;
  measure_latency(state, kShmWarmUp, [&] { return pair.take(); });
  pair.label(state);
}

}  // namespace revenant::bench
