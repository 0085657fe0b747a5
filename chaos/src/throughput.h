// How much the target did: in each phase, and in each hundredth of a second.
#pragma once

#include <cstdint>
#include <vector>

#include "chaos/src/busy_time.h"
#include "chaos/src/history_index.h"
#include "chaos/src/strength.h"
#include "chaos/src/task_ledger.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// Fewer results than these say nothing about a rate.
inline constexpr std::uint64_t kResultsOfARate = 20;

// Counts while outcomes go by.
class Production {
 public:
  explicit Production(const HistoryIndex& index);

  void on_outcome(const Outcome& outcome);

  // Results per second in the chaos phase and in the calm phase, counting only the time in which a
  // task was open that was answered in the end. 0 where that was under 10 ms or fewer than
  // kResultsOfARate came. Probes, which go out now and then and are mostly over at
  // once, are counted over the whole time of the phase instead.
  [[nodiscard]] Throughput measured() const;

  // Results in each hundredth of a second from the beginning of the chaos phase on.
  [[nodiscard]] const std::vector<std::uint32_t>& bins() const noexcept { return bins_; }

 private:
  struct Load {
    Nanos from = 0;
    Nanos to = 0;
    BusyTime busy;
    std::uint64_t results = 0;
    Load(Nanos begin, Nanos end) : from(begin), to(end), busy(begin, end) {}
    void add(const Outcome& outcome);
    [[nodiscard]] double rate(Nanos time) const;
  };
  [[nodiscard]] double rate_of(const Load& load) const;

  bool counts_whole_time_;
  Nanos from_;
  Load chaos_;
  Load calm_;
  std::vector<std::uint32_t> bins_;
};

// For each fault that ended a worker, the time from the visible death to the beginning of the first
// hundredth of a second that starts with all workers alive and brings at least 95 % of what the
// target ordinarily does in one, in microseconds. Ordinarily: the median of those hundredths, in
// the chaos and calm phases, that begin at full strength and with no fault in the 50 ms before.
// Nothing is reported where there are fewer than 20 of them or where they bring under 20 results,
// nor for a fault that was followed by another before the end of its own recovery.
[[nodiscard]] std::vector<double> full_capacity_times_us(const HistoryIndex& index,
                                                         const Strength& strength,
                                                         const Production& production);

}  // namespace revenant::chaos
