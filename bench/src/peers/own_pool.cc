#include "bench/src/peers/own_pool.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/src/throughput/echo_load.h"
#include "pool/os/clock.h"
#include "revenant/map.h"
#include "revenant/pool.h"

namespace revenant::bench::peers {
namespace {

constexpr std::size_t kWindowOfWorker = 64;
constexpr std::size_t kPayloadBytes = 64;
constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kChunk = 1000;
// Results of that number were never in memory before: malloc gives the first of them back to the
// kernel and keeps the second.
constexpr int kRunsToWarmMemory = 3;
constexpr auto kReadyWithin = std::chrono::seconds(20);

void sleep_for(std::chrono::nanoseconds time) {
  const timespec wanted{0, static_cast<long>(time.count())};
  ::clock_nanosleep(CLOCK_MONOTONIC, 0, &wanted, nullptr);
}

void wait_and_echo(std::string_view payload, std::string& value) {
  sleep_for(std::chrono::milliseconds(1));
  echo_number(payload, value);
}

void require(bool good, const EchoLoad& load) {
  if (!good) throw std::runtime_error(load.error());
}

// Runs of growing length; the last of them, which takes about `run_time`, is the figure.
// `run_tasks` does at least so many.
struct Run {
  double tasks = 0;
  std::chrono::duration<double> time{};
};

template <typename RunTasks>
double speed_of(double tasks, std::chrono::milliseconds run_time, RunTasks run_tasks) {
  const std::chrono::duration<double> wanted = run_time;
  while (true) {
    const Run run = run_tasks(static_cast<std::size_t>(tasks));
    if (run.time >= 0.7 * wanted) return run.tasks / run.time.count();
    tasks *= std::clamp(wanted / run.time, 1.5, 10.0);
  }
}

std::vector<std::string> numbered_payloads(std::size_t count) {
  std::vector<std::string> payloads;
  payloads.reserve(count);
  for (std::size_t n = 0; n < count; ++n) {
    char number[kNumberBytes + 1];
    std::snprintf(number, sizeof(number), "%08zu", n % 100'000'000);
    payloads.push_back(number + std::string(kPayloadBytes - kNumberBytes, '.'));
  }
  return payloads;
}

std::string first_eight(const std::string& payload) { return payload.substr(0, kNumberBytes); }

}  // namespace

double own_speed(Work work, unsigned workers, std::chrono::milliseconds run_time) {
  PoolOptions options;
  options.workers = workers;
  Pool pool(work == Work::noop ? echo_number : wait_and_echo, options);
  const std::size_t window = kWindowOfWorker * workers;
  EchoLoad load(pool, window, kPayloadBytes);
  require(load.start(), load);
  const os::TimePoint until = os::now() + kReadyWithin;
  while (pool.workers_ready() < workers + options.spares) {
    require(load.run(1), load);
    if (os::now() > until) throw std::runtime_error("the workers were not ready within 20 s");
  }
  const double speed = speed_of(2 * static_cast<double>(window), run_time, [&](std::size_t tasks) {
    const std::uint64_t before = load.delivered();
    const os::TimePoint begin = os::now();
    require(load.run(tasks), load);
    return Run{static_cast<double>(load.delivered() - before), os::now() - begin};
  });
  require(load.finish(), load);
  return speed;
}

double own_batch_speed(unsigned workers, std::chrono::milliseconds run_time) {
  Mapper<std::string, decltype(&first_eight)> mapper(
      first_eight, {.pool = {.workers = workers}, .chunk = kChunk});
  return speed_of(4.0 * kChunk * workers, run_time, [&](std::size_t tasks) {
    const std::vector<std::string> payloads = numbered_payloads(tasks);
    Run run;
    for (int i = 0; i < kRunsToWarmMemory; ++i) {
      const os::TimePoint begin = os::now();
      const auto results = mapper(payloads);
      run = {static_cast<double>(tasks), os::now() - begin};
      for (std::size_t n = 0; n < tasks; ++n) {
        if (results[n].value != first_eight(payloads[n])) {
          throw std::runtime_error("an element has no result, or another's: " + results[n].error);
        }
      }
    }
    return run;
  });
}

}  // namespace revenant::bench::peers
