#include "chaos/src/throughput.h"

#include <algorithm>

namespace revenant::chaos {
namespace {

constexpr Nanos kBin = 10'000'000;
constexpr Nanos kSettled = 50'000'000;
constexpr std::size_t kOrdinaryBinsMin = 20;

Nanos calm_of(const HistoryIndex& index) {
  const Nanos end = index.work_ended_at();
  return std::min(index.began(Phase::calm).value_or(end), end);
}

// Without a chaos phase there is nothing to count.
Nanos begin_of(const HistoryIndex& index) {
  return std::min(index.began(Phase::chaos).value_or(index.last_t), index.last_t);
}

class Capacity {
 public:
  Capacity(const HistoryIndex& index, const Strength& strength, const Production& production)
      : strength_(strength), from_(begin_of(index)), bins_(production.bins()) {
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
    return *middle < kResultsOfARate ? 0 : *middle;
  }

  const Strength& strength_;
  Nanos from_;
  const std::vector<std::uint32_t>& bins_;
  std::vector<Nanos> sent_;
  std::vector<Nanos> over_;
  std::uint64_t ordinary_ = 0;
};

}  // namespace

Production::Production(const HistoryIndex& index)
    : counts_whole_time_(!index.run.without_protocol.empty()),
      from_(begin_of(index)),
      chaos_(from_, calm_of(index)),
      calm_(index.began(Phase::chaos) ? calm_of(index) : index.last_t, index.work_ended_at()),
      bins_(static_cast<std::size_t>(std::max<Nanos>(0, index.work_ended_at() - from_) / kBin)) {}

void Production::on_outcome(const Outcome& outcome) {
  chaos_.add(outcome);
  calm_.add(outcome);
  if (!outcome.is_result || outcome.at < from_) return;
  const auto bin = static_cast<std::size_t>((outcome.at - from_) / kBin);
  if (bin < bins_.size()) ++bins_[bin];
}

void Production::Load::add(const Outcome& outcome) {
  busy.add(outcome.submitted, outcome.at);
  if (outcome.is_result && outcome.at >= from && outcome.at < to) ++results;
}

double Production::Load::rate(Nanos time) const {
  if (time < kBin || results < kResultsOfARate) return 0;
  return static_cast<double>(results) * 1e9 / static_cast<double>(time);
}

double Production::rate_of(const Load& load) const {
  return load.rate(counts_whole_time_ ? load.to - load.from : load.busy.total());
}

Throughput Production::measured() const {
  return {.calm = rate_of(calm_), .chaos = rate_of(chaos_)};
}

std::vector<double> full_capacity_times_us(const HistoryIndex& index, const Strength& strength,
                                           const Production& production) {
  const Capacity capacity(index, strength, production);
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
