#include "pool/src/early_notice.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>

#include "pool/os/clock.h"
#include "pool/os/futex.h"
#include "pool/src/robust_lock.h"

namespace revenant {
namespace {

// Generous: the trial takes about a millisecond, and where it fails the pool works without early
// notices.
constexpr os::Nanoseconds kTrialMax = std::chrono::seconds(2);
constexpr std::uint32_t kHeld = 1;
constexpr std::uint32_t kGo = 2;

}  // namespace

void die_for_trial(RegionHeader& header, pid_t nursery) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != nursery) ::_exit(0);
  if (header.trial_lock.hold()) {
    header.trial_go.store(kHeld);
    os::futex_wake(header.trial_go);
    const os::TimePoint until = os::now() + kTrialMax;
    while (header.trial_go.load() == kHeld && os::now() < until) {
      os::futex_wait(header.trial_go, kHeld, kTrialMax);
    }
  }
  ::_exit(0);
}

bool early_notice_works(RegionHeader& header) noexcept {
  const os::TimePoint until = os::now() + kTrialMax;
  while (header.trial_go.load() != kHeld) {
    if (os::now() >= until) return false;
    os::futex_wait(header.trial_go, 0, until - os::now());
  }
  std::uint32_t expected = 0;
  os::FutexWord& word = header.trial_lock.word();
  HolderState state = prepare_to_wait(word, expected);
  // Told to go only when its lock is prepared: what is tried is that we are woken, not that the
  // word is marked.
  header.trial_go.store(kGo);
  os::futex_wake(header.trial_go);
  while (state == HolderState::alive) {
    const os::FutexWait wait{&word, expected};
    const int error = os::futex_wait_any({&wait, 1}, until).error;
    if (error == ENOSYS || error == EPERM || error == EINVAL || error == ETIMEDOUT) return false;
    state = prepare_to_wait(word, expected);
  }
  return state == HolderState::died;
}

}  // namespace revenant
