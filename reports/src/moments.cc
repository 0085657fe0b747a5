#include "reports/src/moments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "reports/src/deaths.h"

namespace revenant::reports {
namespace {

constexpr Nanos kMillisecond = 1'000'000;
// How long after its fault a moment may last: a successor that comes later is told in words.
constexpr Nanos kAfterFaultMax = 1'000 * kMillisecond;
constexpr Nanos kAfterFaultMin = 100 * kMillisecond;
constexpr Nanos kAround = 250 * kMillisecond;

enum class About { tasks, workers, faults, lines, exit, nothing };

// What the numbers of a finding's examples are, by the harness's definition of each kind.
About about(std::string_view kind) {
  struct Kind {
    std::string_view name;
    About about;
  };
  constexpr std::array kOthers = {
      Kind{"slow-recovery", About::faults},     Kind{"shrunk", About::workers},
      Kind{"black-hole", About::workers},       Kind{"unfair", About::workers},
      Kind{"zombie", About::workers},           Kind{"external-kill", About::workers},
      Kind{"unreadable", About::lines},         Kind{"orphan", About::exit},
      Kind{"target-crashed", About::exit},      Kind{"fd-leak", About::exit},
      Kind{"memory-growth", About::exit},       Kind{"cut-short", About::nothing},
      Kind{"nothing-finished", About::nothing}, Kind{"too-few-faults", About::nothing},
      Kind{"checker-error", About::nothing}};
  const auto* const found = std::ranges::find(kOthers, kind, &Kind::name);
  return found == kOthers.end() ? About::tasks : found->about;
}

template <typename Number>
std::optional<Number> number_of(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

void keep(std::vector<WorkerInMoment>& workers, const WorkerInMoment& worker) {
  const auto same = [&](const WorkerInMoment& other) {
    return other.pid == worker.pid && other.seen_at == worker.seen_at;
  };
  if (workers.size() < kWorkersInMomentMax && std::none_of(workers.begin(), workers.end(), same)) {
    workers.push_back(worker);
  }
}

// From a little before the first thing that is shown to a little after the last.
void set_extent(Moment& moment, Nanos anchor) {
  moment.from = moment.fault ? std::min(anchor, moment.fault->sent) : anchor - kAround;
  moment.to = moment.fault ? moment.fault->seen + kAfterFaultMin : anchor + kAround;
  const Nanos latest = moment.fault ? moment.fault->seen + kAfterFaultMax : moment.to;
  const auto include = [&](Nanos t) { moment.to = std::max(moment.to, std::min(t, latest)); };
  for (const TaskInMoment& task : moment.tasks) {
    moment.from = std::min(moment.from, task.given_at);
    if (task.answered_at) include(*task.answered_at);
  }
  if (moment.line) include(moment.line->at);
  if (moment.successor && moment.successor->seen_at < latest) include(moment.successor->seen_at);
  const Nanos margin = std::max((moment.to - moment.from) / 10, 10 * kMillisecond);
  moment.from = std::max<Nanos>(0, moment.from - margin);
  moment.to += margin;
}

}  // namespace

MomentWatch::MomentWatch(const Verdict& verdict) : verdict_(verdict) {
  for (const Finding& finding : verdict.findings) {
    const About what = about(finding.kind);
    for (const std::string& example : finding.examples) {
      const auto number = number_of<std::uint64_t>(example);
      if (number && what == About::tasks) tasks_.try_emplace(*number);
      if (number && what == About::lines) lines_.try_emplace(*number);
    }
  }
}

void MomentWatch::take(const HistoryEvent& event) {
  if (const auto* given = std::get_if<TaskSubmitted>(&event.what)) {
    const auto found = tasks_.find(given->id);
    if (found == tasks_.end() || found->second) return;
    found->second = TaskInMoment{.id = given->id, .given_at = event.t};
  } else if (const auto* result = std::get_if<TaskResult>(&event.what)) {
    const auto found = tasks_.find(result->id);
    if (found == tasks_.end() || !found->second || found->second->answered_at) return;
    found->second->answered_at = event.t;
    found->second->worker = result->worker;
    found->second->attempts = result->attempts;
  } else if (const auto* failed = std::get_if<TaskFailed>(&event.what)) {
    const auto found = tasks_.find(failed->id);
    if (found == tasks_.end() || !found->second || found->second->answered_at) return;
    found->second->answered_at = event.t;
    found->second->failed = true;
    found->second->reason = failed->reason;
  } else if (const auto* unreadable = std::get_if<UnreadableLine>(&event.what)) {
    const auto found = lines_.find(unreadable->line);
    if (found != lines_.end() && !found->second) found->second = event.t;
  } else if (const auto* seen = std::get_if<WorkerSeen>(&event.what)) {
    if (workers_.size() < kWorkersMax) workers_.push_back({seen->pid, seen->at, std::nullopt});
  } else if (const auto* gone = std::get_if<WorkerGone>(&event.what)) {
    const auto last = std::find_if(workers_.rbegin(), workers_.rend(),
                                   [&](const auto& worker) { return worker.pid == gone->pid; });
    if (last != workers_.rend()) last->gone_at = gone->at;
  } else if (const auto* fault = std::get_if<FaultDone>(&event.what)) {
    if (fault->state == "installed" && faults_.size() < kKillsMax) faults_.push_back(*fault);
  } else if (std::holds_alternative<TargetExited>(event.what)) {
    exited_at_ = event.t;
  }
}

const WorkerInMoment* MomentWatch::worker(std::int64_t pid, Nanos before) const {
  const auto found = std::find_if(workers_.rbegin(), workers_.rend(), [&](const auto& worker) {
    return worker.pid == pid && worker.seen_at <= before;
  });
  return found == workers_.rend() ? nullptr : &*found;
}

// For a task the first fault while it was open, else the last before it was given; for a worker its
// own; for a line the last before it; for the end of the target the last of all.
void MomentWatch::find_fault(const Finding& finding, Moment& moment) const {
  const auto take = [&](const auto& matches) {
    const auto found = std::find_if(faults_.begin(), faults_.end(), matches);
    if (found != faults_.end() && !moment.fault) moment.fault = *found;
  };
  switch (about(finding.kind)) {
    case About::tasks:
      for (const TaskInMoment& task : moment.tasks) {
        take([&](const FaultDone& fault) {
          return fault.seen >= task.given_at &&
                 (!task.answered_at || fault.sent <= task.answered_at);
        });
        for (auto fault = faults_.rbegin(); !moment.fault && fault != faults_.rend(); ++fault) {
          if (fault->seen <= task.given_at) moment.fault = *fault;
        }
      }
      break;
    case About::workers:
    case About::faults:
      for (const std::string& example : finding.examples) {
        const auto number = number_of<std::int64_t>(example);
        take([&](const FaultDone& fault) {
          return about(finding.kind) == About::workers
                     ? fault.victim == number
                     : number && fault.n == static_cast<std::uint64_t>(*number);
        });
      }
      break;
    case About::lines:
      if (!moment.line) break;
      for (auto fault = faults_.rbegin(); !moment.fault && fault != faults_.rend(); ++fault) {
        if (fault->seen <= moment.line->at) moment.fault = *fault;
      }
      // What came long after it had nothing to do with it.
      if (moment.fault && moment.fault->seen + kAfterFaultMax < moment.line->at) {
        moment.fault.reset();
      }
      break;
    case About::exit:
      if (!faults_.empty()) moment.fault = faults_.back();
      break;
    case About::nothing:
      break;
  }
}

void MomentWatch::find_workers(const Finding& finding, Moment& moment) const {
  if (moment.fault) {
    for (const WorkerInMoment& worker : workers_) {
      if (worker.seen_at < moment.fault->sent) continue;
      if (!moment.successor || worker.seen_at < moment.successor->seen_at) {
        moment.successor = worker;
      }
    }
    if (const auto* victim = worker(moment.fault->victim, moment.fault->seen)) {
      keep(moment.workers, *victim);
    }
    if (moment.successor) keep(moment.workers, *moment.successor);
  }
  for (const TaskInMoment& task : moment.tasks) {
    const auto* who = task.worker ? worker(*task.worker, *task.answered_at) : nullptr;
    if (who != nullptr) keep(moment.workers, *who);
  }
  if (about(finding.kind) != About::workers) return;
  for (const std::string& example : finding.examples) {
    const auto pid = number_of<std::int64_t>(example);
    const auto* who = pid ? worker(*pid, moment.fault ? moment.fault->seen : 0) : nullptr;
    if (who != nullptr) keep(moment.workers, *who);
  }
}

std::optional<Moment> MomentWatch::moment_of(std::size_t which) const {
  const Finding& finding = verdict_.findings[which];
  Moment moment{.finding = which, .kind = finding.kind};
  for (const std::string& example : finding.examples) {
    const auto id = number_of<std::uint64_t>(example);
    const auto found = id ? tasks_.find(*id) : tasks_.end();
    if (about(finding.kind) != About::tasks || found == tasks_.end() || !found->second) continue;
    if (moment.tasks.size() < kTasksInMomentMax) moment.tasks.push_back(*found->second);
  }
  for (const std::string& example : finding.examples) {
    const auto number = number_of<std::uint64_t>(example);
    const auto found = number ? lines_.find(*number) : lines_.end();
    if (about(finding.kind) != About::lines || found == lines_.end() || !found->second) continue;
    moment.line = LineInMoment{*number, *found->second};
    break;
  }
  find_fault(finding, moment);
  const bool has_anchor = moment.fault || moment.line || !moment.tasks.empty() || exited_at_;
  if (!has_anchor || about(finding.kind) == About::nothing) return std::nullopt;
  // Examples of other faults would stretch the moment beyond what can be seen of it.
  if (moment.fault) {
    std::erase_if(moment.tasks, [&](const TaskInMoment& task) {
      return task.given_at > moment.fault->seen + kAfterFaultMin ||
             task.given_at < moment.fault->sent - kAfterFaultMax;
    });
  }
  find_workers(finding, moment);
  const Nanos anchor = moment.fault            ? moment.fault->sent
                       : moment.line           ? moment.line->at
                       : !moment.tasks.empty() ? moment.tasks.front().given_at
                                               : *exited_at_;
  set_extent(moment, anchor);
  for (const WorkerInMoment& worker : workers_) {
    if (worker.seen_at < moment.to && worker.gone_at.value_or(moment.to) > moment.from) {
      keep(moment.workers, worker);
    }
  }
  for (const FaultDone& fault : faults_) {
    if (fault.sent >= moment.from && fault.sent <= moment.to) moment.faults.push_back(fault);
  }
  return moment;
}

std::vector<Moment> MomentWatch::moments() const {
  std::vector<Moment> all;
  for (std::size_t i = 0; i < verdict_.findings.size() && all.size() < kMomentsMax; ++i) {
    if (auto moment = moment_of(i)) all.push_back(std::move(*moment));
  }
  return all;
}

}  // namespace revenant::reports
