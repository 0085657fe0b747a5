// The workers of the target as they come and go, and what the history says of them.
//
// One thread of the harness. Looks at the tree often while something is changing and seldom else,
// and never spends more than about a tenth of its time with it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chaos/src/process_tree.h"
#include "chaos/src/recorder.h"
#include "chaos/src/worker_selection.h"

namespace revenant::chaos {

class Workers {
 public:
  Workers(ProcessTree& tree, WorkerSelector& selector, Recorder& recorder);

  // The target is ready: from now on members of the tree are workers, if they are selected. Before
  // that nobody can know whether it will declare some.
  void begin_selecting() noexcept { selecting_ = true; }

  // Looks at the tree now. Records workers that are new.
  void look(Nanos now);
  // Something is about to change: look often for a while.
  void expect_change(Nanos now) noexcept;

  // The pidfd with this token has something to say. Returns the member if it ended just now.
  Member* on_pidfd(std::uint64_t token, Nanos now);

  // Looks where that is due, and follows up those that ended until they are reaped.
  void tick(Nanos now);
  [[nodiscard]] Nanos next_due() const noexcept;

  // From now on an end is the run's own doing.
  void begin_closing() noexcept { closing_ = true; }
  // Records the ends that still wait to be reaped.
  void report_all_ends();

  // Living workers, the longest known first.
  [[nodiscard]] std::vector<Member*> alive();
  [[nodiscard]] std::size_t alive_count() const noexcept { return alive_count_; }
  // The most that were alive at any time before the first fault.
  [[nodiscard]] std::size_t strength() const noexcept { return strength_; }
  void freeze_strength() noexcept { strength_frozen_ = true; }
  [[nodiscard]] Nanos last_change() const noexcept { return last_change_; }
  // Workers that were ever seen.
  [[nodiscard]] std::uint64_t seen_count() const noexcept { return seen_count_; }

  // A zombie that its living parent leaves for so long is a finding; for so long at most, if the
  // parent could not run all the while.
  static constexpr Nanos kZombieBound = 1'000'000'000;
  static constexpr Nanos kZombieBoundMax = 10 * kZombieBound;

 private:
  void select(Nanos now);
  void follow_up(Nanos now);
  void report_end(Member& member, std::optional<Nanos> reaped_at);
  [[nodiscard]] bool is_left_as_zombie(const Member& member, Nanos now) const;
  void report_zombie(const Member& member);
  [[nodiscard]] GoneBecause why_gone(const Member& member) const;
  [[nodiscard]] bool parent_was_killed(const Member& member) const;

  ProcessTree& tree_;
  WorkerSelector& selector_;
  Recorder& recorder_;
  std::size_t alive_count_ = 0;
  std::size_t strength_ = 0;
  std::uint64_t seen_count_ = 0;
  bool selecting_ = false;
  bool strength_frozen_ = false;
  bool closing_ = false;
  Nanos last_change_ = 0;
  Nanos restless_until_ = 0;
  Nanos next_look_ = 0;
  Nanos look_cost_ = 0;
  std::size_t corpses_ = 0;  // members that have ended and are not yet forgotten
  Nanos next_follow_up_ = 0;
  // Parents that this harness killed lately: their children may die with them, and of them.
  std::deque<std::pair<pid_t, Nanos>> killed_parents_;
};

}  // namespace revenant::chaos
