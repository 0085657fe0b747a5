// Tasks a second between two processes that spin on a bare ring each way.
//
// No ledger, no sleeping, no checks of capacity beyond the window: a task's slot is free because
// its result has been seen. The payload is written into the ring in whole, and the child reads
// eight bytes of it, as the pool's no-op task does. Tasks are published as many at once as there is
// room for, results one by one: that keeps both sides busy, and was the fastest of the ways tried.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <string>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/floor/spin.h"
#include "bench/src/slices.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr std::uint64_t kSlice = 4096;
constexpr std::uint64_t kWarmUp = 10 * kSlice;

// One index a line: each is written by one side and read by the other.
struct Indices {
  alignas(64) std::atomic<std::uint64_t> tasks{0};
  alignas(64) std::atomic<std::uint64_t> results{0};
  alignas(64) std::uint64_t answers[kWindow] = {};
};

class RingPair {
 public:
  explicit RingPair(std::size_t payload_bytes)
      : payload_(payload_bytes, 'x'),
        region_(sizeof(Indices) + kWindow * payload_bytes),
        indices_(new (region_.data()) Indices),
        slots_(region_.data() + sizeof(Indices)),
        peer_([this] { echo(); }) {}

  // True if `count` tasks were answered, each with its own number.
  bool run(std::uint64_t count) {
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

  [[nodiscard]] const char* error() const { return error_; }

  void label(benchmark::State& state) const { label_shared_processor(state, yields_, waits_); }

 private:
  void send(std::uint64_t until) {
    if (sent_ == until) return;
    for (; sent_ < until; ++sent_) {
      std::byte* const slot = slots_ + (sent_ % kWindow) * payload_.size();
      std::memcpy(slot, payload_.data(), payload_.size());
      std::memcpy(slot, &sent_, sizeof(sent_));
    }
    indices_->tasks.store(sent_, std::memory_order_release);
  }

  // The child.
  [[noreturn]] void echo() {
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

  bool fail(const char* why) {
    error_ = why;
    return false;
  }

  std::string payload_;
  os::SharedRegion region_;
  Indices* indices_;
  std::byte* slots_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t yields_ = 0;
  std::uint64_t waits_ = 0;
  const char* error_ = nullptr;
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace

void ring_pair(benchmark::State& state) {
  const auto payload_bytes = static_cast<std::size_t>(state.range(0));
  RingPair pair(payload_bytes);
  const bool good = pair.run(kWarmUp) && run_in_slices(state, kSlice, [&](std::uint64_t count) {
                      return pair.run(count);
                    });
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
