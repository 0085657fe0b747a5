// A round trip of 64 bytes each way over a pair of stream sockets, both ends sleeping in read().
#include <array>
#include <cstring>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/socket_pair.h"
#include "bench/src/latency_counters.h"
#include "bench/src/peer_process.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr int kSocketWarmUp = 200;
using Message = std::array<std::byte, 64>;

void echo(int fd) {
  Message message;
  while (read_all(fd, message) && write_all(fd, message)) {
  }
}

}  // namespace

void socketpair_round_trip(benchmark::State& state) {
  auto [ours, theirs] = make_stream_pair();
  const PeerProcess peer([&] {
    ours.reset();  // Else this process would keep the connection open that it waits on.
    echo(theirs.get());
  });
  theirs.reset();

  std::uint64_t number = 0;
  Message question{};
  Message answer{};
  measure_latency(state, kSocketWarmUp, [&]() -> Sample {
    ++number;
    std::memcpy(question.data(), &number, sizeof(number));
    const os::TimePoint begin = os::now();
    if (!write_all(ours.get(), question) || !read_all(ours.get(), answer)) {
      return {.error = kPeerDied};
    }
    const os::TimePoint end = os::now();
    return answer == question ? Sample{.took = end - begin} : Sample{.error = kWrongAnswer};
  });
}

}  // namespace revenant::bench
