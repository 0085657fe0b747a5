// What happened around a finding, as sentences.
#include <fmt/format.h>

#include <algorithm>

#include "reports/src/moments.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

std::string time_between(Nanos from, Nanos to) {
  return time_text(static_cast<double>(std::max<Nanos>(0, to - from)) * 1e-3);
}

std::string what_it_did(const FaultDone& fault) {
  if (fault.doing.empty()) return "";
  return fault.doing == "running" ? ", which was running" : ", which was in " + fault.doing;
}

void add_fault(const Moment& moment, std::vector<MomentLine>& lines) {
  const FaultDone& fault = *moment.fault;
  lines.push_back({fault.sent, fmt::format("{} was sent to worker {}{}.", fault.fault, fault.victim,
                                           what_it_did(fault))});
  lines.push_back({fault.seen, fmt::format("Worker {} {}, {} after that.", fault.victim,
                                           fault.is_stop ? "stood still" : "was seen to be dead",
                                           time_between(fault.sent, fault.seen))});
  if (fault.is_stop) return;
  if (!moment.successor) {
    lines.push_back({moment.to, "No new worker was seen in the rest of the run.", true});
  } else if (moment.successor->seen_at <= fault.seen) {
    lines.push_back({moment.successor->seen_at,
                     fmt::format("Worker {} was there to take over, before the death was visible.",
                                 moment.successor->pid)});
  } else {
    lines.push_back(
        {moment.successor->seen_at,
         fmt::format("Worker {} took over, {} after the death was visible.", moment.successor->pid,
                     time_between(fault.seen, moment.successor->seen_at))});
  }
}

void add_task(const TaskInMoment& task, std::vector<MomentLine>& lines) {
  lines.push_back({task.given_at, fmt::format("Task {} was given.", task.id)});
  if (!task.answered_at) return;
  std::string text = fmt::format("Task {} {}", task.id, task.failed ? "failed" : "was done");
  if (task.worker) text += fmt::format(" by worker {}", *task.worker);
  if (task.attempts.value_or(0) > 1) text += fmt::format(", at attempt {}", *task.attempts);
  text += fmt::format(", {} after it was given", time_between(task.given_at, *task.answered_at));
  if (!task.reason.empty()) text += ": " + task.reason;
  if (!text.ends_with('.')) text += '.';
  lines.push_back({*task.answered_at, std::move(text)});
}

void add_unanswered(const Moment& moment, std::vector<MomentLine>& lines) {
  std::vector<std::uint64_t> ids;
  for (const TaskInMoment& task : moment.tasks) {
    if (!task.answered_at) ids.push_back(task.id);
  }
  if (ids.empty()) return;
  lines.push_back({moment.to,
                   ids.size() == 1
                       ? fmt::format("Task {} was never answered.", ids.front())
                       : fmt::format("Tasks {} were never answered.", fmt::join(ids, ", ")),
                   true});
}

}  // namespace

std::vector<MomentLine> lines_of(const Moment& moment) {
  std::vector<MomentLine> lines;
  if (moment.fault) add_fault(moment, lines);
  for (const TaskInMoment& task : moment.tasks) add_task(task, lines);
  if (moment.line) {
    lines.push_back(
        {moment.line->at, fmt::format("Line {} of standard output came: it is not of the protocol.",
                                      moment.line->line)});
  }
  add_unanswered(moment, lines);
  std::stable_sort(lines.begin(), lines.end(), [](const MomentLine& a, const MomentLine& b) {
    return a.to_the_end != b.to_the_end ? b.to_the_end : a.at < b.at;
  });
  return lines;
}

}  // namespace revenant::reports
