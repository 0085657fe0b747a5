#include "bench/src/floor/ring_pair.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "bench/src/failures.h"
#include "bench/src/floor/spin.h"
#include "bench/src/slices.h"

namespace revenant::bench {
namespace {

constexpr std::uint64_t kRingSlice = 4096;
constexpr std::uint64_t kRingWarmUp = 10 * kRingSlice;

}  // namespace

// One index a line: each is written by one side and read by the other.
struct RingPair::Indices {
  alignas(64) std::atomic<std::uint64_t> tasks{0};
  alignas(64) std::atomic<std::uint64_t> results{0};
  alignas(64) std::uint64_t answers[kWindow] = {};
};

RingPair::RingPair(std::size_t payload_bytes)
    : payload_(payload_bytes, 'x'),
      region_(sizeof(Indices) + kWindow * payload_bytes),
      indices_(new (region_.data()) Indices),
      slots_(region_.data() + sizeof(Indices)),
      peer_([this] { echo(); }) {}

bool RingPair::run(std::uint64_t count) {
  const std::uint64_t end = sent_ + count;
  while (received_ < end) {
    send(std::min(end, received_ + kWindow));
    std::uint64_t published = received_;
    const bool answered = spin_until(peer_, yields_, [&] {
      published = indices_->results.load(std::memory_order_acquire);
      return published != received_;
    });
    if (!answered) return fail(kPeerDied);
    ++waits_;
    for (; received_ < published; ++received_) {
      if (indices_->answers[received_ % kWindow] != received_) return fail(kWrongAnswer);
    }
  }
  return true;
}

void RingPair::label(benchmark::State& state) const {
  label_shared_processor(state, yields_, waits_);
}

void RingPair::send(std::uint64_t until) {
  if (sent_ == until) return;
  for (; sent_ < until; ++sent_) {
    std::byte* const slot = slots_ + (sent_ % kWindow) * payload_.size();
    std::memcpy(slot, payload_.data(), payload_.size());
    std::memcpy(slot, &sent_, sizeof(sent_));
  }
  indices_->tasks.store(sent_, std::memory_order_release);
}

// The child.
void RingPair::echo() {
  for (std::uint64_t done = 0;;) {
    std::uint64_t published = done;
    spin_until([&] {
      published = indices_->tasks.load(std::memory_order_acquire);
      return published != done;
    });
    for (; done < published; ++done) {
      const std::uint64_t at = done % kWindow;
      std::memcpy(&indices_->answers[at], slots_ + at * payload_.size(), sizeof(std::uint64_t));
      indices_->results.store(done + 1, std::memory_order_release);
    }
  }
}

bool RingPair::fail(const char* why) {
  error_ = why;
  return false;
}

void ring_pair(benchmark::State& state) {
  const auto payload_bytes = static_cast<std::size_t>(state.range(0));
  RingPair pair(payload_bytes);
  const bool good =
      pair.run(kRingWarmUp) &&
      run_in_slices(state, kRingSlice, [&](std::uint64_t count) { return pair.run(count); });
  if (!good) {
    fail(state, pair.error());
    return;
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload_bytes));
  pair.label(state);
  state.counters["window"] = static_cast<double>(kWindow);
}

}  // namespace revenant::bench
