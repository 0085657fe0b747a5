#include <time.h>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/src/latency_counters.h"
#include "bench/src/quantiles.h"
#include "bench/src/start/start.h"
#include "bench/src/utilisation/utilisation.h"
#include "pool/os/clock.h"
#include "revenant/pool.h"

namespace revenant::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr std::size_t kSharedWorkers = 4;
constexpr std::size_t kLongOpenMax = 2;  // so that two workers are free for the short ones
constexpr nanoseconds kLong = milliseconds(100);
constexpr nanoseconds kLate = kLong / 5;
// Short tasks come in small batches, with a long one somewhere among them if there may be one.
constexpr nanoseconds kEvery = milliseconds(5);
constexpr std::size_t kMixedTasks = 8;
constexpr std::uint64_t kLongTag = ~std::uint64_t{0};
constexpr auto kDrainWithin = std::chrono::seconds(10);

void sleep_if_long(std::string_view payload, std::string&) {
  if (payload != "long") return;
  timespec left{.tv_sec = 0, .tv_nsec = kLong.count()};
  while (::nanosleep(&left, &left) != 0) {
  }
}

class ShortAmongLong {
 public:
  ShortAmongLong() : pool_(sleep_if_long, {.workers = kSharedWorkers, .spares = 0}) {
    wait_ready(pool_, kSharedWorkers);
  }

  ShortTasks run(milliseconds time) {
    const os::TimePoint begin = os::now();
    for (os::TimePoint next = begin; next < begin + time; next += kEvery) {
      while (os::now() < next) wait_until(next);
      submit_batch();
    }
    if (!pool_.drain(kDrainWithin, [this](const Outcome& outcome) { take(outcome); })) {
      throw std::runtime_error("the tasks were not done within 10 s");
    }
    const Percentiles took = percentiles_of(took_);
    const auto is_late = [](nanoseconds one) { return one > kLate; };
    return {.tasks = took_.size(),
            .late = static_cast<std::uint64_t>(std::count_if(took_.begin(), took_.end(), is_late)),
            .p99_us = microseconds(took.p99),
            .max_us = microseconds(took.max)};
  }

 private:
  void wait_until(os::TimePoint when) {
    if (pool_.open_tasks() == 0) {
      const timespec left{.tv_sec = 0, .tv_nsec = std::max<long>(0, (when - os::now()).count())};
      ::nanosleep(&left, nullptr);
    } else {
      pool_.poll(std::max(nanoseconds(0), when - os::now()),
                 [this](const Outcome& outcome) { take(outcome); });
    }
  }

  void submit_batch() {
    const std::size_t long_at = random_() % kMixedTasks;
    for (std::size_t i = 0; i < kMixedTasks; ++i) {
      if (i == long_at && long_open_ < kLongOpenMax) {
        submit("long", kLongTag);
        ++long_open_;
      }
      submitted_.push_back(os::now());
      submit("short", submitted_.size() - 1);
    }
  }

  void submit(std::string_view payload, std::uint64_t tag) {
    if (pool_.submit(payload, tag) != SubmitResult::accepted) {
      throw std::runtime_error("submit() was refused");
    }
  }

  void take(const Outcome& outcome) {
    if (outcome.tag == kLongTag) {
      --long_open_;
    } else {
      took_.push_back(os::now() - submitted_[outcome.tag]);
    }
  }

  std::mt19937 random_{3};
  std::vector<os::TimePoint> submitted_;
  Samples took_;
  std::size_t long_open_ = 0;
  Pool pool_;
};

}  // namespace

ShortTasks watch_short_among_long(milliseconds time) { return ShortAmongLong().run(time); }

}  // namespace revenant::bench
