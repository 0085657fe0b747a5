#include "bench/src/throughput/one_at_a_time.h"

#include <cstring>
#include <thread>
#include <utility>

#include "bench/src/failures.h"
#include "bench/src/throughput/echo_load.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr int kFirstTasks = 200;
constexpr std::size_t kOnePayloadBytes = 56;
constexpr auto kAnsweredWithin = std::chrono::seconds(10);

PoolOptions one_worker() {
  PoolOptions options;
  options.workers = 1;
  return options;
}

}  // namespace

OneAtATime::OneAtATime(WorkerFunction function)
    : pool_(std::move(function), one_worker()), payload_(kOnePayloadBytes, 'x') {}

bool OneAtATime::warm_up() {
  const os::TimePoint until = os::now() + kAnsweredWithin;
  while (pool_.workers_ready() < 2) {
    if (take().error != nullptr || os::now() > until) return false;
  }
  return true;
}

Sample OneAtATime::take() {
  std::memcpy(payload_.data(), &++number_, sizeof(number_));
  std::uint64_t answer = 0;
  os::TimePoint delivered;
  const auto handler = [&](const Outcome& outcome) {
    delivered = os::now();
    if (outcome.kind != OutcomeKind::completed || outcome.value.size() != sizeof(answer)) return;
    std::memcpy(&answer, outcome.value.data(), sizeof(answer));
  };
  const os::TimePoint begin = os::now();
  if (pool_.submit(payload_) != SubmitResult::accepted) return {.error = "submit() was refused"};
  while (pool_.poll(kAnsweredWithin, handler) == 0) {
    if (os::now() - begin > kAnsweredWithin) return {.error = "a task had no outcome within 10 s"};
  }
  if (answer != number_) return {.error = "a task had a wrong outcome"};
  return {.took = delivered - begin};
}

void one_at_a_time(benchmark::State& state, std::chrono::microseconds pause) {
  OneAtATime pool(echo_number);
  if (!pool.warm_up()) return fail(state, "the worker was not ready within 10 s");
  measure_latency(state, kFirstTasks, [&] {
    if (pause.count() > 0) std::this_thread::sleep_for(pause);
    return pool.take();
  });
}

}  // namespace revenant::bench
