#include "reports/src/recovery_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "reports/src/number_text.h"
#include "reports/src/task_recovery.h"

namespace revenant::reports {
namespace {

double microseconds(Nanos time) { return static_cast<double>(std::max<Nanos>(0, time)) * 1e-3; }

std::vector<double> detect_times(const Deaths& deaths) {
  std::vector<double> times;
  for (const WorkerLife& worker : deaths.workers()) {
    if (!worker.was_killed || !worker.gone_at || !worker.reaped_at) continue;
    times.push_back(microseconds(*worker.reaped_at - *worker.gone_at));
  }
  return times;
}

struct Change {
  Nanos at = 0;
  bool is_death = false;  // at one instant births come first
  bool was_killed = false;
};

std::vector<Change> changes_of(const Deaths& deaths) {
  std::vector<Change> changes;
  for (const WorkerLife& worker : deaths.workers()) {
    changes.push_back({worker.seen_at, false, false});
    if (!worker.gone_at) continue;
    changes.push_back({std::max(*worker.gone_at, worker.seen_at), true, worker.was_killed});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return a.at != b.at ? a.at < b.at : !a.is_death && b.is_death;
  });
  return changes;
}

// A new worker fills the place that has been empty longest. A death that left as many workers as
// are demanded left no place empty: a spare had filled it before.
std::vector<double> respawn_times(const Deaths& deaths) {
  const std::uint64_t demanded = deaths.demanded();
  std::vector<double> times;
  std::uint64_t alive = 0;
  std::deque<Change> empty;
  for (const Change& change : changes_of(deaths)) {
    if (change.at > deaths.work_ended()) break;
    if (!change.is_death) {
      ++alive;
      if (empty.empty()) continue;
      if (empty.front().was_killed) times.push_back(microseconds(change.at - empty.front().at));
      empty.pop_front();
      continue;
    }
    alive -= alive > 0 ? 1 : 0;
    if (change.at < deaths.chaos_began()) continue;
    if (alive < demanded) {
      empty.push_back(change);
    } else if (change.was_killed) {
      times.push_back(0);
    }
  }
  return times;
}

void add(RecoverySamples& samples, const char* name, std::vector<double> times) {
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  samples.push_back({name, std::move(times)});
}

bool differ(double a, double b) { return std::fabs(a - b) > 0.001 + 1e-6 * std::fabs(b); }

}  // namespace

double quantile(const std::vector<double>& sorted, double q) {
  const auto n = static_cast<double>(sorted.size());
  // 0.9 * 10 is a little above 9 in binary; without the allowance its rank would be 10.
  const double rank = std::ceil(q * n * (1 - 1e-9));
  return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1];
}

RecoverySamples recovery_samples(const Deaths& deaths, const std::filesystem::path& history) {
  RecoverySamples samples;
  if (deaths.kills().empty()) return samples;
  add(samples, "detect", detect_times(deaths));
  add(samples, "respawn", respawn_times(deaths));
  TaskRecoveryTimes of_tasks = task_recovery_times(deaths.kills(), history);
  add(samples, "first_result", std::move(of_tasks.first_result_us));
  add(samples, "task", std::move(of_tasks.task_us));
  return samples;
}

std::vector<std::string> disagreement_with(const Verdict& verdict, const RecoverySamples& samples) {
  std::vector<std::string> sentences;
  for (const RecoverySeries& series : samples) {
    for (const auto& [stage, quoted] : verdict.recovery_us) {
      const double median = quantile(series.times_us, 0.5);
      if (stage != series.name) continue;
      if (quoted.n == series.times_us.size() && !differ(median, quoted.p50)) continue;
      sentences.push_back(fmt::format(
          "For {} the chart, drawn from the history, has {} kills and a median of {}; verdict.json "
          "has {} and {}.",
          stage, series.times_us.size(), time_text(median), quoted.n, time_text(quoted.p50)));
    }
  }
  return sentences;
}

}  // namespace revenant::reports
