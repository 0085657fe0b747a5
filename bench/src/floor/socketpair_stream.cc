// What a pool on pipes can reach at best: a window of tasks in two batches, so that both processes
// have work.
#include "bench/src/floor/socketpair_stream.h"

#include <cstring>
#include <span>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/floor/socket_pair.h"
#include "bench/src/slices.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kStreamBatch = kWindow / 2;
constexpr std::uint64_t kStreamSlice = 16 * kStreamBatch;
constexpr std::uint64_t kStreamWarmUp = 4 * kStreamSlice;

}  // namespace

SocketPairStream::SocketPairStream(std::size_t payload_bytes, std::size_t batch)
    : payload_bytes_(payload_bytes),
      batch_(batch),
      tasks_(batch * payload_bytes, std::byte{'x'}),
      answers_(batch),
      ends_(make_stream_pair()),
      peer_([this] {
        ends_.first.reset();  // Else this process would keep the connection open that it waits on.
        echo();
      }) {
  ends_.second.reset();
}

bool SocketPairStream::run(std::uint64_t count) {
  goal_ += count;
  while (received_ < goal_) {
    while (sent_ < received_ + kWindow) {
      if (!send_batch()) return fail(kPeerDied);
    }
    if (!read_all(ends_.first.get(), std::as_writable_bytes(std::span(answers_)))) {
      return fail(kPeerDied);
    }
    for (const std::uint64_t answer : answers_) {
      if (answer != received_++) return fail(kWrongAnswer);
    }
  }
  return true;
}

bool SocketPairStream::send_batch() {
  for (std::size_t i = 0; i < batch_; ++i, ++sent_) {
    std::memcpy(tasks_.data() + i * payload_bytes_, &sent_, sizeof(sent_));
  }
  return write_all(ends_.first.get(), tasks_);
}

// The child. A read may end in the middle of a task: what is left is kept for the next.
void SocketPairStream::echo() {
  const int fd = ends_.second.get();
  std::size_t filled = 0;
  while (true) {
    const ssize_t got = ::read(fd, tasks_.data() + filled, tasks_.size() - filled);
    if (got <= 0) return;
    filled += static_cast<std::size_t>(got);
    const std::size_t whole = filled / payload_bytes_;
    for (std::size_t i = 0; i < whole; ++i) {
      std::memcpy(&answers_[i], tasks_.data() + i * payload_bytes_, sizeof(answers_[i]));
    }
    if (!write_all(fd, std::as_bytes(std::span(answers_.data(), whole)))) return;
    filled -= whole * payload_bytes_;
    std::memmove(tasks_.data(), tasks_.data() + whole * payload_bytes_, filled);
  }
}

bool SocketPairStream::fail(const char* why) {
  error_ = why;
  return false;
}

void socketpair_stream(benchmark::State& state) {
  const auto payload_bytes = static_cast<std::size_t>(state.range(0));
  SocketPairStream pair(payload_bytes, kStreamBatch);
  const bool good =
      pair.run(kStreamWarmUp) &&
      run_in_slices(state, kStreamSlice, [&](std::uint64_t count) { return pair.run(count); });
  if (!good) {
    fail(state, pair.error());
    return;
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload_bytes));
  state.counters["window"] = static_cast<double>(kWindow);
}

}  // namespace revenant::bench
