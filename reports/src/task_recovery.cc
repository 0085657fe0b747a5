#include "reports/src/task_recovery.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "reports/src/recovery_samples.h"

namespace revenant::reports {
namespace {

double in_microseconds(Nanos time) { return static_cast<double>(std::max<Nanos>(0, time)) * 1e-3; }

// The tasks that were given and not answered yet. What a second outcome says does not count.
class OpenTasks {
 public:
  bool give(std::uint64_t id, Nanos t) { return submitted_.try_emplace(id, t).second; }
  // When it was given, if it was open.
  std::optional<Nanos> answer(std::uint64_t id) {
    const auto found = submitted_.find(id);
    if (found == submitted_.end()) return std::nullopt;
    const Nanos t = found->second;
    submitted_.erase(found);
    return t;
  }
  [[nodiscard]] std::size_t count() const { return submitted_.size(); }
  [[nodiscard]] const std::unordered_map<std::uint64_t, Nanos>& all() const { return submitted_; }

 private:
  std::unordered_map<std::uint64_t, Nanos> submitted_;
};

struct NeverAnswered {
  std::unordered_set<std::uint64_t> ids;
  bool too_many = false;
};

NeverAnswered never_answered(const std::filesystem::path& history) {
  OpenTasks open;
  NeverAnswered result;
  read_history(history, [&](const HistoryEvent& event) {
    if (const auto* task = std::get_if<TaskSubmitted>(&event.what)) {
      result.too_many = result.too_many || open.count() == kOpenTasksMax;
      if (!result.too_many) open.give(task->id, event.t);
    } else if (const auto* answered = std::get_if<TaskResult>(&event.what)) {
      open.answer(answered->id);
    } else if (const auto* failed = std::get_if<TaskFailed>(&event.what)) {
      open.answer(failed->id);
    }
  });
  for (const auto& [id, t] : open.all()) result.ids.insert(id);
  return result;
}

// For each kill the next result, counted from the kill or, where nothing was open, from the next
// submission. Tasks that were never answered are left out: nobody waits for them.
class FirstResults {
 public:
  explicit FirstResults(std::vector<Kill> kills) : kills_(std::move(kills)) {
    std::sort(kills_.begin(), kills_.end(),
              [](const Kill& a, const Kill& b) { return a.seen < b.seen; });
  }

  void before_task(Nanos t, bool any_open) {
    // A task of the same instant as the death was given before it.
    while (next_ < kills_.size() && kills_[next_].seen < t) meet(any_open);
    for (Waiting& waiting : waiting_) {
      if (!waiting.from) waiting.from = t;
    }
  }
  void before_outcome(Nanos t, bool any_open, bool is_result) {
    while (next_ < kills_.size() && kills_[next_].seen <= t) meet(any_open);
    if (!is_result) return;
    for (const Waiting& waiting : waiting_) {
      times_.push_back(in_microseconds(t - waiting.from.value_or(waiting.seen)));
    }
    waiting_.clear();
  }
  [[nodiscard]] std::vector<double> times() && { return std::move(times_); }

 private:
  struct Waiting {
    Nanos seen = 0;
    std::optional<Nanos> from;  // none: nothing was open and nothing has been given since
  };
  void meet(bool any_open) {
    const Nanos seen = kills_[next_++].seen;
    waiting_.push_back({seen, any_open ? std::optional(seen) : std::nullopt});
  }

  std::vector<Kill> kills_;
  std::size_t next_ = 0;
  std::vector<Waiting> waiting_;
  std::vector<double> times_;
};

// A task of several attempts is matched with the earliest kill since its submission that has none.
class VictimsTasks {
 public:
  explicit VictimsTasks(const std::vector<Kill>& kills) {
    for (const Kill& kill : kills) victims_.emplace(kill.sent, kill.seen);
  }
  void take(const TaskResult& result, Nanos submitted, Nanos t) {
    if (result.attempts.value_or(0) < 2) return;
    const auto victim = victims_.lower_bound({submitted, 0});
    if (victim == victims_.end() || victim->first > t) return;
    times_.push_back(in_microseconds(t - victim->second));
    victims_.erase(victim);
  }
  [[nodiscard]] std::vector<double> times() && { return std::move(times_); }

 private:
  std::set<std::pair<Nanos, Nanos>> victims_;  // sent, seen
  std::vector<double> times_;
};

}  // namespace

TaskRecoveryTimes task_recovery_times(const std::vector<Kill>& kills,
                                      const std::filesystem::path& history) {
  const NeverAnswered dropped = never_answered(history);
  if (dropped.too_many) return {};
  FirstResults first_results(kills);
  VictimsTasks victims_tasks(kills);
  OpenTasks open;
  read_history(history, [&](const HistoryEvent& event) {
    if (const auto* task = std::get_if<TaskSubmitted>(&event.what)) {
      if (dropped.ids.contains(task->id)) return;
      first_results.before_task(event.t, open.count() > 0);
      open.give(task->id, event.t);
    } else if (const auto* result = std::get_if<TaskResult>(&event.what)) {
      const bool any_open = open.count() > 0;
      const auto submitted = open.answer(result->id);
      if (!submitted) return;
      first_results.before_outcome(event.t, any_open, true);
      victims_tasks.take(*result, *submitted, event.t);
    } else if (const auto* failed = std::get_if<TaskFailed>(&event.what)) {
      const bool any_open = open.count() > 0;
      if (open.answer(failed->id)) first_results.before_outcome(event.t, any_open, false);
    }
  });
  return {std::move(first_results).times(), std::move(victims_tasks).times()};
}

}  // namespace revenant::reports
