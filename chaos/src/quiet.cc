#include "chaos/src/quiet.h"

#include <algorithm>

namespace revenant::chaos {

std::uint64_t given_before(const std::vector<OpenTask>& tasks, std::uint64_t number) {
  const auto first =
      std::lower_bound(tasks.begin(), tasks.end(), number,
                       [](const OpenTask& task, std::uint64_t n) { return task.number < n; });
  return static_cast<std::uint64_t>(first - tasks.begin());
}

void QuietTimes::on_outcome(const Outcome& outcome) {
  if (outcome.at - last_outcome_ > longer_than_) {
    gaps_.push_back({.from = last_outcome_,
                     .to = outcome.at,
                     .given_before = given_at_last_outcome_,
                     .given_by_its_end = given_,
                     .outcomes_before = outcomes_,
                     .ended_by = outcome.id});
  }
  note_given_in_gap(outcome);
  ++outcomes_;
  last_outcome_ = outcome.at;
  given_at_last_outcome_ = given_;
}

void QuietTimes::note_given_in_gap(const Outcome& outcome) {
  if (gaps_.empty() || outcome.number >= gaps_.back().given_by_its_end) return;
  const auto behind = std::upper_bound(
      gaps_.begin(), gaps_.end(), outcome.number,
      [](std::uint64_t number, const Gap& gap) { return number < gap.given_before; });
  if (behind == gaps_.begin()) return;
  Gap& gap = *std::prev(behind);
  if (outcome.number >= gap.given_by_its_end) return;
  gap.first_given = std::min(gap.first_given.value_or(outcome.submitted), outcome.submitted);
}

std::vector<Quiet> QuietTimes::found(const std::vector<OpenTask>& never_answered) const {
  std::vector<Quiet> quiets;
  for (const Gap& gap : gaps_) {
    const auto waited_for = [&](std::uint64_t given) {
      return given - gap.outcomes_before - chaos::given_before(never_answered, given);
    };
    const bool was_waiting = waited_for(gap.given_before) > 0;
    const Nanos from = was_waiting ? gap.from : gap.first_given.value_or(gap.from);
    if (gap.to - from <= longer_than_) continue;
    quiets.push_back({from, gap.to, gap.from, waited_for(gap.given_by_its_end), gap.ended_by});
  }
  return quiets;
}

}  // namespace revenant::chaos
