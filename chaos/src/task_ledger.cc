#include "chaos/src/task_ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace revenant::chaos {
namespace {

// Of a number nothing but the number counts, of anything else its length and hash.
bool same_value(const Digest& a, const Digest& b) {
  if (a.is_number != b.is_number) return false;
  return a.is_number ? a.number == b.number : a.bytes == b.bytes && a.hash == b.hash;
}

std::string text_of(const Digest& value) {
  if (value.is_number) return fmt::format("{}", value.number);
  return fmt::format("{} bytes with hash {:016x}", value.bytes, value.hash);
}

std::string by(std::optional<pid_t> worker) {
  return worker ? fmt::format(" by worker {}", *worker) : std::string();
}

std::int64_t which(std::uint64_t id) { return static_cast<std::int64_t>(id); }

}  // namespace

std::uint8_t TaskLedger::index_of(const std::string& op) {
  const auto found = std::find(op_names_.begin(), op_names_.end(), op);
  if (found != op_names_.end()) return static_cast<std::uint8_t>(found - op_names_.begin());
  if (op_names_.size() == std::numeric_limits<std::uint8_t>::max()) return 0;
  op_names_.push_back(op);
  return static_cast<std::uint8_t>(op_names_.size() - 1);
}

bool TaskLedger::was_given(std::uint64_t id) const {
  return open_.contains(id) || with_outcome_.contains(id);
}

bool TaskLedger::give(const TaskSubmitted& task, Nanos t) {
  if (was_given(task.id)) return false;
  open_.emplace(task.id, OpenTask{.id = task.id,
                                  .number = given_,
                                  .submitted = t,
                                  .op = index_of(task.op),
                                  .want = task.want});
  ++given_;
  wants_a_result_ = wants_a_result_ || task.want.has_value();
  outstanding_max_ = std::max(outstanding_max_, open());
  return true;
}

Outcome TaskLedger::settle(const OpenTask& task, Nanos t, std::optional<pid_t> worker,
                           std::optional<unsigned> attempts) {
  const Outcome outcome{.id = task.id,
                        .number = task.number,
                        .submitted = task.submitted,
                        .at = t,
                        .has_want = task.want.has_value(),
                        .op = task.op,
                        .worker = worker.value_or(-1),
                        .attempts = attempts.value_or(0)};
  with_outcome_.insert(task.id);
  open_.erase(outcome.id);  // `task` is gone from here on
  return outcome;
}

std::optional<Outcome> TaskLedger::take(const TaskResult& result, Nanos t) {
  const auto found = open_.find(result.id);
  if (found == open_.end()) {
    note_second_result(result, t);
    return std::nullopt;
  }
  const std::optional<Digest> want = found->second.want;
  Outcome outcome = settle(found->second, t, result.worker, result.attempts);
  outcome.is_result = true;
  ++results_;
  if (!want) {
    unexpected.add({which(result.id), t, "has a result, but its operation never returns"});
    return outcome;
  }
  if (!same_value(*want, result.value)) {
    corrupted.add({which(result.id), t,
                   fmt::format("({}) gave {} instead of {}{}", op_names_[outcome.op],
                               text_of(result.value), text_of(*want), by(result.worker))});
  }
  if (wanted_.size() < kWantedKept) {
    wanted_.push_back({result.id, *want});
  } else {
    wanted_[results_ % kWantedKept] = {result.id, *want};
  }
  return outcome;
}

void TaskLedger::note_second_result(const TaskResult& result, Nanos t) {
  if (with_failure_.contains(result.id)) {
    return unexpected.add(
        {which(result.id), t, "has a result" + by(result.worker) + " after `failed`"});
  }
  if (!with_outcome_.contains(result.id)) {
    return unexpected.add(
        {which(result.id), t, "has a result" + by(result.worker) + " but was never given"});
  }
  if (duplicated.count >= kExamplesMax) return duplicated.add({});  // its text would not be kept
  std::string what = "has a second result" + by(result.worker);
  const auto wanted = std::find_if(wanted_.begin(), wanted_.end(),
                                   [&](const Wanted& kept) { return kept.id == result.id; });
  if (wanted != wanted_.end()) {
    what += same_value(wanted->value, result.value) ? ", the same value" : ", another value";
  }
  duplicated.add({which(result.id), t, std::move(what)});
}

std::optional<Outcome> TaskLedger::take(const TaskFailed& failed, Nanos t) {
  const auto found = open_.find(failed.id);
  if (found != open_.end()) {
    ++failed_;
    with_failure_.insert(failed.id);
    return settle(found->second, t, failed.worker, failed.attempts);
  }
  const char* what = "has failed but was never given";
  if (with_failure_.contains(failed.id)) {
    what = "has failed a second time";
  } else if (with_outcome_.contains(failed.id)) {
    what = "has failed after its result";
  }
  unexpected.add({which(failed.id), t, what});
  return std::nullopt;
}

std::vector<OpenTask> TaskLedger::open_tasks() const {
  std::vector<OpenTask> tasks;
  for (const auto& [id, task] : open_) tasks.push_back(task);
  std::sort(tasks.begin(), tasks.end(),
            [](const OpenTask& a, const OpenTask& b) { return a.number < b.number; });
  return tasks;
}

}  // namespace revenant::chaos
