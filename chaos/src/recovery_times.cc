#include "chaos/src/recovery_times.h"

#include <algorithm>
#include <set>

#include "chaos/src/quantile.h"
#include "chaos/src/throughput.h"

namespace revenant::chaos {
namespace {

double microseconds(Nanos d) { return static_cast<double>(std::max<Nanos>(0, d)) / 1e3; }

Quantiles detect(const HistoryIndex& index) {
  std::vector<double> times;
  for (const WorkerRecord& worker : index.workers) {
    if (!worker.killed_by || !worker.gone_at || !worker.reaped_at) continue;
    times.push_back(microseconds(*worker.reaped_at - *worker.gone_at));
  }
  return quantiles_of(std::move(times));
}

Quantiles respawn(const HistoryIndex& index, const Strength& strength) {
  std::vector<double> times;
  for (const Vacancy& vacancy : strength.vacancies) {
    if (!vacancy.fault || !vacancy.filled_at) continue;
    times.push_back(microseconds(*vacancy.filled_at - vacancy.since));
  }
  for (const std::size_t worker : strength.spared) {
    if (index.workers[worker].killed_by) times.push_back(0);
  }
  return quantiles_of(std::move(times));
}

// Answers what was open at a time, and when the next outcome came.
class Outcomes {
 public:
  explicit Outcomes(const HistoryIndex& index) : index_(index) {
    if (index.open() == 0) return;
    for (const TaskRecord& task : index.tasks) {
      if (task.state == TaskState::open) never_answered_.push_back(task.submitted);
    }
  }

  // The wait from `t` for the next result; empty if none came.
  [[nodiscard]] std::optional<Nanos> wait_from(Nanos t) const {
    auto next = std::lower_bound(
        index_.outcome_order.begin(), index_.outcome_order.end(), t,
        [&](std::uint32_t which, Nanos at) { return index_.tasks[which].outcome_at < at; });
    const auto answered_before = next - index_.outcome_order.begin();
    while (next != index_.outcome_order.end() && index_.tasks[*next].state != TaskState::result) {
      ++next;
    }
    if (next == index_.outcome_order.end()) return std::nullopt;
    const auto given_after =
        std::upper_bound(index_.tasks.begin(), index_.tasks.end(), t,
                         [](Nanos at, const TaskRecord& task) { return at < task.submitted; });
    const auto dropped = std::upper_bound(never_answered_.begin(), never_answered_.end(), t) -
                         never_answered_.begin();
    const bool waiting = (given_after - index_.tasks.begin()) - dropped > answered_before;
    const Nanos from = waiting || given_after == index_.tasks.end() ? t : given_after->submitted;
    return index_.tasks[*next].outcome_at - from;
  }

 private:
  const HistoryIndex& index_;
  std::vector<Nanos> never_answered_;  // submission times
};

Quantiles first_result(const HistoryIndex& index) {
  const Outcomes outcomes(index);
  std::vector<double> times;
  for (const InstalledFault& fault : index.faults) {
    if (fault.is_stop()) continue;
    if (const auto wait = outcomes.wait_from(fault.seen)) times.push_back(microseconds(*wait));
  }
  return quantiles_of(std::move(times));
}

Quantiles task(const HistoryIndex& index) {
  // The victims that no task is matched with yet, by the time of the signal.
  std::set<std::pair<Nanos, Nanos>> victims;  // sent, seen
  for (const InstalledFault& fault : index.faults) {
    if (!fault.is_stop()) victims.emplace(fault.sent, fault.seen);
  }
  std::vector<double> times;
  for (const std::uint32_t which : index.outcome_order) {
    const TaskRecord& again = index.tasks[which];
    if (again.attempts < 2 || again.state != TaskState::result) continue;
    const auto victim = victims.lower_bound({again.submitted, 0});
    if (victim == victims.end() || victim->first > again.outcome_at) continue;
    times.push_back(microseconds(again.outcome_at - victim->second));
    victims.erase(victim);
  }
  return quantiles_of(std::move(times));
}

}  // namespace

RecoveryTimes measure_recovery(const HistoryIndex& index, const Strength& strength) {
  return {.detect = detect(index),
          .respawn = respawn(index, strength),
          .first_result = first_result(index),
          .task = task(index),
          .full_capacity = quantiles_of(full_capacity_times_us(index, strength))};
}

}  // namespace revenant::chaos
