#include "chaos/src/leftovers.h"

#include <signal.h>

#include <vector>

#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

std::vector<Member*> living_members(ProcessTree& tree) {
  std::vector<Member*> living;
  for (auto& [token, member] : tree.members()) {
    if (!member.ended && !member.process.has_ended()) living.push_back(&member);
  }
  return living;
}

template <typename IsLeft>
void record_those(ProcessTree& tree, Recorder& recorder, IsLeft is_left) {
  tree.look(recorder.now());
  for (const Member* const member : living_members(tree)) {
    const pid_t pid = member->process.pid();
    const auto stat = os::read_proc_stat(pid);
    const std::string command = os::read_command_line(pid);
    // Both were read of this process if it is still there now.
    if (!stat || stat->start_time_ticks != member->process.start_time_ticks()) continue;
    if (member->process.has_ended() || !is_left(*stat)) continue;
    recorder.record(
        Leftover{.pid = pid, .state = stat->state, .name = stat->name, .command = command});
  }
}

}  // namespace

void record_leftovers(ProcessTree& tree, Recorder& recorder) {
  record_those(tree, recorder, [](const os::ProcStat&) { return true; });
}

void record_strays(ProcessTree& tree, Recorder& recorder) {
  record_those(tree, recorder, [&](const os::ProcStat& stat) {
    return stat.parent_pid != tree.main_pid() && tree.living(stat.parent_pid) == nullptr;
  });
}

void kill_tree(ProcessTree& tree) {
  constexpr int kWaitMs = 10;
  const os::TimePoint until = os::now() + os::Nanoseconds(kKillBound);
  while (os::now() < until) {
    tree.look(0);
    tree.reap_orphans();
    const std::vector<Member*> living = living_members(tree);
    if (living.empty()) return;
    for (const Member* const member : living) member->process.send_signal(SIGKILL);
    static_cast<void>(living.front()->process.wait_ended(kWaitMs));
  }
}

}  // namespace revenant::chaos
