// Tasks a second over a pair of stream sockets: what a pool on pipes can reach at best.
//
// A window of tasks in two batches, so that both processes have work: one system call writes a
// batch, and the child answers what it has read with one more. An answer is the task's first eight
// bytes.
#include <cstring>
#include <vector>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/floor/socket_pair.h"
#include "bench/src/peer_process.h"
#include "bench/src/slices.h"

namespace revenant::bench {
namespace {

constexpr std::uint64_t kBatch = kWindow / 2;
constexpr std::uint64_t kSlice = 16 * kBatch;
constexpr std::uint64_t kWarmUp = 4 * kSlice;

class SocketPairStream {
 public:
  explicit SocketPairStream(std::size_t payload_bytes)
      : payload_bytes_(payload_bytes),
        tasks_(kBatch * payload_bytes, std::byte{'x'}),
        answers_(kBatch),
        ends_(make_stream_pair()),
        peer_([this] {
          ends_.first
              .reset();  // Else this process would keep the connection open that it waits on.
          echo();
        }) {
    ends_.second.reset();
  }

  // True if `count` more tasks were answered, each with its own number. Whole batches are done:
  // what is too much counts for the next call.
  bool run(std::uint64_t count) {
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

  [[nodiscard]] const char* error() const { return error_; }

 private:
  bool send_batch() {
    for (std::uint64_t i = 0; i < kBatch; ++i, ++sent_) {
      std::memcpy(tasks_.data() + i * payload_bytes_, &sent_, sizeof(sent_));
    }
    return write_all(ends_.first.get(), tasks_);
  }

  // The child. A read may end in the middle of a task: what is left is kept for the next.
  void echo() {
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

  bool fail(const char* why) {
    error_ = why;
    return false;
  }

  std::size_t payload_bytes_;
  std::vector<std::byte> tasks_;
  std::vector<std::uint64_t> answers_;
  std::pair<os::UniqueFd, os::UniqueFd> ends_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t goal_ = 0;
  const char* error_ = nullptr;
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace

void socketpair_stream(benchmark::State& state) {
  const auto payload_bytes = static_cast<std::size_t>(state.range(0));
  SocketPairStream pair(payload_bytes);
  const bool good = pair.run(kWarmUp) && run_in_slices(state, kSlice, [&](std::uint64_t count) {
                      return pair.run(count);
                    });
  if (!good) {
    fail(state, pair.error());
    return;
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload_bytes));
  state.counters["window"] = static_cast<double>(kWindow);
}

}  // namespace revenant::bench
