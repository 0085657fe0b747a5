// Goal 9: what a thousand workers cost beside a few.
#include <atomic>
#include <new>
#include <set>
#include <stdexcept>

#include "bench/src/floor/fork_loop.h"
#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goals/kills.h"
#include "bench/src/goals/rate.h"
#include "bench/src/recovery/one_kill.h"
#include "bench/src/slices.h"
#include "bench/src/start/start.h"
#include "pool/os/clock.h"
#include "pool/os/shared_region.h"

namespace revenant::bench::goals {
namespace {

constexpr std::size_t kSome = 64;
constexpr std::size_t kFew = 2;
constexpr std::size_t kPayloadBytes = 56;
constexpr std::size_t kOpen = 128;  // whatever the number of workers
// In turn: each worker's own ring takes so many, so that every worker has to take its share.
constexpr std::size_t kShare = 64;

// Marks which workers have run a task, in memory that they share.
class Turns {
 public:
  explicit Turns(std::size_t processes)
      : processes_(processes),
        region_(sizeof(Shared) + processes * kLine),
        shared_(new (region_.data()) Shared) {}

  // In a new worker.
  void take_number() const { number_ = shared_->started.fetch_add(1) % processes_; }
  void mark() const { region_.data()[sizeof(Shared) + number_ * kLine] = std::byte{1}; }

  [[nodiscard]] std::size_t marked() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < processes_; ++i) {
      count += std::to_integer<std::size_t>(region_.data()[sizeof(Shared) + i * kLine]);
    }
    return count;
  }

 private:
  static constexpr std::size_t kLine = 64;
  struct Shared {
    alignas(kLine) std::atomic<std::size_t> started{0};
  };
  static inline std::size_t number_ = 0;  // each worker's own copy

  std::size_t processes_;
  os::SharedRegion region_;
  Shared* shared_;
};

// A pool of so many workers without a spare, timed from the call of its constructor.
class BigPool {
 public:
  BigPool(std::size_t workers, const GoalSettings& settings)
      : workers_(workers), turns_(workers), pool_(make(settings)) {
    wait_ready(pool_, workers);
    started_ = os::now();
  }

  [[nodiscard]] double starts_per_second() const {
    const std::chrono::duration<double> took = started_ - begin_;
    return static_cast<double>(workers_) / took.count();
  }

  // Tasks a second with so many open.
  [[nodiscard]] double rate(std::size_t window, double seconds) {
    EchoLoad load(pool_, window, kPayloadBytes);
    if (!load.start()) throw std::runtime_error(load.error());
    const double rate = tasks_per_second(load, std::max<std::uint64_t>(window, 4096), seconds);
    if (!load.finish()) throw std::runtime_error(load.error());
    return rate;
  }

  // The same with each worker's share open, so that all work in turn.
  [[nodiscard]] double rate_in_turn(double seconds) {
    const double measured = rate(kShare * workers_, seconds);
    const std::size_t marked = turns_.marked();
    if (marked == workers_) return measured;
    throw std::runtime_error("only " + std::to_string(marked) + " of " + std::to_string(workers_) +
                             " workers had a task");
  }

 private:
  Pool make(const GoalSettings& settings) {
    PoolOptions options;
    options.workers = workers_;
    options.spares = 0;
    options.prefetch_max = kShare;
    options.on_worker_start = [this] { turns_.take_number(); };
    const auto function = [this, no_op = settings.no_op](std::string_view payload,
                                                         std::string& value) {
      turns_.mark();
      no_op(payload, value);
    };
    begin_ = os::now();
    return Pool(function, options);
  }

  std::size_t workers_;
  Turns turns_;
  os::TimePoint begin_;
  os::TimePoint started_;
  Pool pool_;
};

}  // namespace

Rows measure_many_workers(const GoalSettings& settings) {
  const Effort& effort = settings.effort;
  const std::size_t many = effort.many_workers;
  const std::string name = std::to_string(many);
  const double seconds = effort.round_seconds;
  Series rate_few, rate_many, turn_some, turn_many, start_many, forks, kill_few, kill_many;
  const auto kill_arm = [&](std::size_t workers, Series& series) {
    return [&, workers] { series.push_back(kill_p50({.workers = workers}, effort).task); };
  };
  interleave(
      {{"2 workers", [&] { rate_few.push_back(BigPool(kFew, settings).rate(kOpen, seconds)); }},
       {"64 workers", [&] { turn_some.push_back(BigPool(kSome, settings).rate_in_turn(seconds)); }},
       {name + " workers",
        [&] {
          BigPool pool(many, settings);
          start_many.push_back(pool.starts_per_second());
          rate_many.push_back(pool.rate(kOpen, seconds));
          turn_many.push_back(pool.rate_in_turn(seconds));
        }},
       {name + " bare forks",
        [&] {
          const std::chrono::duration<double> took = time_fork_loop(many);
          forks.push_back(static_cast<double>(many) / took.count());
        }},
       {"kills among 2 workers", kill_arm(kFew, kill_few)},
       {"kills among " + name + " workers", kill_arm(many, kill_many)}},
      effort.rounds_of_many);
  return {
      ratio_row({9, "no-op tasks, 128 open, " + name + " workers / 2 workers", Sense::at_least, 0.8,
                 0.95},
                rate_many, rate_few, rate_beside(rate_many, rate_few)),
      ratio_row({9, "kill to the task's result, " + name + " workers / 2 workers", Sense::at_most,
                 1.5, 1.2},
                kill_many, kill_few, time_beside(kill_many, kill_few)),
      ratio_row({9, "no-op tasks, all busy in turn, " + name + " workers / 64 workers",
                 Sense::at_least, 0.25},
                turn_many, turn_some, rate_beside(turn_many, turn_some)),
      ratio_row({9, name + " workers started / a bare fork loop", Sense::at_least, 0.9}, start_many,
                forks, rate_beside(start_many, forks)),
  };
}

}  // namespace revenant::bench::goals
