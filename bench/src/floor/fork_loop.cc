#include "bench/src/floor/fork_loop.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <new>
#include <stdexcept>
#include <vector>

#include "bench/src/floor/floors.h"
#include "bench/src/peer_process.h"
#include "pool/os/clock.h"
#include "pool/os/error.h"
#include "pool/os/futex.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr auto kAllWithin = std::chrono::seconds(60);

// The children of the loop, killed and reaped with it. They are not reaped before, so that their
// pids are theirs.
class Children {
 public:
  explicit Children(std::size_t count) { pids_.reserve(count); }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() {
    for (const pid_t pid : pids_) ::kill(pid, SIGKILL);
    for (const pid_t pid : pids_) {
      while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  }

  template <typename Body>
  void fork(Body body) {
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) os::throw_errno("fork in the loop");
    if (pid == 0) {
      die_with_parent(parent);
      body();
      while (true) ::pause();
    }
    pids_.push_back(pid);
  }

 private:
  std::vector<pid_t> pids_;
};

}  // namespace

std::chrono::nanoseconds time_fork_loop(std::size_t processes) {
  const os::SharedRegion region(sizeof(os::FutexWord));
  os::FutexWord& here = *new (region.data()) os::FutexWord{0};
  const auto all = static_cast<std::uint32_t>(processes);
  Children children(processes);
  const os::TimePoint begin = os::now();
  for (std::size_t i = 0; i < processes; ++i) {
    children.fork([&] {
      if (here.fetch_add(1) + 1 == all) os::futex_wake(here);
    });
  }
  for (std::uint32_t seen; (seen = here.load()) != all;) {
    os::futex_wait(here, seen, std::chrono::seconds(1));
    if (os::now() - begin > kAllWithin) throw std::runtime_error("a child of the fork loop died");
  }
  return os::now() - begin;
}

void fork_loop(benchmark::State& state) {
  while (state.KeepRunning()) {
    const auto took = time_fork_loop(static_cast<std::size_t>(state.range(0)));
    state.SetIterationTime(std::chrono::duration<double>(took).count());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

}  // namespace revenant::bench
