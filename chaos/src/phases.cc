#include "chaos/src/phases.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "chaos/src/calm.h"
#include "chaos/src/closing.h"
#include "chaos/src/fault_timer.h"
#include "chaos/src/pacing.h"
#include "chaos/src/plan.h"
#include "chaos/src/utf8.h"
#include "chaos/src/without_protocol.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kWorkersSettle = 50 * kMillisecond;
constexpr Nanos kWorkersSettleUnsaid = 500 * kMillisecond;
constexpr Nanos kWorkersFoundBy = kSecond;
// After so many faults descriptors are compared, and it takes some samples to know them.
constexpr std::uint64_t kFaultsOfALeak = 6;
constexpr Nanos kSamplesTaken = 350 * kMillisecond;

Nanos to_nanos(std::chrono::nanoseconds time) noexcept { return time.count(); }

std::string describe_exit(std::optional<int> status) {
  if (!status) return "ended";
  if (WIFSIGNALED(*status)) return fmt::format("was ended by signal {}", WTERMSIG(*status));
  return fmt::format("exited with code {}", WEXITSTATUS(*status));
}

class Conductor {
 public:
  Conductor(Session& session, const RunOptions& options)
      : session_(session),
        options_(options),
        pacing_(options),
        faults_(options, session.injector()),
        stall_bound_(to_nanos(options.stall_after) + to_nanos(task_time(options))) {}

  RunEnded conduct(const std::function<void()>& before_closing) {
    std::optional<std::string> why = starting();
    if (!why) why = chaos();
    if (!why) why = calm();
    before_closing();
    close_run(session_, faults_, options_, went_well_);
    // Also if that was only while the target was closing.
    if (session_.interrupts() > 0) why = std::string(kInterrupted);
    return {.why = *why, .interrupted = session_.interrupts() > 0 || !history_error().empty()};
  }

 private:
  std::optional<std::string> starting();
  std::optional<std::string> chaos();
  std::string calm();

  [[nodiscard]] std::string never_ready() const;
  void require_operations();
  void require_death(const std::vector<std::string>& announced);
  void find_workers();
  std::optional<std::string> cannot_go_on() const;
  [[nodiscard]] Nanos all_back_by(Nanos calm_began) const;
  bool is_stalled(Nanos now) const;
  void submit(Nanos now, std::uint64_t quota);
  [[nodiscard]] Nanos next_task(Nanos now) const;
  [[nodiscard]] const std::string& history_error() const { return session_.recorder().error(); }

  Session& session_;
  const RunOptions& options_;
  Pacing pacing_;
  FaultTimer faults_;
  Nanos stall_bound_;
  bool went_well_ = false;  // the calm phase came to its own end
};

std::optional<std::string> Conductor::cannot_go_on() const {
  if (session_.interrupts() > 0) return std::string(kInterrupted);
  if (!history_error().empty()) return "the history cannot be written: " + history_error();
  const bool ready = session_.ready().has_value();
  if (session_.has_exited()) {
    return fmt::format("the target {}{}", describe_exit(session_.exit_status()),
                       ready ? "" : " before it said ready");
  }
  if (session_.conversation().is_flooded()) return "the target says too much that nobody asked for";
  if (session_.output_was_closed_by_target()) {
    return fmt::format("the target closed its standard output{}",
                       ready ? "" : " before it said ready");
  }
  return std::nullopt;
}

std::optional<std::string> Conductor::starting() {
  session_.begin(Phase::starting);
  const Nanos until = session_.now() + to_nanos(options_.ready_within);
  while (!session_.ready()) {
    if (auto why = cannot_go_on()) return why;
    if (session_.now() >= until) return never_ready();
    session_.turn(until);
  }
  require_operations();
  find_workers();
  return cannot_go_on();
}

std::string Conductor::never_ready() const {
  const auto within = options_.ready_within.count();
  if (!options_.probe) return fmt::format("the target did not say ready within {} ms", within);
  const std::string why = session_.last_probe_failure();
  return fmt::format("no probe was answered within {} ms: {}", within,
                     why.empty() ? "none has ended" : why);
}

void Conductor::require_operations() {
  static const std::vector<std::string> kUnannounced = {"echo", "crc32", "sleep", "spin"};
  const auto& announced = session_.ready()->operations;
  const auto lacking =
      session_.conversation().workload().restrict_to(announced ? *announced : kUnannounced);
  require_death(announced ? *announced : kUnannounced);
  if (!lacking) return;
  throw TargetUnusable(fmt::format(
      "the target does not know the operation {}; {}: choose another with --op", *lacking,
      announced ? printable(fmt::format(
                      "its ready message announces {}",
                      announced->empty() ? "none" : fmt::to_string(fmt::join(*announced, ", "))))
                : "it announces none, so it has the first four"));
}

// The fault exit0 is a task.
void Conductor::require_death(const std::vector<std::string>& announced) {
  if (!asks_for(options_, FaultKind::exit0)) return;
  if (std::find(announced.begin(), announced.end(), "die") != announced.end()) return;
  throw TargetUnusable(
      "the target does not announce the operation die, with which the fault exit0 is made; "
      "announce it in ready, or choose other faults");
}

// Workers may come one after the other, and some pools start them only when there is work. One that
// says no `ready` may still be on its way to its workers.
void Conductor::find_workers() {
  const bool says_ready = options_.target_kind == TargetKind::speaks_protocol;
  const Nanos until =
      session_.now() + (says_ready ? kWorkersFoundBy : to_nanos(options_.ready_within));
  session_.workers().look(session_.now());
  while (session_.now() < until && !cannot_go_on()) {
    const Nanos settled =
        session_.workers().last_change() + (says_ready ? kWorkersSettle : kWorkersSettleUnsaid);
    if (session_.workers().alive_count() > 0 && session_.now() >= settled) return;
    session_.workers().expect_change(session_.now());
    session_.turn(std::min(until, session_.now() + kWorkersSettle));
  }
}

bool Conductor::is_stalled(Nanos now) const {
  const Conversation& conversation = session_.conversation();
  return conversation.outstanding() > 0 && now - conversation.last_progress() > stall_bound_;
}

void Conductor::submit(Nanos now, std::uint64_t quota) {
  if (has_no_tasks(options_)) return;
  Conversation& conversation = session_.conversation();
  while (conversation.given() < quota && conversation.input().is_open() &&
         conversation.input().has_room()) {
    const auto due = pacing_.due_now(now, conversation.outstanding());
    if (!due) break;
    conversation.submit(*due, now);
    pacing_.submitted();
  }
  session_.flush_input();
}

// One that is due and did not go out waits for room in the pipe or for an outcome, not for a time.
Nanos Conductor::next_task(Nanos now) const {
  const auto due = pacing_.next_due();
  return due && *due > now ? *due : std::numeric_limits<Nanos>::max();
}

std::optional<std::string> Conductor::chaos() {
  session_.begin(Phase::chaos);
  faults_.start(session_.now());
  pacing_.resume(session_.now());
  bool was_held = false;
  while (true) {
    const Nanos now = session_.now();
    if (auto why = cannot_go_on()) return why;
    if (is_stalled(now)) return std::nullopt;  // the calm phase gives it a chance to recover
    if (!session_.conversation().input().is_open()) return "the target closed its standard input";
    const FaultTimer::Decision decision = faults_.decide(now, session_.conversation());
    if (decision.inject) {
      session_.workers().freeze_strength();
      faults_.inject(now, session_.conversation());
      session_.turn(now);
      continue;
    }
    if (decision.is_over) return std::nullopt;
    const bool is_held = session_.conversation().given() >= decision.quota;
    if (was_held && !is_held) pacing_.resume(now);
    was_held = is_held;
    submit(now, decision.quota);
    Nanos wake = std::min(decision.wake_at, session_.conversation().last_progress() + stall_bound_);
    if (session_.conversation().outstanding() == 0) wake = decision.wake_at;
    if (!is_held) wake = std::min(wake, next_task(now));
    session_.turn(wake);
  }
}

// A fault of the last moment may end its victim only now, and its place has the same time as
// others; but a target whose workers come and go for ever does not prolong the run for ever.
Nanos Conductor::all_back_by(Nanos calm_began) const {
  const Nanos bound = to_nanos(options_.recover_within) + kMillisecond;
  const Nanos changed = std::max(calm_began, session_.workers().last_change());
  return std::min(changed, calm_began + bound) + bound;
}

std::string Conductor::calm() {
  const Nanos begin = session_.now();
  session_.injector().end_faults(begin);
  session_.begin(Phase::calm);
  pacing_.resume(begin);
  const Nanos load_until = begin + calm_time(options_);
  const bool may_leak = session_.injector().installed() >= kFaultsOfALeak;
  const Nanos watched_until = begin + (may_leak ? kSamplesTaken : 0);
  Conversation& conversation = session_.conversation();
  std::uint64_t quota = options_.duration ? std::numeric_limits<std::uint64_t>::max()
                                          : options_.tasks - tasks_to_drain(options_);
  while (true) {
    const Nanos now = session_.now();
    if (auto why = cannot_go_on()) return *why;
    if (is_stalled(now)) {
      return fmt::format("no task had an outcome for {} ms, with {} open",
                         stall_bound_ / kMillisecond, conversation.outstanding());
    }
    if (!conversation.input().is_open()) return "the target closed its standard input";
    if (options_.duration && now >= load_until) quota = conversation.given();
    submit(now, quota);
    const Nanos back_by = all_back_by(begin);
    const bool all_out = conversation.given() >= quota;
    const bool all_back = session_.workers().alive_count() >= session_.workers().strength();
    if (all_out && conversation.outstanding() == 0 && !session_.injector().is_waiting() &&
        now >= watched_until && (all_back || now >= back_by)) {
      went_well_ = true;
      return options_.duration ? "the time was up and all tasks were answered"
                               : "all tasks were answered";
    }
    Nanos wake = conversation.outstanding() > 0 ? conversation.last_progress() + stall_bound_
                                                : std::max(back_by, now + kMillisecond);
    if (!all_out) wake = std::min(wake, next_task(now));
    if (options_.duration && !all_out) wake = std::min(wake, load_until);
    session_.turn(wake);
  }
}

}  // namespace

RunEnded conduct(Session& session, const RunOptions& options,
                 const std::function<void()>& before_closing) {
  return Conductor(session, options).conduct(before_closing);
}

}  // namespace revenant::chaos
