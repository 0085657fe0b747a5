#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "chaos/src/exit_status.h"
#include "ci/doctor/capability.h"
#include "ci/doctor/trial_child.h"
#include "pool/os/membarrier.h"
#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/os/shared_region.h"
#include "pool/src/early_notice.h"
#include "pool/src/region.h"

namespace revenant::ci {
namespace {

std::string kernel_release() {
  utsname names{};
  return ::uname(&names) == 0 ? std::string("Linux ") + names.release : "unknown kernel";
}

// The pool's own trial, with this process as supervisor and nursery in one.
bool early_notice_comes() {
  const Region region(1, 1U << 16U);
  RegionHeader& header = region.header();
  if (!header.trial_lock.reset()) return false;
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return false;
  if (pid == 0) die_for_trial(header, parent);
  const bool works = early_notice_works(header);
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return works;
}

Capability early_notice() {
  Capability it{.name = "early notice",
                .serves = "a dead worker is noticed before the kernel takes its memory down",
                .found = kernel_release()};
  if (!early_notice_comes()) {
    it.ability = Ability::limited;
    it.cost = "recovery waits for the pidfd: longer the more memory the worker had";
    it.remedy = "Linux 5.16 or newer with glibc, and FUTEX_WAITV let through by seccomp profiles";
  }
  return it;
}

std::vector<Capability> pidfds() {
  Capability pidfd{.name = "pidfd",
                   .is_essential = true,
                   .serves = "a signal reaches the process that was meant, or nobody"};
  Capability info{.name = "exit status by pidfd",
                  .serves = "how a worker ended that the target has reaped already"};
  TrialChild child;
  const auto process = os::Process::open(child.pid());
  if (!process || !process->send_signal(0)) {
    pidfd.ability = Ability::missing;
    pidfd.found = std::strerror(errno);
    pidfd.cost = "neither the pool nor the harness starts";
    pidfd.remedy = "Linux 5.3 or newer, /proc mounted, pidfd_open let through by seccomp profiles";
    return {pidfd};
  }
  child.end();
  if (!chaos::exit_status_of(*process)) {
    info.ability = Ability::limited;
    info.cost = "the status is unknown where the target was quicker: an OOM kill may be missed";
    info.remedy = "Linux 6.15 or newer";
  }
  return {pidfd, info};
}

Capability membarrier() {
  Capability it{.name = "membarrier", .serves = "short tasks stream without a fence for each"};
  const bool works = os::can_fence_processes() &&
                     errno_in_child([] {
                       return os::register_for_fences() && os::fence_processes() ? 0 : EPERM;
                     }) == 0;
  if (!works) {
    it.ability = Ability::limited;
    it.cost = "streams of short tasks are several times slower; nothing else";
    it.remedy = "Linux 4.16 or newer, and membarrier let through by seccomp profiles";
  }
  return it;
}

Capability proc() {
  Capability it{.name = "/proc",
                .is_essential = true,
                .serves = "which processes belong to a target, and what became of them"};
  const TrialChild child;
  const auto stat = os::read_proc_stat(child.pid());
  const auto children = os::read_children(::getpid());
  if (!stat || stat->parent_pid != ::getpid()) {
    it.ability = Ability::missing;
    it.cost = "the harness sees no worker";
    it.remedy = "mount -t proc proc /proc, and no hidepid for this user";
  } else if (children.empty()) {
    it.ability = Ability::limited;
    it.cost = "/proc/PID/task/*/children is not there: workers are found later";
    it.remedy = "a kernel with CONFIG_PROC_CHILDREN";
  }
  return it;
}

}  // namespace

std::vector<Capability> pool_capabilities() {
  std::vector<Capability> all = pidfds();
  all.push_back(proc());
  all.push_back(early_notice());
  all.push_back(membarrier());
  return all;
}

}  // namespace revenant::ci
