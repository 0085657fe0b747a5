#include "chaos/src/spawn_gate.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

namespace revenant::chaos {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

#ifdef SYS_fork
constexpr std::uint32_t kFork = SYS_fork;
constexpr std::uint32_t kVfork = SYS_vfork;
#else  // newer architectures have clone alone
constexpr std::uint32_t kFork = SYS_clone;
constexpr std::uint32_t kVfork = SYS_clone;
#endif
constexpr std::uint32_t kClone3 = 435;

constexpr std::uint32_t offset(std::size_t of) { return static_cast<std::uint32_t>(of); }

int install(sock_fprog& program) noexcept {
  return static_cast<int>(
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
}

}  // namespace

int install_spawn_filter() noexcept {
  if (kArchitecture == 0) {
    errno = ENOSYS;
    return -1;
  }
  constexpr std::uint32_t kNumber = offset(offsetof(seccomp_data, nr));
  constexpr std::uint32_t kArch = offset(offsetof(seccomp_data, arch));
  constexpr std::uint32_t kFlags = offset(offsetof(seccomp_data, args));  // the lower half
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kArch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kClone3, 6, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kFork, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kVfork, 4, 2),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFlags),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 2),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
  };
  sock_fprog program{.len = static_cast<unsigned short>(sizeof filter / sizeof filter[0]),
                     .filter = filter};
  const int questions = install(program);
  if (questions >= 0 || errno != EACCES) return questions;
  // Without privileges a filter needs the promise that exec() grants none.
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return install(program);
}

// Asks before it reads, because reading waits where nobody asks. At most so many at a time: a
// target that forks without end gets the other events no less.
void SpawnGate::answer_all() noexcept {
  constexpr int kAnswersMax = 64;
  for (int i = 0; i < kAnswersMax; ++i) {
    pollfd entry{questions_.get(), POLLIN, 0};
    if (::poll(&entry, 1, 0) <= 0 || (entry.revents & POLLIN) == 0) return;
    answer();
  }
}

void SpawnGate::answer() noexcept {
  seccomp_notif question;
  std::memset(&question, 0, sizeof question);  // the kernel demands it
  if (::ioctl(questions_.get(), SECCOMP_IOCTL_NOTIF_RECV, &question) != 0) return;
  seccomp_notif_resp reply;
  std::memset(&reply, 0, sizeof reply);
  reply.id = question.id;
  if (shut_ > 0) {
    reply.error = -EAGAIN;
    ++refused_;
  } else {
    reply.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  }
  // Whoever asked may have been killed meanwhile.
  static_cast<void>(::ioctl(questions_.get(), SECCOMP_IOCTL_NOTIF_SEND, &reply));
}

void SpawnGate::shut() noexcept {
  if (shut_++ == 0) refused_ = 0;
}

std::uint64_t SpawnGate::open() noexcept {
  if (shut_ > 0) --shut_;
  return refused_;
}

}  // namespace revenant::chaos
