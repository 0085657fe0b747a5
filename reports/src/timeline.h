// What a chaos run looked like over time: tasks per second, workers alive, tasks outstanding, every
// fault, the phases.
//
// Built from the events of a history one by one, in memory that does not grow with the run
// (time_bins.h). One thread.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reports/src/history_reader.h"
#include "reports/src/time_bins.h"

namespace revenant::reports {

// A quantity that keeps its value until it is set anew, over one stretch of time.
struct LevelBin {
  double integral = 0;  // value times nanoseconds
  double covered = 0;   // nanoseconds for which the value was known
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();

  void merge(const LevelBin& later);
  [[nodiscard]] double mean() const { return integral / covered; }
};

struct CountBin {
  std::uint64_t count = 0;
  void merge(const CountBin& later) { count += later.count; }
};

// A level while it is followed through the run.
class LevelSeries {
 public:
  // The value from `t` on; `t` does not decrease from call to call (an earlier one counts as the
  // latest given so far).
  void set(Nanos t, double value);
  [[nodiscard]] double value() const { return value_; }
  [[nodiscard]] bool empty() const { return bins_.bins().empty(); }
  [[nodiscard]] const TimeBins<LevelBin>& bins() const { return bins_; }

 private:
  TimeBins<LevelBin> bins_{1'000'000};
  bool known_ = false;
  Nanos since_ = 0;
  double value_ = 0;
};

struct PhaseSpan {
  std::string name;
  Nanos from = 0;
  Nanos to = 0;
};

// Faults of one kind that met with one fate, as marks on the axis of time.
struct FaultRow {
  std::string fault;  // kill, stop …
  std::string state;  // installed, skipped, indeterminate
  std::uint64_t count = 0;
  TimeBins<CountBin> marks{1'000'000};
};

struct Timeline {
  Nanos length = 0;
  TimeBins<CountBin> results{1'000'000};
  LevelSeries workers;
  LevelSeries outstanding;
  std::vector<PhaseSpan> phases;
  std::vector<FaultRow> faults;  // by kind, the installed ones of each first
};

class TimelineBuilder {
 public:
  void take(const HistoryEvent& event);
  // Closes what is open at the end of the history.
  [[nodiscard]] Timeline finish();

 private:
  void take_fault(const FaultDone& fault, Nanos learned);

  Timeline timeline_;
  bool workers_were_seen_ = false;
};

// More kinds of fault or phases than any plan has are not drawn: a history is a stranger's file.
inline constexpr std::size_t kFaultRowsMax = 12;
inline constexpr std::size_t kPhasesMax = 64;

}  // namespace revenant::reports
