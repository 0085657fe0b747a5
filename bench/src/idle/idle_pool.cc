#include "bench/src/idle/idle_pool.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/src/floor/floors.h"
#include "bench/src/peer_process.h"
#include "bench/src/throughput/noop.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kIdlePayloadBytes = 56;
constexpr std::uint64_t kTasks = 5'000;
constexpr auto kIdleWithin = std::chrono::seconds(30);
// What the last task has left to do is done by then.
constexpr auto kSettled = std::chrono::seconds(1);

// In the child: the program that has a pool.
void work_then_wait(std::size_t workers, std::atomic<bool>& idle) {
  PoolOptions options;
  options.workers = workers;
  NoopPool pool(options, kWindow, kIdlePayloadBytes);
  if (!pool.warm_up(kTasks) || !pool.finish()) ::_exit(1);
  idle.store(true);
  while (true) {
    pollfd ready{.fd = pool.pool().event_descriptor(), .events = POLLIN, .revents = 0};
    ::poll(&ready, 1, -1);
    pool.pool().poll(std::chrono::nanoseconds(0), [](const Outcome&) {});
  }
}

std::vector<pid_t> tree_below(pid_t root) {
  std::vector<pid_t> tree{root};
  for (std::size_t i = 0; i < tree.size(); ++i) {
    for (const pid_t child : os::read_children(tree[i])) tree.push_back(child);
  }
  return tree;
}

std::uint64_t switches_of(const std::vector<pid_t>& pids) {
  std::uint64_t sum = 0;
  for (const pid_t pid : pids) {
    const auto switches = os::read_context_switches(pid);
    if (!switches) throw std::runtime_error("a process of the idle pool is gone");
    sum += *switches;
  }
  return sum;
}

}  // namespace

IdlePool watch_idle_pool(std::size_t workers, std::chrono::milliseconds time) {
  const os::SharedRegion region(sizeof(std::atomic<bool>));
  auto& idle = *new (region.data()) std::atomic<bool>{false};
  const PeerProcess program([&] { work_then_wait(workers, idle); });
  const os::TimePoint until = os::now() + kIdleWithin;
  while (!idle.load()) {
    if (!program.alive()) throw std::runtime_error("the program with the idle pool died");
    if (os::now() > until) throw std::runtime_error("the pool was not idle within 30 s");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::this_thread::sleep_for(kSettled);
  const std::vector<pid_t> tree = tree_below(program.process().pid());
  // The program, the nursery, the workers and the spare.
  if (tree.size() != workers + 3) throw std::runtime_error("the idle pool is not whole");
  const std::uint64_t before = switches_of(tree);
  std::this_thread::sleep_for(time);
  return {.context_switches = switches_of(tree) - before, .processes = tree.size()};
}

}  // namespace revenant::bench
