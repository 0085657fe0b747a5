// Who died by which fault, and who came after: what is rare in a history, kept whole.
//
// Memory grows with workers and faults, not with tasks. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "reports/src/history_reader.h"

namespace revenant::reports {

struct WorkerLife {
  Nanos seen_at = 0;
  std::optional<Nanos> gone_at;
  std::optional<Nanos> reaped_at;
  bool was_killed = false;  // by a fault that was installed
};

struct Kill {
  Nanos sent = 0;
  Nanos seen = 0;
};

class Deaths {
 public:
  void take(const HistoryEvent& event);

  [[nodiscard]] const std::vector<WorkerLife>& workers() const { return workers_; }
  // Faults that ended a worker, in the order of the history; the first kKillsMax.
  [[nodiscard]] const std::vector<Kill>& kills() const { return kills_; }
  [[nodiscard]] Nanos chaos_began() const { return chaos_began_.value_or(last_); }
  // When the target had no more to expect: closing began, or it was gone, or the history ends.
  [[nodiscard]] Nanos work_ended() const;
  // Workers at the beginning of the chaos phase, or when the first fault was sent if more.
  [[nodiscard]] std::uint64_t demanded() const;

 private:
  void take_fault(const FaultDone& fault);
  [[nodiscard]] std::uint64_t alive_at(Nanos t) const;

  std::vector<WorkerLife> workers_;
  std::vector<Kill> kills_;
  std::unordered_map<std::int64_t, std::size_t> worker_of_pid_;  // the latest with this pid
  std::optional<Nanos> first_sent_;                              // of any fault that was installed
  std::optional<Nanos> chaos_began_;
  std::optional<Nanos> closing_began_;
  std::optional<Nanos> exited_;
  Nanos last_ = 0;
};

// Beyond that many the first ones are shown: their order has nothing to do with how long they took.
inline constexpr std::size_t kKillsMax = 200'000;
inline constexpr std::size_t kWorkersMax = 2 * kKillsMax;

}  // namespace revenant::reports
