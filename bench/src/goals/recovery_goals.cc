// Goals 5 to 8: how soon the pool is over a death, beside how soon the kernel tells of it.
#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

#include "bench/src/floor/floors.h"
#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goals/kills.h"
#include "bench/src/resident_memory.h"

namespace revenant::bench::goals {
namespace {

constexpr std::size_t kMib = std::size_t{1} << 20;

struct OfSize {
  Series detect, task, pidfd;
};

OfSize measure_size(std::size_t bytes, const Effort& effort) {
  OfSize series;
  const std::string name = "victims of " + std::to_string(bytes / kMib) + " MiB, ";
  interleave({{name + "the pool",
               [&] {
                 const KillTimes times = kill_p50({.victim_bytes = bytes}, effort);
                 series.detect.push_back(times.detect);
                 series.task.push_back(times.task);
               }},
              {name + "the pidfd",
               [&] {
                 series.pidfd.push_back(floor_p50(
                     [&] { return take_kill_to_pidfd({.resident_bytes = bytes}); }, effort));
               }}},
             effort.rounds);
  return series;
}

Row beside_pidfd(int goal, const std::string& what, double bar, std::optional<double> stretch,
                 const Series& ours, const Series& pidfd) {
  return ratio_row({goal, what, Sense::at_most, bar, stretch}, ours, pidfd,
                   time_beside(ours, pidfd));
}

Series sum_of(const Series& left, const Series& right) {
  Series sum;
  for (std::size_t i = 0; i < left.size(); ++i) sum.push_back(left[i] + right[i]);
  return sum;
}

}  // namespace

Rows measure_death(const GoalSettings& settings) {
  const OfSize none = measure_size(0, settings.effort);
  const OfSize some = measure_size(16 * kMib, settings.effort);
  const std::int64_t large_mib = std::min<std::int64_t>(settings.effort.goal_mib_max, 256);
  const std::string large_victim = "victim of " + std::to_string(large_mib) + " MiB";
  const OfSize large = measure_size(static_cast<std::size_t>(large_mib) * kMib, settings.effort);
  return {
      beside_pidfd(5, "notice of a death, empty victim / its pidfd", 0.35, 0.2, none.detect,
                   none.pidfd),
      beside_pidfd(5, "notice of a death, victim of 16 MiB / its pidfd", 0.2, 0.12, some.detect,
                   some.pidfd),
      ratio_row(
          {5, "notice of a death, " + large_victim + " / an empty one", Sense::at_most, 5, 3.5},
          large.detect, none.detect,
          time_beside(large.detect, none.detect) + "; the pidfd of the large one takes " +
              duration(middle(large.pidfd))),
      beside_pidfd(6, "kill to the task's result, empty victim / its pidfd", 1.0, 0.7, none.task,
                   none.pidfd),
      beside_pidfd(6, "kill to the task's result, victim of 16 MiB / its pidfd", 0.2, {}, some.task,
                   some.pidfd),
      beside_pidfd(6, "kill to the task's result, " + large_victim + " / its pidfd", 0.03, {},
                   large.task, large.pidfd),
  };
}

Rows measure_replacement(const GoalSettings& settings) {
  const Effort& effort = settings.effort;
  Series pool, notice, first_message;
  interleave(
      {{"the pool without a spare", [&] { pool.push_back(kill_p50({.spares = 0}, effort).task); }},
       {"a robust futex",
        [&] { notice.push_back(floor_p50([] { return take_kill_to_robust_futex({}); }, effort)); }},
       {"a fork and its first message",
        [&] { first_message.push_back(floor_p50(take_fork_first_message, effort)); }}},
      effort.rounds);
  return {
      ratio_row({7, "kill to the replacement's first result / robust futex + fork's first message",
                 Sense::at_most, 1.25, 1.1},
                pool, sum_of(notice, first_message),
                duration(middle(pool)) + " beside " + duration(middle(notice)) + " + " +
                    duration(middle(first_message)))};
}

Rows measure_large_supervisor(const GoalSettings& settings) {
  const Effort& effort = settings.effort;
  const auto grown_by = static_cast<std::size_t>(effort.goal_mib_max) * kMib;
  const Bar bar{
      8,
      "the same, supervisor grown by " + std::to_string(effort.goal_mib_max) + " MiB / not grown",
      Sense::at_most, 1.25, 1.1};
  if (!has_memory_for(grown_by)) {
    return {missing_row(bar, "not half as much again of memory is free")};
  }
  Series at_first, grown, fork_at_first, fork_grown;
  bool grow_first = false;
  const auto measure = [&](OneKill& run, Series& kills, Series& forks) {
    kills.push_back(kill_p50(run, effort));
    forks.push_back(floor_p50(take_fork_first_message, effort));
  };
  interleave({{"a pool whose supervisor grows",
               [&] {
                 OneKill run({.spares = 0}, effort.rounds);
                 if (!run.start()) throw std::runtime_error(run.error());
                 if (!grow_first) measure(run, at_first, fork_at_first);
                 {
                   const ResidentMemory memory(grown_by);
                   measure(run, grown, fork_grown);
                 }
                 if (grow_first) measure(run, at_first, fork_at_first);
                 grow_first = !grow_first;
               }}},
             effort.rounds_of_many);
  return {ratio_row(bar, grown, at_first,
                    time_beside(grown, at_first) + "; a plain fork's first message takes " +
                        duration(middle(fork_grown)) + " and " + duration(middle(fork_at_first)))};
}

}  // namespace revenant::bench::goals
