#include "chaos/src/throughput.h"

#include <algorithm>

namespace revenant::chaos {
namespace {

constexpr Nanos kBin = 10'000'000;
constexpr Nanos kSettled = 50'000'000;
constexpr std::size_t kOrdinaryBinsMin = 20;
constexpr std::uint64_t kOrdinaryResultsMin = 20;

struct Load {
  std::uint64_t results = 0;
  Nanos time = 0;  // in which a task was open
};

// A task that is never answered loads nothing: see Quiet.
Load load_between(const HistoryIndex& index, Nanos from, Nanos to) {
  Load load;
  std::uint64_t open = 0;
  Nanos since = 0;
  auto submitted = index.tasks.begin();
  for (const std::uint32_t which : index.outcome_order) {
    const Nanos now = index.tasks[which].outcome_at;
    for (; submitted != index.tasks.end() && submitted->submitted <= now; ++submitted) {
      if (submitted->state == TaskState::open) continue;
      if (open++ == 0) since = submitted->submitted;
    }
    --open;
    if (now >= from && now < to && index.tasks[which].state == TaskState::result) ++load.results;
    load.time += std::max<Nanos>(0, std::min(now, to) - std::max(since, from));
    since = now;
  }
  return load;
}

double rate(const Load& load) {
  if (load.time < kBin || load.results < kOrdinaryResultsMin) return 0;
  return static_cast<double>(load.results) * 1e9 / static_cast<double>(load.time);
}

std::vector<std::uint32_t> results_per_bin(const HistoryIndex& index, Nanos from, Nanos to) {
  std::vector<std::uint32_t> bins(static_cast<std::size_t>((to - from) / kBin));
  for (const std::uint32_t which : index.outcome_order) {
    const TaskRecord& task = index.tasks[which];
    if (task.state != TaskState::result || task.outcome_at < from) continue;
    const auto bin = static_cast<std::size_t>((task.outcome_at - from) / kBin);
    if (bin < bins.size()) ++bins[bin];
  }
  return bins;
}

class Capacity {
 public:
  Capacity(const HistoryIndex& index, const Strength& strength)
      : strength_(strength),
        from_(index.began(Phase::chaos).value_or(index.last_t)),
        bins_(results_per_bin(index, from_, std::max(from_, index.work_ended_at()))) {
    for (const InstalledFault& fault : index.faults) {
      sent_.push_back(fault.sent);
      over_.push_back(fault.over_at());
    }
    std::sort(sent_.begin(), sent_.end());
    std::sort(over_.begin(), over_.end());
    ordinary_ = ordinary();
  }

  // Empty where it cannot be seen.
  [[nodiscard]] std::optional<Nanos> back_after(const InstalledFault& fault) const {
    if (ordinary_ == 0) return std::nullopt;
    const auto next =
        std::upper_bound(sent_.begin(), sent_.end(), std::max(fault.sent, fault.seen));
    auto bin = static_cast<std::size_t>(std::max<Nanos>(0, fault.seen - from_ + kBin - 1) / kBin);
    for (; bin < bins_.size(); ++bin) {
      if (next != sent_.end() && *next < start(bin) + kBin) return std::nullopt;
      if (strength_.alive_at(start(bin)) < strength_.at_start) continue;
      if (bins_[bin] * 100 >= ordinary_ * 95) return start(bin) - fault.seen;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Nanos start(std::size_t bin) const {
    return from_ + static_cast<Nanos>(bin) * kBin;
  }
  [[nodiscard]] bool settled(std::size_t bin) const {
    const Nanos since = start(bin) - kSettled;
    const Nanos until = start(bin) + kBin;
    const auto none_in = [&](const std::vector<Nanos>& times) {
      const auto first = std::lower_bound(times.begin(), times.end(), since);
      return first == times.end() || *first >= until;
    };
    return none_in(sent_) && none_in(over_) && strength_.alive_at(start(bin)) >= strength_.at_start;
  }
  [[nodiscard]] std::uint64_t ordinary() const {
    std::vector<std::uint32_t> counts;
    for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
      if (settled(bin)) counts.push_back(bins_[bin]);
    }
    if (counts.size() < kOrdinaryBinsMin) return 0;
    const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    return *middle < kOrdinaryResultsMin ? 0 : *middle;
  }

  const Strength& strength_;
  Nanos from_;
  std::vector<std::uint32_t> bins_;
  std::vector<Nanos> sent_;
  std::vector<Nanos> over_;
  std::uint64_t ordinary_ = 0;
};

}  // namespace

Throughput measure_throughput(const HistoryIndex& index) {
  const auto chaos = index.began(Phase::chaos);
  if (!chaos) return {};
  const Nanos end = index.work_ended_at();
  const Nanos calm = std::min(index.began(Phase::calm).value_or(end), end);
  return {.calm = rate(load_between(index, calm, end)),
          .chaos = rate(load_between(index, *chaos, calm))};
}

std::vector<double> full_capacity_times_us(const HistoryIndex& index, const Strength& strength) {
  const Capacity capacity(index, strength);
  std::vector<double> times;
  for (const InstalledFault& fault : index.faults) {
    if (fault.is_stop()) continue;
    if (const auto back = capacity.back_after(fault)) {
      times.push_back(static_cast<double>(*back) / 1e3);
    }
  }
  return times;
}

}  // namespace revenant::chaos
