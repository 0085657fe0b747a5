#include "bench/src/floor/ring_pair_copy.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/floor/spin.h"
#include "bench/src/slices.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kRingBytes = std::size_t{128} << 10;
// Large enough that publishing costs nothing, small enough that the other end starts soon.
constexpr std::size_t kPieceBytes = std::size_t{16} << 10;

}  // namespace

struct RingPairCopy::Indices {
  alignas(64) std::atomic<std::uint64_t> written{0};
  alignas(64) std::atomic<std::uint64_t> read{0};
  alignas(64) std::atomic<std::uint64_t> results{0};
  alignas(64) std::uint64_t answers[kWindow] = {};
};

RingPairCopy::RingPairCopy(std::size_t payload_bytes)
    : payload_(payload_bytes, std::byte{'x'}),
      copy_(payload_bytes),
      region_(sizeof(Indices) + kRingBytes),
      indices_(new (region_.data()) Indices),
      ring_(region_.data() + sizeof(Indices)),
      peer_([this] { echo(); }) {}

bool RingPairCopy::run(std::uint64_t count) {
  goal_ += count;
  while (received_ < goal_) {
    std::uint64_t published = received_;
    const bool progress = spin_until(peer_, yields_, [&] {
      const bool sent = send();
      published = indices_->results.load(std::memory_order_acquire);
      return sent || published != received_;
    });
    if (!progress) return fail(kPeerDied);
    for (; received_ < published; ++received_) {
      if (indices_->answers[received_ % kWindow] != received_) return fail(kWrongAnswer);
    }
  }
  return true;
}

// Fills the ring as far as there is room and the window allows. Whether it wrote anything.
bool RingPairCopy::send() {
  const std::uint64_t before = written_;
  std::uint64_t unpublished = 0;
  while (true) {
    if (left_ == 0) {
      if (begun_ == received_ + kWindow) break;
      std::memcpy(payload_.data(), &begun_, sizeof(begun_));
      ++begun_;
      left_ = payload_.size();
    }
    if (written_ - read_seen_ == kRingBytes) {
      read_seen_ = indices_->read.load(std::memory_order_acquire);
      if (written_ - read_seen_ == kRingBytes) break;
    }
    const std::size_t at = written_ % kRingBytes;
    const std::size_t piece =
        std::min({left_, kPieceBytes, kRingBytes - at, kRingBytes - (written_ - read_seen_)});
    std::memcpy(ring_ + at, payload_.data() + (payload_.size() - left_), piece);
    written_ += piece;
    left_ -= piece;
    unpublished += piece;
    if (unpublished < kPieceBytes) continue;
    indices_->written.store(written_, std::memory_order_release);
    unpublished = 0;
  }
  if (unpublished > 0) indices_->written.store(written_, std::memory_order_release);
  return written_ != before;
}

// The child.
void RingPairCopy::echo() {
  std::uint64_t written_seen = 0;
  std::uint64_t read = 0;
  for (std::uint64_t done = 0;; ++done) {
    for (std::size_t filled = 0; filled < copy_.size();) {
      if (read == written_seen) {
        indices_->read.store(read, std::memory_order_release);
        spin_until([&] {
          written_seen = indices_->written.load(std::memory_order_acquire);
          return written_seen != read;
        });
      }
      const std::size_t at = read % kRingBytes;
      const std::size_t piece = std::min(
          {copy_.size() - filled, kPieceBytes, kRingBytes - at, std::size_t{written_seen - read}});
      std::memcpy(copy_.data() + filled, ring_ + at, piece);
      filled += piece;
      read += piece;
      if (piece == kPieceBytes) indices_->read.store(read, std::memory_order_release);
    }
    std::memcpy(&indices_->answers[done % kWindow], copy_.data(), sizeof(std::uint64_t));
    indices_->results.store(done + 1, std::memory_order_release);
  }
}

bool RingPairCopy::fail(const char* why) {
  error_ = why;
  return false;
}

void ring_pair_copy(benchmark::State& state) {
  const auto payload_bytes = static_cast<std::size_t>(state.range(0));
  RingPairCopy pair(payload_bytes);
  const std::uint64_t slice = slice_for(payload_bytes);
  const bool good = pair.run(slice) && run_in_slices(state, slice, [&](std::uint64_t count) {
                      return pair.run(count);
                    });
  if (!good) return fail(state, pair.error());
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload_bytes));
  state.counters["window"] = static_cast<double>(kWindow);
}

}  // namespace revenant::bench
