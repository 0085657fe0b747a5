#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <string>

#include "bench/src/counts/system_calls.h"
#include "chaos/src/memory_limit.h"
#include "chaos/src/spawn_gate.h"
#include "chaos/src/system_call_follower.h"
#include "ci/doctor/capability.h"
#include "ci/doctor/trial_child.h"
#include "pool/os/proc.h"

namespace revenant::ci {
namespace {

Capability memory_limit() {
  Capability it{.name = "memory limit", .serves = "the fault `oom`"};
  TrialChild child;
  chaos::MemoryLimit limit;
  it.found = limit.impose(child.pid());
  child.end();
  limit.lift();
  if (!it.found.empty()) {
    it.ability = Ability::missing;
    it.cost = "the fault `oom` is skipped, with the reason";
    it.remedy = "root, or a delegated control group: systemd-run --user --scope -p Delegate=yes";
  }
  return it;
}

// 0: who has the same user may be traced; 1: descendants; 2: by CAP_SYS_PTRACE; 3: nobody. Empty:
// the kernel has no Yama, which is as 0.
std::string ptrace_scope() {
  return os::read_small_file("/proc/sys/kernel/yama/ptrace_scope").value_or("");
}

Capability ptrace() {
  const std::string scope = ptrace_scope();
  Capability it{.name = "ptrace",
                .serves = "moments that follow system calls: `at-read`, `at-write`, `before-ready`",
                .found = scope.empty() ? "" : "kernel.yama.ptrace_scope is " + scope};
  TrialChild child;
  const std::string problem = chaos::SystemCallFollower().seize(child.pid());
  if (!problem.empty()) {
    it.ability = Ability::missing;
    it.found += (scope.empty() ? "" : "; ") + ("PTRACE_SEIZE of a child: " + problem);
    it.cost = "schedules of these moments are skipped";
    it.remedy = "sysctl kernel.yama.ptrace_scope=1, or --cap-add SYS_PTRACE for a container";
  } else if (!scope.empty() && scope != "0" && ::geteuid() != 0) {
    it.ability = Ability::limited;
    it.cost = "a server that runs already (--attach) cannot be followed";
    it.remedy = "sysctl kernel.yama.ptrace_scope=0, or root";
  }
  return it;
}

Capability activity() {
  Capability it{.name = "/proc/PID/syscall", .serves = "what each victim was doing when it died"};
  const TrialChild child;
  const std::string path = "/proc/" + std::to_string(child.pid()) + "/syscall";
  if (!os::read_small_file(path)) {
    it.ability = Ability::limited;
    it.cost = "the place in the kernel is named instead, or nothing";
    it.remedy = "a kernel with CONFIG_HAVE_ARCH_TRACEHOOK, and leave to ptrace";
  }
  return it;
}

Capability spawn_filter() {
  Capability it{.name = "seccomp", .serves = "the fault `spawn-fails`"};
  const int error = errno_in_child([] { return chaos::install_spawn_filter() < 0 ? errno : 0; });
  if (error != 0) {
    it.ability = Ability::missing;
    it.found = error > 0 ? std::strerror(error) : "the trial was killed";
    it.cost = "the fault `spawn-fails` is skipped, with the reason";
    it.remedy = "Linux 5.5 or newer, x86-64 or arm64, and no other filter that asks a supervisor";
  }
  return it;
}

Capability system_call_counts() {
  Capability it{.name = "perf", .serves = "`revenant bench` counts system calls a task"};
  try {
    const bench::SystemCallCounter counter;
    static_cast<void>(counter.read());
  } catch (const std::exception& error) {
    it.ability = Ability::missing;
    it.found = error.what();
    it.cost = "those counts are left out";
    it.remedy = "root, or CAP_PERFMON and a readable tracefs; a kernel with CONFIG_FTRACE_SYSCALLS";
  }
  return it;
}

Capability processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  const int count = ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  Capability it{.name = "processors",
                .serves = "workers and supervisor run at the same time",
                .found = std::to_string(count)};
  if (count < 2) {
    it.ability = Ability::limited;
    it.cost = "recovery times include waiting for the processor; throughput is a single worker's";
    it.remedy = "two or more, by the machine, taskset or the container's cpuset";
  }
  return it;
}

Capability descriptors() {
  constexpr rlim_t kEnough = 4096;
  rlimit limit{};
  static_cast<void>(::getrlimit(RLIMIT_NOFILE, &limit));
  const std::string hard =
      limit.rlim_max == RLIM_INFINITY ? "unlimited" : std::to_string(limit.rlim_max);
  Capability it{.name = "descriptors",
                .serves = "one for each process of a target, some for each worker of a pool",
                .found = "the hard limit is " + hard};
  if (limit.rlim_max < kEnough) {
    it.ability = Ability::limited;
    it.cost = "a pool of hundreds of workers, or a target with as many processes, does not fit";
    it.remedy = "raise the hard limit of open files (nofile) to 4096 or more";
  }
  return it;
}

}  // namespace

std::vector<Capability> harness_capabilities() {
  return {ptrace(),     activity(),           spawn_filter(), memory_limit(),
          processors(), system_call_counts(), descriptors()};
}

}  // namespace revenant::ci
