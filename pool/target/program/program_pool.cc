#include "pool/target/program/program_pool.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "pool/os/check.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::target {
namespace {

// One that is being carried out and one that lies behind it: no worker waits for the supervisor.
constexpr std::size_t kBundlesPerWorker = 2;
// What a bundle's payload holds beside its messages.
constexpr std::size_t kBundleOverheadMax = 64 + kBundleTasksMax * sizeof(std::uint64_t);
constexpr os::Nanoseconds kForEver = std::chrono::hours(24);

// A relay has one child.
std::optional<pid_t> find_program(pid_t relay) {
  const auto children = os::read_children(relay);
  if (!children.empty()) return children.front();
  // It is dead, or this kernel has no lists of children.
  for (const auto& process : os::read_all_proc_stat()) {
    if (process.parent_pid == relay) return process.pid;
  }
  return std::nullopt;
}

}  // namespace

ProgramPool::ProgramPool(ProgramOptions program, PoolOptions options)
    : options_(std::move(options)),
      journals_(kBundlesPerWorker * options_.workers),
      relay_(std::move(program), journals_),
      bundles_(kBundlesPerWorker * options_.workers),
      pool_([this](std::string_view payload, std::string& value) { relay_(payload, value); },
            bundle_options()) {
  for (std::size_t i = bundles_.size(); i > 0; --i) {
    free_journals_.push_back(static_cast<std::uint32_t>(i - 1));
  }
}

PoolOptions ProgramPool::bundle_options() {
  PoolOptions pool = options_;
  // A bundle that dies comes back at once: what of it is to be run again is decided here.
  pool.attempts_max = 1;
  pool.queue_max = bundles_.size();
  pool.payload_bytes_max = options_.payload_bytes_max + kBundleOverheadMax;
  pool.queue_bytes_max = options_.queue_bytes_max + pool.payload_bytes_max;
  pool.on_worker_start = [this] {
    if (options_.on_worker_start) options_.on_worker_start();
    relay_.start();
  };
  pool.on_worker_leave = [this] {
    if (options_.on_worker_leave) options_.on_worker_leave();
    relay_.leave();
  };
  pool.observer = [this](const Event& event) { observe(event); };
  return pool;
}

void ProgramPool::observe(Event event) {
  if (event.kind == EventKind::ready) {
    const auto program = find_program(event.pid);
    // Dead already: the relay's death follows, and nobody has heard of either.
    if (!program) return;
    programs_[event.pid] = *program;
  }
  const auto found = programs_.find(event.pid);
  const bool is_of_a_program = found != programs_.end();
  if (is_of_a_program) event.pid = found->second;
  if (options_.observer) options_.observer(event);
  if (is_of_a_program && event.kind == EventKind::died_final) programs_.erase(found);
}

SubmitResult ProgramPool::submit(std::string_view message, std::uint64_t tag) {
  if (pool_.stopped()) return SubmitResult::stopped;
  if (message.size() > options_.payload_bytes_max) return SubmitResult::too_large;
  if (open_tasks_ >= options_.queue_max ||
      waiting_bytes_ + message.size() > options_.queue_bytes_max) {
    return SubmitResult::full;
  }
  waiting_.push_back({.tag = tag, .message = std::string(message)});
  waiting_bytes_ += message.size();
  ++open_tasks_;
  return SubmitResult::accepted;
}

void ProgramPool::dispatch() {
  while (!free_journals_.empty() && !waiting_.empty()) {
    if (!submit_bundle(take_bundle())) return;
  }
}

// From the front of those that wait. Alone goes a task under which a program has died, and every
// task whose first death would be its last, or that has a deadline: so whenever it counts who was
// running, only one can have been.
ProgramPool::Tasks ProgramPool::take_bundle() {
  const bool all_alone = options_.attempts_max == 1 || options_.deadline.count() > 0;
  const std::size_t wanted = all_alone ? 1 : size_.next(waiting_.size(), free_journals_.size());
  Tasks tasks;
  std::size_t bytes = 0;
  while (!waiting_.empty() && tasks.size() < wanted) {
    Task& next = waiting_.front();
    const bool fits = next.blamed == 0 && bytes + next.message.size() <= kBundleBytesMax;
    if (!tasks.empty() && !fits) break;
    bytes += next.message.size();
    tasks.push_back(std::move(next));
    waiting_.pop_front();
    if (tasks.back().blamed > 0) break;
  }
  waiting_bytes_ -= bytes;
  return tasks;
}

bool ProgramPool::submit_bundle(Tasks tasks) {
  std::vector<std::uint64_t> ids;
  std::vector<std::string_view> messages;
  for (const auto& task : tasks) {
    ids.push_back(task.tag);
    messages.emplace_back(task.message);
  }
  const std::uint32_t journal = free_journals_.back();
  write_bundle(payload_, journal, ids, messages);
  journals_.at(journal).clear();
  if (pool_.submit(payload_, journal) != SubmitResult::accepted) {
    put_back(std::move(tasks));
    return false;
  }
  free_journals_.pop_back();
  bundles_[journal] = std::move(tasks);
  return true;
}

// To the front, in their order.
void ProgramPool::put_back(Tasks tasks) {
  for (const auto& task : tasks) waiting_bytes_ += task.message.size();
  waiting_.insert(waiting_.begin(), std::move_iterator(tasks.begin()),
                  std::move_iterator(tasks.end()));
}

std::size_t ProgramPool::poll(std::chrono::nanoseconds timeout, OutcomeHandler handler) {
  std::size_t delivered = 0;
  const auto counted = [&](const Outcome& outcome) {
    ++delivered;
    handler(outcome);
  };
  dispatch();
  pool_.poll(timeout, [&](const Outcome& outcome) { deliver_bundle(outcome, counted); });
  if (pool_.stopped()) cancel_waiting(Reason::pool_stopped, counted);
  dispatch();
  return delivered;
}

bool ProgramPool::shutdown(std::chrono::nanoseconds timeout, OutcomeHandler handler) {
  const auto until = os::now() + std::min<os::Nanoseconds>(timeout, kForEver);
  while (open_tasks_ > 0 && !pool_.stopped() && os::now() < until) poll(until - os::now(), handler);
  const bool all_done = open_tasks_ == 0;
  pool_.shutdown(os::Nanoseconds(0),
                 [&](const Outcome& outcome) { deliver_bundle(outcome, handler); });
  cancel_waiting(Reason::shut_down, handler);
  return all_done;
}

void ProgramPool::deliver_bundle(const Outcome& outcome, OutcomeHandler handler) {
  const auto journal = static_cast<std::uint32_t>(outcome.tag);
  Outcome mine = outcome;
  const Journal::Header& header = journals_.at(journal).header();
  const pid_t program = header.program.load(std::memory_order_relaxed);
  if (program > 0) mine.worker = program;
  Tasks tasks = std::exchange(bundles_[journal], {});
  size_.measured(tasks.size(), os::Nanoseconds(header.took_ns.load(std::memory_order_relaxed)));
  const bool was_sent = header.sent.load(std::memory_order_relaxed) > 0;
  Tasks unanswered = deliver_replies(std::move(tasks), mine, handler);
  free_journals_.push_back(journal);
  if (unanswered.empty()) return;

  if (mine.kind == OutcomeKind::gave_up) {
    if (was_sent || mine.reason == Reason::deadline) blame_first(unanswered, mine, handler);
    put_back(std::move(unanswered));
    return;
  }
  // Shut down, or a result that could not be carried: the same for each.
  REVENANT_CHECK(mine.kind != OutcomeKind::completed, "a relay returns when all is answered");
  for (const auto& task : unanswered) deliver(task, mine, handler);
}

// Journaled replies hold whatever became of their relay; the others came back with its result.
// Tasks whose answer was lost with the relay go back at once: they were not running.
ProgramPool::Tasks ProgramPool::deliver_replies(Tasks tasks, const Outcome& outcome,
                                                OutcomeHandler handler) {
  enum class State : std::uint8_t { open, answered, answer_lost };
  std::vector<State> states(tasks.size(), State::open);
  const auto take = [&](const Reply& reply) {
    if (reply.index >= tasks.size() || states[reply.index] == State::answered) return;
    if (reply.kind == ReplyKind::elsewhere) {
      states[reply.index] = State::answer_lost;
      return;
    }
    states[reply.index] = State::answered;
    Outcome one = outcome;
    one.kind = reply.kind == ReplyKind::value ? OutcomeKind::completed : OutcomeKind::failed;
    one.reason = reply.kind == ReplyKind::value ? Reason::none : Reason::threw;
    one.value = reply.text;
    deliver(tasks[reply.index], one, handler);
  };
  for_each_reply(journals_.at(static_cast<std::size_t>(outcome.tag)).replies(), take);
  if (outcome.kind == OutcomeKind::completed) for_each_reply(outcome.value, take);

  Tasks unanswered;
  Tasks to_be_run_again;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (states[i] == State::open) unanswered.push_back(std::move(tasks[i]));
    if (states[i] != State::answer_lost) continue;
    const bool dead = outcome.kind == OutcomeKind::gave_up;
    (dead ? to_be_run_again : unanswered).push_back(std::move(tasks[i]));
  }
  put_back(std::move(to_be_run_again));
  return unanswered;
}

void ProgramPool::blame_first(Tasks& unanswered, const Outcome& outcome, OutcomeHandler handler) {
  Task& first = unanswered.front();
  if (++first.blamed < options_.attempts_max) return;
  const Task given_up = std::move(first);
  unanswered.erase(unanswered.begin());
  Outcome last = outcome;
  last.attempts = given_up.blamed;
  last.tag = given_up.tag;
  --open_tasks_;
  handler(last);
}

void ProgramPool::deliver(const Task& task, Outcome outcome, OutcomeHandler handler) {
  outcome.tag = task.tag;
  outcome.attempts = task.blamed + 1;
  --open_tasks_;
  handler(outcome);
}

void ProgramPool::cancel_waiting(Reason reason, OutcomeHandler handler) {
  while (!waiting_.empty()) {
    const Task task = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= task.message.size();
    --open_tasks_;
    handler(Outcome{.tag = task.tag,
                    .kind = OutcomeKind::cancelled,
                    .reason = reason,
                    .attempts = task.blamed,
                    .value = "the pool had stopped before the task was done"});
  }
}

}  // namespace revenant::target
