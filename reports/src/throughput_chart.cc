#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/label_positions.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

// More panels than that would be stamps; the table has all of them.
constexpr std::size_t kPanelsMax = 4;
// The height of a line of text as a share of the height of a panel (throughput.gp).
constexpr double kThroughputLabelGap = 0.07;

// The kinds of line, told apart in throughput.gp by this number.
constexpr double kPool = 0;
constexpr double kRingPair = 1;
constexpr double kSocketpair = 2;

// One repetition that is far from all others has its bar cut: it may not flatten the medians.
constexpr double kBeyondMediansMax = 2;

double top_of(const ThroughputSeries& series) {
  double medians = 0;
  double greatest = 0;
  for (const ThroughputPoint& point : series.points) {
    medians = std::max(medians, point.per_s.median);
    greatest = std::max(greatest, point.per_s.max);
  }
  if (series.ring_pair) medians = std::max(medians, series.ring_pair->median);
  if (series.socketpair) medians = std::max(medians, series.socketpair->median);
  return std::max(medians, std::min(greatest, kBeyondMediansMax * medians)) * 1.08;
}

void add_labels(const ThroughputSeries& series, double panel, DataFile& file) {
  std::vector<EndLabel> labels = {{series.points.back().per_s.median, "pool"}};
  if (series.ring_pair) labels.push_back({series.ring_pair->median, "bare ring pair"});
  if (series.socketpair) labels.push_back({series.socketpair->median, "socket pair"});
  spread_labels(labels, {0, top_of(series), false}, kThroughputLabelGap);
  for (const EndLabel& label : labels) {
    const double kind = label.text == "pool"             ? kPool
                        : label.text == "bare ring pair" ? kRingPair
                                                         : kSocketpair;
    file.row({panel, kind, label.shown_at, label.text, rate_text(label.value)});
  }
}

std::string summary_of(const std::vector<ThroughputSeries>& all) {
  std::string text;
  for (const ThroughputSeries& series : all) {
    const auto best = std::max_element(
        series.points.begin(), series.points.end(),
        [](const auto& a, const auto& b) { return a.per_s.median < b.per_s.median; });
    text += fmt::format("Payload {}: at best {} with {:.0f} workers", bytes_text(series.payload),
                        rate_text(best->per_s.median), best->workers);
    if (series.ring_pair) {
      text += fmt::format(", {} of the bare ring pair",
                          ratio_text(best->per_s.median / series.ring_pair->median));
    }
    text += ". ";
  }
  return text;
}

}  // namespace

std::optional<Chart> throughput_chart(const Figures& figures, const std::string& note) {
  if (figures.throughput.empty()) return std::nullopt;
  std::vector<ThroughputSeries> shown = figures.over_workers();
  if (shown.size() > kPanelsMax) shown.resize(kPanelsMax);
  DataFile panels("panel\ttop_per_s\tworkers_min\tworkers_max\ttitle");
  DataFile points("workers\tper_s\tleast_per_s\tgreatest_per_s");
  DataFile floors("panel\tkind\tper_s");
  DataFile labels("panel\tkind\tshown_at_per_s\tname\tvalue");
  double panel = 0;
  for (const ThroughputSeries& series : shown) {
    panels.row({panel, top_of(series), series.points.front().workers, series.points.back().workers,
                bytes_text(series.payload) + " a task"});
    for (const ThroughputPoint& point : series.points) {
      points.row({point.workers, point.per_s.median, point.per_s.min, point.per_s.max});
    }
    points.next_block();
    floors.row({panel, kRingPair, series.ring_pair ? series.ring_pair->median : -1});
    floors.row({panel, kSocketpair, series.socketpair ? series.socketpair->median : -1});
    add_labels(series, panel, labels);
    ++panel;
  }
  return Chart{.name = "throughput",
               .title = "Throughput over workers",
               .summary = summary_of(shown),
               .caption =
                   "Tasks that do nothing, per second. A dot is the median of the repetitions, "
                   "the bar their least and greatest. Dashed: the floors, measured in the same "
                   "run: two processes and a bare ring, and one way through a socket pair.",
               .note = note,
               .data = {{"throughput-panels.dat", panels.text()},
                        {"throughput.dat", points.text()},
                        {"throughput-floors.dat", floors.text()},
                        {"throughput-labels.dat", labels.text()}}};
}

}  // namespace revenant::reports
