#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>
#include <thread>

#include "bench/src/goodput/goodput.h"
#include "bench/src/goodput/kill_times.h"
#include "bench/src/goodput/spin_task.h"
#include "bench/src/peer_process.h"
#include "bench/src/recovery/killer.h"
#include "pool/os/clock.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

using Done = std::atomic<std::uint64_t>;

std::unique_ptr<PeerProcess> make_worker(Done& done) {
  return std::make_unique<PeerProcess>([&done] {
    while (true) {
      use_processor(kGoodputTask);
      done.fetch_add(1, std::memory_order_relaxed);
    }
  });
}

// Sleeps until it has.
bool ended_before(const os::Process& process, os::TimePoint end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - os::now()).count();
  return process.wait_ended(static_cast<int>(std::max<std::int64_t>(left, 0)));
}

}  // namespace

Goodput bare_goodput(double kills_per_second, std::chrono::duration<double> time,
                     std::uint64_t seed) {
  const os::SharedRegion region(sizeof(Done));
  Done& done = *new (region.data()) Done{0};
  std::array<std::unique_ptr<PeerProcess>, kGoodputWorkers> workers;
  for (auto& worker : workers) worker = make_worker(done);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));

  const os::TimePoint begin = os::now();
  const os::TimePoint end = begin + std::chrono::duration_cast<os::Nanoseconds>(time);
  KillTimes kills(kills_per_second, seed, begin);
  const std::uint64_t before = done.load();
  std::uint64_t killed = 0;
  // As the pool's workers are, by a thread of its own that sleeps until the instant: what that
  // costs is the benchmark's, and is to be on both sides.
  Killer killer;
  while (os::now() < end) {
    auto& victim = workers[kills.pick(workers.size())];
    auto opened = os::Process::open(victim->process().pid());
    if (!opened) throw std::runtime_error("a bare worker could not be opened");
    killer.plan(std::move(*opened), kills.next());
    kills.advance();
    if (!ended_before(victim->process(), end)) break;
    if (!victim->reap_killed()) throw std::runtime_error("a bare worker died of something else");
    victim = make_worker(done);
    ++killed;
  }
  const std::chrono::duration<double> took = os::now() - begin;
  return {.tasks_per_second = static_cast<double>(done.load() - before) / took.count(),
          .kills_per_second = static_cast<double>(killed) / took.count()};
}

}  // namespace revenant::bench
