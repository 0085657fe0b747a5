// One fault that waits for its moment: a system call of its victim, or a birth.
//
// One thread, which is the tracer of whomever it follows. An aim says when the moment has come and
// whom to hit; the injector hits. Several workers are followed at once, because a pool may let one
// of them rest for as long as it likes: the first that comes to its moment is the victim.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <vector>

#include "chaos/src/birth_watch.h"
#include "chaos/src/plan.h"
#include "chaos/src/system_call_follower.h"
#include "chaos/src/workers.h"

namespace revenant::chaos {

class Aim {
 public:
  enum class State {
    arming,     // not everyone is watched yet: tasks that were given now might be missed
    waiting,    // for the moment
    reached,    // victim() is where it should be: hit it, and say so with was_hit()
    finishing,  // the victim was hit and has to be collected
    missed,     // the moment did not come; moment() says why
    done,
  };

  Aim(Schedule::Kind when, const PlannedFault& fault, Workers& workers, ProcessTree& tree)
      : when_(when), fault_(fault), workers_(workers), tree_(tree) {}

  // Begins. Empty, or why it cannot be done. at_read and at_write: one of these is the victim.
  [[nodiscard]] std::string follow(const std::vector<Member*>& workers, Nanos now);
  // booting and before_ready: hits the next that is born of `parent`.
  [[nodiscard]] std::string await_birth(pid_t parent, Nanos now);

  State step(Nanos now);
  void was_hit(bool killed);

  static constexpr std::size_t kFollowedMax = 8;

  [[nodiscard]] bool is_at_calls() const noexcept { return chaos::is_at_calls(when_); }
  [[nodiscard]] bool follows(std::uint64_t token) const noexcept;
  // The moment has yet to come.
  [[nodiscard]] bool is_awaiting() const noexcept {
    return state_ == State::arming || state_ == State::waiting;
  }
  [[nodiscard]] State state() const noexcept { return state_; }
  [[nodiscard]] Member* victim() const noexcept { return tree_.find(token_); }
  // "entering write(5 socket), its call 3": why now.
  [[nodiscard]] const std::string& moment() const noexcept { return moment_; }

 private:
  // One process that is followed, and its calls that counted.
  struct Followed {
    SystemCallFollower calls;
    std::uint64_t token = 0;
    pid_t pid = -1;
    std::uint64_t counted = 0;
    std::uint64_t since_other_side = 0;
  };

  State step_calls();
  bool is_at_its_moment(Followed& followed);
  State step_birth(Nanos now);
  State step_boot();
  [[nodiscard]] bool is_the_call(Followed& followed);
  [[nodiscard]] bool is_before_ready(Followed& followed);
  State reach(Member* victim, std::string moment);
  State miss(std::string why);
  [[nodiscard]] std::string describe_call(const Followed& followed) const;
  void let_go();

  Schedule::Kind when_;
  PlannedFault fault_;
  Workers& workers_;
  ProcessTree& tree_;
  std::list<Followed> followed_;
  BirthWatch births_;
  State state_ = State::arming;
  std::uint64_t token_ = 0;
  pid_t born_ = -1;
  std::uint64_t born_after_ = 0;  // workers with a lower number are older than the aim
  Nanos until_ = 0;
  std::string moment_;
};

}  // namespace revenant::chaos
