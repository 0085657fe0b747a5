#include "reports/src/timeline.h"

#include <algorithm>

namespace revenant::reports {

void LevelBin::merge(const LevelBin& later) {
  integral += later.integral;
  covered += later.covered;
  min = std::min(min, later.min);
  max = std::max(max, later.max);
}

void LevelSeries::set(Nanos t, double value) {
  t = std::max(t, since_);
  if (known_) {
    bins_.at(t);  // doubles the width as far as needed, so that it holds still in the loop
    const Nanos width = bins_.width();
    for (Nanos from = since_; from < t;) {
      const Nanos to = std::min(t, (from / width + 1) * width);
      const auto length = static_cast<double>(to - from);
      bins_.at(from).merge({value_ * length, length, value_, value_});
      from = to;
    }
  }
  known_ = true;
  since_ = t;
  value_ = value;
}

void TimelineBuilder::take(const HistoryEvent& event) {
  timeline_.length = std::max(timeline_.length, event.t);
  if (std::holds_alternative<TaskResult>(event.what)) {
    ++timeline_.results.at(event.t).count;
  } else if (const auto* sample = std::get_if<Sample>(&event.what)) {
    timeline_.outstanding.set(event.t, static_cast<double>(sample->outstanding));
    // Deaths and births say more than samples do, where the harness saw any.
    if (!workers_were_seen_) {
      timeline_.workers.set(event.t, static_cast<double>(sample->workers_alive));
    }
  } else if (const auto* seen = std::get_if<WorkerSeen>(&event.what)) {
    const double before = workers_were_seen_ ? timeline_.workers.value() : 0;
    workers_were_seen_ = true;
    timeline_.workers.set(std::clamp<Nanos>(seen->at, 0, event.t), before + 1);
  } else if (const auto* gone = std::get_if<WorkerGone>(&event.what)) {
    if (!workers_were_seen_) return;
    timeline_.workers.set(std::clamp<Nanos>(gone->at, 0, event.t),
                          std::max(0.0, timeline_.workers.value() - 1));
  } else if (const auto* fault = std::get_if<FaultDone>(&event.what)) {
    take_fault(*fault, event.t);
  } else if (const auto* phase = std::get_if<PhaseBegan>(&event.what)) {
    if (!timeline_.phases.empty()) timeline_.phases.back().to = event.t;
    if (timeline_.phases.size() < kPhasesMax) {
      timeline_.phases.push_back({phase->phase, event.t, event.t});
    }
  }
}

void TimelineBuilder::take_fault(const FaultDone& fault, Nanos learned) {
  auto& rows = timeline_.faults;
  auto row = std::find_if(rows.begin(), rows.end(), [&](const FaultRow& other) {
    return other.fault == fault.fault && other.state == fault.state;
  });
  if (row == rows.end()) {
    if (rows.size() == kFaultRowsMax) return;
    row = rows.insert(row, FaultRow{.fault = fault.fault, .state = fault.state});
  }
  ++row->count;
  const Nanos when = fault.state == "installed" && fault.sent > 0 ? fault.sent : fault.planned;
  ++row->marks.at(std::clamp<Nanos>(when, 0, learned)).count;
}

Timeline TimelineBuilder::finish() {
  std::stable_sort(timeline_.faults.begin(), timeline_.faults.end(),
                   [](const FaultRow& a, const FaultRow& b) {
                     if (a.fault != b.fault) return a.fault < b.fault;
                     return a.state == "installed" && b.state != "installed";
                   });
  if (!timeline_.phases.empty()) timeline_.phases.back().to = timeline_.length;
  if (!timeline_.workers.empty()) {
    timeline_.workers.set(timeline_.length, timeline_.workers.value());
  }
  if (!timeline_.outstanding.empty()) {
    timeline_.outstanding.set(timeline_.length, timeline_.outstanding.value());
  }
  return std::move(timeline_);
}

}  // namespace revenant::reports
