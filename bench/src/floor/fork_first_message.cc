// From the call of fork() to the first byte that the child sends.
#include <sys/wait.h>

#include <array>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/socket_pair.h"
#include "bench/src/latency_counters.h"
#include "bench/src/resident_memory.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr std::byte kHello{'h'};

// In the child.
[[noreturn]] void say_hello(int fd) {
  const std::array<std::byte, 1> message{kHello};
  ::_exit(write_all(fd, message) ? 0 : 1);
}

}  // namespace

Sample take_fork_first_message() {
  auto [ours, theirs] = make_stream_pair();
  std::array<std::byte, 1> message{};
  const os::TimePoint begin = os::now();
  const pid_t pid = ::fork();
  if (pid == 0) say_hello(theirs.get());
  theirs.reset();
  if (pid < 0) return {.error = "fork() was refused"};
  const bool heard = read_all(ours.get(), message);
  const os::TimePoint end = os::now();
  int status = -1;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!heard || status != 0) return {.error = kPeerDied};
  return message[0] == kHello ? Sample{.took = end - begin} : Sample{.error = kWrongAnswer};
}

void fork_first_message(benchmark::State& state, std::size_t caller_bytes) {
  const ResidentMemory memory(caller_bytes);
  // The first fork write-protects the caller's pages; the later ones find them so.
  if (!measure_latency(state, 1, take_fork_first_message)) return;
  // fork() costs what its caller has resident: the figure is for a caller of this size.
  if (const auto self = os::read_proc_stat(::getpid())) {
    state.counters["caller_kib"] = static_cast<double>(self->resident_bytes / 1024);
  }
}

}  // namespace revenant::bench
