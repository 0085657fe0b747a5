#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/src/axis_range.h"
#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr std::size_t kMarksMax = 3;  // of numbers of workers that peers.gp can tell apart

const char* title_of(const std::string& work) {
  if (work == "noop") return "tasks that do nothing";
  return work == "wait" ? "tasks that sleep for 1 ms" : "other tasks";
}

// Peers in the order of the file, those of one kind of work together.
struct Group {
  std::string work;
  std::vector<std::string> rows;
};

template <typename Value>
std::size_t place_of(std::vector<Value>& all, const Value& value) {
  const auto found = std::ranges::find(all, value);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(value);
  return all.size() - 1;
}

std::vector<Group> groups_of(const std::vector<PeerSpeed>& speeds) {
  std::vector<Group> groups;
  for (const PeerSpeed& speed : speeds) {
    auto group = std::ranges::find(groups, speed.work, &Group::work);
    if (group == groups.end()) group = groups.insert(groups.end(), {speed.work, {}});
    place_of(group->rows, speed.title);
  }
  return groups;
}

// Ascending; one list for all, so that a mark means the same everywhere.
std::vector<double> workers_of(const std::vector<PeerSpeed>& speeds) {
  std::vector<double> workers;
  for (const PeerSpeed& speed : speeds) place_of(workers, speed.workers);
  std::ranges::sort(workers);
  if (workers.size() > kMarksMax) workers.resize(kMarksMax);
  return workers;
}

}  // namespace

std::optional<Chart> peers_chart(const Peers& peers, const std::string& note) {
  std::vector<PeerSpeed> speeds = peers.speeds;
  std::erase_if(speeds,
                [](const PeerSpeed& speed) { return speed.is_own || !speed.error.empty(); });
  if (speeds.empty()) return std::nullopt;
  AxisRange range;
  range.include(1);
  DataFile groups("group\trows\tmarks\ttitle");
  DataFile key("mark\tname");
  DataFile rows("group\trow\tname");
  DataFile points("group\trow\tmark\tratio\tlow\thigh\tworkers\tratio_as_text");
  const std::vector<double> workers = workers_of(speeds);
  for (std::size_t mark = 0; mark < workers.size(); ++mark) {
    key.row({static_cast<double>(mark),
             fmt::format("{:.0f} {}", workers[mark], workers[mark] == 1 ? "worker" : "workers")});
  }
  std::string summary;
  double number = 0;
  for (Group& group : groups_of(speeds)) {
    groups.row({number, static_cast<double>(group.rows.size()), static_cast<double>(workers.size()),
                title_of(group.work)});
    for (std::size_t row = 0; row < group.rows.size(); ++row) {
      rows.row({number, static_cast<double>(row), std::string_view(group.rows[row])});
    }
    for (const PeerSpeed& speed : speeds) {
      if (speed.work != group.work) continue;
      const auto found = std::ranges::find(workers, speed.workers);
      if (found == workers.end()) continue;
      const auto mark = static_cast<double>(found - workers.begin());
      range.include(speed.ratio.low);
      range.include(speed.ratio.high);
      const std::string text = ratio_text(speed.ratio.median);
      points.row({number, static_cast<double>(place_of(group.rows, speed.title)), mark,
                  speed.ratio.median, speed.ratio.low, speed.ratio.high, speed.workers, text});
      summary += fmt::format("{}, {}, {:.0f} workers: {} times. ", title_of(speed.work),
                             speed.title, speed.workers, text);
    }
    ++number;
  }
  DataFile extent("least\tgreatest");
  extent.row({range.low_decade(), range.high_decade()});
  return Chart{.name = "peers",
               .title = "Beside the pools that people use",
               .summary = std::move(summary),
               .caption =
                   "How many times as many tasks a second this pool does. Marks are medians "
                   "over the rounds of one run, bars their 95 % intervals (the least and "
                   "the greatest where there were fewer than six rounds). Pools that take "
                   "tasks in chunks are held against this pool's batch call, the others "
                   "against a task at a time. Left of 1 the other pool is quicker.",
               .note = note,
               .data = {{"peers-extent.dat", extent.text()},
                        {"peers-key.dat", key.text()},
                        {"peers-groups.dat", groups.text()},
                        {"peers-rows.dat", rows.text()},
                        {"peers.dat", points.text()}}};
}

}  // namespace revenant::reports
