#include "chaos/src/closing.h"

#include <algorithm>

#include "chaos/src/leftovers.h"
#include "chaos/src/workload.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kExitBound = 5 * kSecond;
constexpr Nanos kExitBoundInterrupted = 2 * kSecond;
constexpr Nanos kExitBoundNeverReady = kSecond;
// What is left of the tree goes within this time after its main process.
constexpr Nanos kTreeGrace = 500 * kMillisecond;
constexpr Nanos kTreeLook = 10 * kMillisecond;

Nanos stall_bound(const RunOptions& options) {
  return std::chrono::nanoseconds(options.stall_after).count() + task_time(options).count();
}

// The last tasks, all of them in the target's hands before its input ends.
void submit_last(Session& session, const RunOptions& options) {
  Conversation& conversation = session.conversation();
  const Nanos until = session.now() + stall_bound(options);
  std::uint64_t left = tasks_to_drain(options);
  while (conversation.input().is_open() && !session.has_exited() && session.now() < until) {
    for (; left > 0 && conversation.input().has_room(); --left) {
      conversation.submit(session.now(), session.now());
    }
    session.flush_input();
    if (left == 0 && conversation.input().waiting() == 0) return;
    session.turn(until);
  }
}

// One fault after the other, each as soon as the effect of the one before was seen.
void inject_while_draining(Session& session, FaultTimer& faults) {
  if (session.has_exited() || session.conversation().outstanding() == 0) return;
  if (faults.draining_left() == 0 || session.injector().is_waiting()) return;
  faults.inject_draining(session.now());
}

void wait_for_exit(Session& session, FaultTimer& faults, const RunOptions& options, bool drains) {
  Nanos bound = std::max(kExitBound, stall_bound(options));
  if (session.interrupts() > 0) bound = kExitBoundInterrupted;
  if (!session.ready()) bound = kExitBoundNeverReady;
  const int interrupts = session.interrupts();
  const Nanos until = session.now() + bound;
  while (!session.has_exited() && session.now() < until && session.interrupts() == interrupts) {
    if (drains) inject_while_draining(session, faults);
    session.turn(until);
  }
  session.injector().end_faults(session.now());
  session.kill_main();
  const Nanos killed_by = session.now() + kExitBound;
  while (!session.has_exited() && session.now() < killed_by) session.turn(killed_by);
}

void wait_for_tree(Session& session, Nanos grace) {
  const Nanos until = session.now() + grace;
  while (session.now() < until) {
    session.workers().look(session.now());
    session.tree().reap_orphans();
    const auto& members = session.tree().members();
    const bool none_lives = std::all_of(members.begin(), members.end(), [](const auto& entry) {
      return entry.second.ended.has_value();
    });
    if (none_lives) return;
    session.turn(session.now() + kTreeLook);
  }
}

}  // namespace

std::uint64_t tasks_to_drain(const RunOptions& options) noexcept {
  const bool drains = std::any_of(
      options.schedules.begin(), options.schedules.end(),
      [](const Schedule& schedule) { return schedule.kind == Schedule::Kind::draining; });
  const bool script_drains = std::any_of(
      options.script.begin(), options.script.end(),
      [](const ScriptedFault& fault) { return fault.moment == Schedule::Kind::draining; });
  if (options.script.empty() ? !drains : !script_drains) return 0;
  const std::uint64_t share = options.duration ? options.outstanding : options.tasks / 10;
  return std::clamp<std::uint64_t>(share, 1, options.outstanding);
}

void close_run(Session& session, FaultTimer& faults, const RunOptions& options,
               bool in_good_order) {
  session.injector().end_faults(session.now());
  const bool drains = in_good_order && tasks_to_drain(options) > 0;
  if (drains) submit_last(session, options);
  session.begin(Phase::closing);
  session.workers().begin_closing();
  session.ask_to_end();
  if (session.is_attached() && !session.has_exited()) {
    record_strays(session.tree(), session.recorder());
    session.workers().report_all_ends();
    return;
  }
  wait_for_exit(session, faults, options, drains);
  wait_for_tree(session, kTreeGrace);
  record_leftovers(session.tree(), session.recorder());
  if (!session.is_attached()) kill_tree(session.tree());
  // The deaths that this brought are events like all others.
  constexpr int kTurns = 4;
  for (int i = 0; i < kTurns; ++i) session.turn(session.now());
  session.workers().report_all_ends();
}

}  // namespace revenant::chaos
