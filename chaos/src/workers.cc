#include "chaos/src/workers.h"

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <limits>

#include "chaos/src/exit_status.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kLookWhileChanging = 2 * kMillisecond;
constexpr Nanos kLookAtRest = 50 * kMillisecond;
constexpr Nanos kRestlessFor = 1000 * kMillisecond;
constexpr Nanos kLookCostShare = 10;  // a look may take a tenth of the time between looks
constexpr Nanos kFollowUp = kMillisecond;
constexpr Nanos kKilledParentKept = 5'000 * kMillisecond;

bool died_of_sigkill(const std::optional<int>& status) {
  return status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL;
}

}  // namespace

Workers::Workers(ProcessTree& tree, WorkerSelector& selector, Recorder& recorder)
    : tree_(tree), selector_(selector), recorder_(recorder) {}

void Workers::expect_change(Nanos now) noexcept {
  restless_until_ = now + kRestlessFor;
  next_look_ =
      std::min(next_look_, now + std::max(kLookWhileChanging, look_cost_ * kLookCostShare));
}

void Workers::look(Nanos now) {
  const Nanos before = recorder_.now();
  tree_.look(now);
  if (selecting_) select(now);
  const Nanos after = recorder_.now();
  look_cost_ = after - before;
  const bool changing = now < restless_until_;
  next_look_ =
      after + std::max(changing ? kLookWhileChanging : kLookAtRest, look_cost_ * kLookCostShare);
}

void Workers::select(Nanos now) {
  const std::size_t before = alive_count_;
  bool changed = false;
  alive_count_ = 0;
  for (auto& [token, member] : tree_.members()) {
    if (member.ended) continue;
    const bool selected = selector_.selects(member, tree_.main_pid());
    changed = changed || selected != member.is_selected;
    member.is_selected = selected;
    if (!selected) continue;
    ++alive_count_;
    if (member.is_worker) continue;
    member.is_worker = true;
    member.worker_number = seen_count_++;
    recorder_.record(now, WorkerSeen{.pid = member.process.pid(),
                                     .start_time_ticks = member.process.start_time_ticks(),
                                     .at = member.first_seen});
  }
  if (changed || alive_count_ != before) last_change_ = now;
  if (!strength_frozen_) strength_ = std::max(strength_, alive_count_);
  // Full again: nothing more is expected to change.
  if (changed && alive_count_ >= strength_) restless_until_ = now + 10 * kLookWhileChanging;
}

Member* Workers::on_pidfd(std::uint64_t token, Nanos now) {
  Member* const member = tree_.find(token);
  if (member == nullptr) return nullptr;
  if (member->ended) {  // told a second time: it was reaped
    next_follow_up_ = now;
    return nullptr;
  }
  if (!member->process.has_ended()) return nullptr;
  if (member->is_selected) --alive_count_;
  tree_.mark_ended(*member, now);
  member->ended_while_closing = closing_;
  member->status = exit_status_of(member->process);
  if (member->was_killed && member->had_children) {
    killed_parents_.emplace_back(member->process.pid(), now);
  }
  last_change_ = now;
  ++corpses_;
  next_follow_up_ = now;
  expect_change(now);
  return member;
}

void Workers::tick(Nanos now) {
  if (corpses_ > 0 && now >= next_follow_up_) follow_up(now);
  if (now >= next_look_) look(now);
}

Nanos Workers::next_due() const noexcept {
  return corpses_ > 0 ? std::min(next_look_, next_follow_up_) : next_look_;
}

void Workers::follow_up(Nanos now) {
  bool orphan_waits = false;
  Nanos youngest = 0;
  std::vector<std::uint64_t> done;
  for (auto& [token, member] : tree_.members()) {
    if (!member.ended) continue;
    if (was_reaped(member.process)) {
      if (!member.end_reported) report_end(member, now);
      done.push_back(token);
      continue;
    }
    orphan_waits = orphan_waits || member.is_orphan;
    youngest = std::max(youngest, *member.ended);
    if (!member.end_reported && is_left_as_zombie(member, now)) {
      report_end(member, std::nullopt);
      report_zombie(member);
    }
  }
  for (const std::uint64_t token : done) tree_.forget(token);
  corpses_ -= done.size();
  if (orphan_waits) tree_.reap_orphans();
  // Promptly after a death, patiently with a zombie that stays.
  next_follow_up_ = now + std::max(kFollowUp, (now - youngest) / 10);
  while (!killed_parents_.empty() && now - killed_parents_.front().second > kKilledParentKept) {
    killed_parents_.pop_front();
  }
}

void Workers::report_end(Member& member, std::optional<Nanos> reaped_at) {
  member.end_reported = true;
  if (!member.status) member.status = exit_status_of(member.process);
  if (!member.is_worker) return;
  recorder_.record(WorkerGone{.pid = member.process.pid(),
                              .at = *member.ended,
                              .because = why_gone(member),
                              .status = member.status,
                              .reaped_at = reaped_at});
}

// A parent that waits for a processor, or that we stopped, has not refused to reap: on an
// overloaded machine it takes a second until it may.
bool Workers::is_left_as_zombie(const Member& member, Nanos now) const {
  const Nanos age = now - *member.ended;
  if (age < kZombieBound || closing_ || parent_was_killed(member)) return false;
  if (const Member* const parent = tree_.living(member.parent)) {
    if (parent->is_stopped) return false;
  }
  const auto parent = os::read_proc_stat(member.parent);
  return age >= kZombieBoundMax || (parent && parent->state == 'S');
}

void Workers::report_zombie(const Member& member) {
  const auto stat = os::read_proc_stat(member.process.pid());
  if (!stat || stat->start_time_ticks != member.process.start_time_ticks()) return;
  recorder_.record(
      Leftover{.pid = member.process.pid(), .state = 'Z', .name = stat->name, .command = {}});
}

GoneBecause Workers::why_gone(const Member& member) const {
  const bool sigkill = died_of_sigkill(member.status);
  if (member.was_killed && (sigkill || !member.status)) return GoneBecause::injected;
  if (member.was_hit && !sigkill) return GoneBecause::injected;
  if (member.ended_while_closing) return GoneBecause::closing;
  // Whoever kills a worker that we stopped acts on what it saw of our fault.
  if (sigkill && (member.is_stopped || parent_was_killed(member))) return GoneBecause::injected;
  return sigkill ? GoneBecause::killed_by_other : GoneBecause::unexplained;
}

bool Workers::parent_was_killed(const Member& member) const {
  return std::any_of(killed_parents_.begin(), killed_parents_.end(),
                     [&](const auto& killed) { return killed.first == member.parent; });
}

void Workers::report_all_ends() {
  for (auto& [token, member] : tree_.members()) {
    if (member.ended && !member.end_reported) report_end(member, std::nullopt);
  }
}

std::vector<Member*> Workers::alive() {
  std::vector<Member*> workers;
  for (auto& [token, member] : tree_.members()) {
    if (member.is_selected && !member.ended) workers.push_back(&member);
  }
  return workers;
}

}  // namespace revenant::chaos
