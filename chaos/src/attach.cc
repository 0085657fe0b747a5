#include "chaos/src/attach.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "chaos/src/process_tree.h"
#include "chaos/src/tree_text.h"
#include "chaos/src/worker_selection.h"
#include "pool/os/epoll.h"
#include "pool/os/proc.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr pid_t kFirstProcess = 1;
constexpr pid_t kKernelThreads = 2;  // the parent of all of them, outside of any namespace
constexpr int kAncestorsMax =
    4096;  // of a machine with a limit of 4 million pids: no circle either

[[noreturn]] void refuse(pid_t pid, const std::string& why) {
  throw TargetUnusable(fmt::format("--attach {}: {}", pid, why));
}

bool is_own_ancestor(pid_t pid) {
  pid_t at = ::getpid();
  for (int i = 0; i < kAncestorsMax && at > kFirstProcess; ++i) {
    if (at == pid) return true;
    const auto stat = os::read_proc_stat(at);
    if (!stat) return true;  // not known: not touched
    at = stat->parent_pid;
  }
  return false;
}

}  // namespace

os::Process open_attachable(pid_t pid) {
  if (pid <= kFirstProcess) refuse(pid, "the first of all processes is not a target");
  if (pid == ::getpid()) refuse(pid, "that is this process itself");
  auto process = os::Process::open(pid);
  if (!process) refuse(pid, "there is no such process");
  const auto stat = os::read_proc_stat(pid);
  if (!stat || stat->start_time_ticks != process->start_time_ticks() || stat->state == 'Z') {
    refuse(pid, "it has ended");
  }
  if (is_own_ancestor(pid)) {
    refuse(pid, "that is a parent of this process, which would be in the tree itself");
  }
  if (os::read_command_line(pid).empty() && stat->parent_pid <= kKernelThreads) {
    refuse(pid, "that is a thread of the kernel");
  }
  if (!process->send_signal(0)) {
    refuse(pid, errno == EPERM ? "it belongs to another user, who would have to do this"
                               : "it has ended");
  }
  return std::move(*process);
}

std::string describe_attached(const RunOptions& options) {
  const os::Process main = open_attachable(options.attach_to);
  os::Epoll epoll;
  ProcessTree tree(main, {}, epoll, 0, Orphans::go_elsewhere);
  tree.look(0);
  const WorkerSelector selector(options.workers, options.worker_regex);
  return tree_text(tree,
                   [&](const Member& member) { return selector.selects(member, tree.main_pid()); });
}

}  // namespace revenant::chaos
