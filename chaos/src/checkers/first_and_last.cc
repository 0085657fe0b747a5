#include "chaos/src/checkers/first_and_last.h"

#include <algorithm>

namespace revenant::chaos {
namespace {

constexpr std::size_t kOutcomesAWorker = 15;

}  // namespace

std::size_t fairness_window(const HistoryIndex& index, const Strength& strength) {
  if (index.run.task_time == 0 || strength.at_start < 2 || index.faults.empty()) return 0;
  return kOutcomesAWorker * strength.at_start;
}

void FirstAndLast::on_outcome(const Outcome& outcome, std::uint64_t outstanding_max) {
  if (window_ == 0) return;
  ++outcomes_;
  if (first_.size() < window_) first_.push_back({outcome.worker, outcome.at});
  latest_.push_back({outcome.worker, outcome.at});
  if (latest_.size() > window_ + outstanding_max) latest_.pop_front();
}

FirstAndLast::Window FirstAndLast::last(std::uint64_t outstanding_max) const {
  const std::size_t drained = std::min<std::uint64_t>(outstanding_max, outcomes_ / 4);
  if (outcomes_ - drained < 2 * window_ || latest_.size() < window_ + drained) return {};
  const auto end = latest_.end() - static_cast<std::ptrdiff_t>(drained);
  return {end - static_cast<std::ptrdiff_t>(window_), end};
}

}  // namespace revenant::chaos
