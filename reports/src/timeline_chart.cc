#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

// Wide enough that the counts in a bin say something, narrow enough to show a dip.
constexpr std::size_t kRateBinsMax = 240;
constexpr std::size_t kRateBinsMin = 24;
constexpr Nanos kRateBinWidth = 50'000'000;

double seconds(Nanos time) { return static_cast<double>(time) * 1e-9; }

struct Rate {
  std::string text;
  double max = 0;
};

Rate rate_data(const Timeline& timeline) {
  TimeBins<CountBin> bins = timeline.results;
  bins.at(timeline.length - 1);  // to the end of the run, where there may be no results
  while (bins.bins().size() > kRateBinsMax ||
         (bins.bins().size() >= 2 * kRateBinsMin && bins.width() < kRateBinWidth)) {
    bins.halve();
  }
  DataFile file("t_s\ttasks_per_s");
  Rate rate;
  for (std::size_t i = 0; i < bins.bins().size(); ++i) {
    const Nanos from = static_cast<Nanos>(i) * bins.width();
    // The run ends within the last bin; a sliver of one would make a rate of nothing.
    const Nanos covered = std::min(bins.width(), timeline.length - from);
    if (covered * 4 < bins.width()) continue;
    const double per_s = static_cast<double>(bins.bins()[i].count) / seconds(covered);
    rate.max = std::max(rate.max, per_s);
    file.row({seconds(from + covered / 2), per_s});
  }
  rate.text = file.text();
  return rate;
}

std::string level_data(const LevelSeries& series) {
  DataFile file("t_s\tmean\tmin\tmax");
  const auto& bins = series.bins();
  for (std::size_t i = 0; i < bins.bins().size(); ++i) {
    const LevelBin& bin = bins.bins()[i];
    if (bin.covered <= 0) continue;
    const double middle = (static_cast<double>(i) + 0.5) * seconds(bins.width());
    file.row({middle, bin.mean(), bin.min, bin.max});
  }
  return file.text();
}

double max_of(const LevelSeries& series) {
  double max = 0;
  for (const LevelBin& bin : series.bins().bins()) max = std::max(max, bin.max);
  return max;
}

std::string fault_data(const Timeline& timeline) {
  DataFile file("t_s\trow\tfaults\tis_installed");
  for (std::size_t row = 0; row < timeline.faults.size(); ++row) {
    const FaultRow& faults = timeline.faults[row];
    const auto& bins = faults.marks.bins();
    for (std::size_t i = 0; i < bins.size(); ++i) {
      if (bins[i].count == 0) continue;
      const double middle = (static_cast<double>(i) + 0.5) * seconds(faults.marks.width());
      file.row({middle, static_cast<double>(row), static_cast<double>(bins[i].count),
                faults.state == "installed" ? 1.0 : 0.0});
    }
  }
  return file.text();
}

std::string fault_row_data(const Timeline& timeline) {
  DataFile file("row\tfaults\tname\tis_installed");
  for (std::size_t row = 0; row < timeline.faults.size(); ++row) {
    const FaultRow& faults = timeline.faults[row];
    const bool is_installed = faults.state == "installed";
    // Rows of one fault stand together, the installed ones first: the others need no more than
    // their fate.
    file.row({static_cast<double>(row), static_cast<double>(faults.count),
              is_installed ? faults.fault : faults.state, is_installed ? 1.0 : 0.0});
  }
  return file.text();
}

std::string phase_data(const Timeline& timeline) {
  DataFile file("from_s\tto_s\tis_chaos\tname");
  for (const PhaseSpan& phase : timeline.phases) {
    file.row(
        {seconds(phase.from), seconds(phase.to), phase.name == "chaos" ? 1.0 : 0.0, phase.name});
  }
  return file.text();
}

std::uint64_t installed_faults(const Timeline& timeline) {
  std::uint64_t count = 0;
  for (const FaultRow& row : timeline.faults) count += row.state == "installed" ? row.count : 0;
  return count;
}

std::string extent_data(const Timeline& timeline, double rate_max) {
  DataFile file("length_s\ttasks_per_s_max\tworkers_max\toutstanding_max\tfault_rows\tfault_marks");
  std::uint64_t marks = 0;
  for (const FaultRow& row : timeline.faults) {
    for (const CountBin& bin : row.marks.bins()) marks += bin.count > 0 ? 1 : 0;
  }
  file.row({seconds(timeline.length), rate_max, max_of(timeline.workers),
            max_of(timeline.outstanding), static_cast<double>(timeline.faults.size()),
            static_cast<double>(marks)});
  return file.text();
}

}  // namespace

std::optional<Chart> timeline_chart(const Timeline& timeline, const std::string& note) {
  if (timeline.length <= 0 || timeline.results.bins().empty()) return std::nullopt;
  const Rate rate = rate_data(timeline);
  Chart chart{.name = "timeline",
              .title = "The run over time",
              .summary = {},
              .caption =
                  "Above, every fault is a mark at the moment it was sent. Below, on the same "
                  "axis: tasks done per second, workers alive and tasks outstanding; the "
                  "band is the least and the greatest within a moment, the line its mean. The "
                  "chaos phase is shaded.",
              .note = note,
              .data = {}};
  chart.summary = fmt::format(
      "Over {:.1f} seconds: at most {} tasks, at most {:.0f} workers alive and {:.0f} tasks "
      "outstanding, {} faults installed.",
      seconds(timeline.length), rate_text(rate.max), max_of(timeline.workers),
      max_of(timeline.outstanding), installed_faults(timeline));
  chart.data = {{"timeline-extent.dat", extent_data(timeline, rate.max)},
                {"timeline-rate.dat", rate.text},
                {"timeline-workers.dat", level_data(timeline.workers)},
                {"timeline-outstanding.dat", level_data(timeline.outstanding)},
                {"timeline-faults.dat", fault_data(timeline)},
                {"timeline-fault-rows.dat", fault_row_data(timeline)},
                {"timeline-phases.dat", phase_data(timeline)}};
  return chart;
}

}  // namespace revenant::reports
