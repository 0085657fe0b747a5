#include "chaos/src/recovery_times.h"

#include <algorithm>

#include "chaos/src/quantile.h"
#include "chaos/src/quiet.h"

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

}  // namespace

OutcomesAfterFaults::OutcomesAfterFaults(const HistoryIndex& index) {
  for (const InstalledFault& fault : index.faults) {
    if (fault.is_stop()) continue;
    deaths_.push_back({.seen = fault.seen});
    victims_.emplace(fault.sent, fault.seen);
  }
  std::sort(deaths_.begin(), deaths_.end(),
            [](const Death& a, const Death& b) { return a.seen < b.seen; });
}

void OutcomesAfterFaults::on_given(Nanos t) {
  for (; with_given_ < deaths_.size() && deaths_[with_given_].seen < t; ++with_given_) {
    deaths_[with_given_].given = given_;
    deaths_[with_given_].next_given = t;
  }
  ++given_;
}

void OutcomesAfterFaults::on_outcome(const Outcome& outcome) {
  for (; with_outcomes_ < deaths_.size() && deaths_[with_outcomes_].seen <= outcome.at;
       ++with_outcomes_) {
    deaths_[with_outcomes_].outcomes = outcomes_;
  }
  ++outcomes_;
  if (!outcome.is_result) return;
  for (; with_result_ < with_outcomes_; ++with_result_) {
    deaths_[with_result_].next_result = outcome.at;
  }
  if (outcome.attempts >= 2) match_with_victim(outcome);
}

void OutcomesAfterFaults::match_with_victim(const Outcome& outcome) {
  const auto victim = victims_.lower_bound({outcome.submitted, 0});
  if (victim == victims_.end() || victim->first > outcome.at) return;
  task_us_.push_back(microseconds(outcome.at - victim->second));
  victims_.erase(victim);
}

std::vector<double> OutcomesAfterFaults::first_result_us(
    const std::vector<OpenTask>& never_answered) const {
  std::vector<double> times;
  for (std::size_t i = 0; i < with_result_; ++i) {
    const Death& death = deaths_[i];
    const std::uint64_t given = i < with_given_ ? death.given : given_;
    const bool waiting = given - given_before(never_answered, given) > death.outcomes;
    const Nanos from = waiting ? death.seen : death.next_given.value_or(death.seen);
    times.push_back(microseconds(*death.next_result - from));
  }
  return times;
}

RecoveryTimes measure_recovery(const HistoryIndex& index, const Strength& strength,
                               const OutcomesAfterFaults& after_faults,
                               const Production& production,
                               const std::vector<OpenTask>& never_answered) {
  return {.detect = detect(index),
          .respawn = respawn(index, strength),
          .first_result = quantiles_of(after_faults.first_result_us(never_answered)),
          .task = quantiles_of(after_faults.task_us()),
          .full_capacity = quantiles_of(full_capacity_times_us(index, strength, production))};
}

}  // namespace revenant::chaos
