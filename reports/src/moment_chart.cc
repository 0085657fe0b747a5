#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/moments.h"

namespace revenant::reports {
namespace {

// How a lane ends, as moment.gp draws it.
enum class LaneEnd { open, fault, gone, done, failed, unanswered };

constexpr const char* kHowToRead =
    "Bars are workers while they lived, lines are tasks from the moment they were given. Upright "
    "lines are the faults.";

double in_seconds(Nanos time) { return static_cast<double>(time) * 1e-9; }

struct Lane {
  bool is_task = false;
  Nanos from = 0;
  std::optional<Nanos> to = {};
  LaneEnd end = LaneEnd::open;
  std::string name = {};
  std::string outcome = {};
};

Lane lane_of(const WorkerInMoment& worker, const Moment& moment) {
  const auto died_by =
      std::find_if(moment.faults.begin(), moment.faults.end(), [&](const FaultDone& fault) {
        return fault.victim == worker.pid && !fault.is_stop && worker.seen_at <= fault.seen;
      });
  Lane lane{.from = worker.seen_at, .name = fmt::format("worker {}", worker.pid)};
  if (died_by != moment.faults.end() && worker.gone_at) {
    lane.to = worker.gone_at;
    lane.end = LaneEnd::fault;
    lane.outcome = died_by->fault;
  } else if (worker.gone_at && *worker.gone_at <= moment.to) {
    lane.to = worker.gone_at;
    lane.end = LaneEnd::gone;
    lane.outcome = "gone";
  } else {
    lane.outcome = "lives on";
  }
  return lane;
}

Lane lane_of(const TaskInMoment& task, const Moment& moment) {
  Lane lane{.is_task = true, .from = task.given_at, .name = fmt::format("task {}", task.id)};
  if (!task.answered_at) {
    lane.end = LaneEnd::unanswered;
    lane.outcome = "no answer";
  } else if (*task.answered_at > moment.to) {
    lane.outcome = task.failed ? "fails later" : "done later";
  } else {
    lane.to = task.answered_at;
    lane.end = task.failed ? LaneEnd::failed : LaneEnd::done;
    lane.outcome = task.failed ? "failed" : "done";
  }
  return lane;
}

std::vector<Lane> lanes_of(const Moment& moment) {
  std::vector<Lane> lanes;
  for (const WorkerInMoment& worker : moment.workers) lanes.push_back(lane_of(worker, moment));
  for (const TaskInMoment& task : moment.tasks) lanes.push_back(lane_of(task, moment));
  return lanes;
}

std::string lane_data(const std::vector<Lane>& lanes, const Moment& moment) {
  DataFile file("lane\tis_task\tfrom_s\tto_s\tstarts_here\tend\tname\toutcome");
  double row = 0;
  for (const Lane& lane : lanes) {
    const Nanos to = std::clamp(lane.to.value_or(moment.to), moment.from, moment.to);
    file.row({row++, lane.is_task ? 1.0 : 0.0, in_seconds(std::max(lane.from, moment.from)),
              in_seconds(to), lane.from >= moment.from ? 1.0 : 0.0, static_cast<double>(lane.end),
              lane.name, lane.outcome});
  }
  return file.text();
}

// Where the victim has a lane the mark stands on it.
std::string fault_data(const Moment& moment) {
  DataFile file("sent_s\tseen_s\tlane\tfault");
  for (const FaultDone& fault : moment.faults) {
    const auto victim =
        std::find_if(moment.workers.begin(), moment.workers.end(),
                     [&](const WorkerInMoment& worker) { return worker.pid == fault.victim; });
    const double lane = victim == moment.workers.end()
                            ? std::numeric_limits<double>::quiet_NaN()
                            : static_cast<double>(victim - moment.workers.begin());
    file.row(
        {in_seconds(fault.sent), in_seconds(std::min(fault.seen, moment.to)), lane, fault.fault});
  }
  return file.text();
}

}  // namespace

std::optional<Chart> moment_chart(const Moment& moment, const std::string& name,
                                  const std::string& note) {
  const std::vector<Lane> lanes = lanes_of(moment);
  if (lanes.empty()) return std::nullopt;
  Chart chart{.name = name,
              .script = fmt::format("# The moment of a finding. How it is drawn: moment.gp.\n"
                                    "# Usage and options: style.gp. Data: {0}-*.dat (FORMAT.md).\n"
                                    "output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3\n"
                                    "data = '{0}'\nload 'moment.gp'\n",
                                    name),
              .title = "The moment of: " + moment.kind,
              .summary = {},
              .caption = name == moment_name(0) ? kHowToRead : "",  // once a page is enough
              .note = note,
              .data = {}};
  for (const MomentLine& line : lines_of(moment)) {
    if (!line.to_the_end) chart.summary += fmt::format("{:.3f} s: ", in_seconds(line.at));
    chart.summary += line.text + " ";
  }
  DataFile extent("from_s\tto_s\tlanes\tfaults");
  extent.row({in_seconds(moment.from), in_seconds(moment.to), static_cast<double>(lanes.size()),
              static_cast<double>(moment.faults.size())});
  chart.data = {{name + "-extent.dat", extent.text()},
                {name + "-lanes.dat", lane_data(lanes, moment)},
                {name + "-faults.dat", fault_data(moment)}};
  return chart;
}

}  // namespace revenant::reports
