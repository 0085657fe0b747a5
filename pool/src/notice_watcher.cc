#include "pool/src/notice_watcher.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "pool/os/time_slice.h"

namespace revenant {
namespace {

// One of the words of a FUTEX_WAITV call is the one that interrupts it.
constexpr std::size_t kSlotsAThread = os::kFutexWaitsMax - 1;

// Signals of the program go to the program's threads: a new thread inherits the mask that stands
// when it is made.
class BlockAllSignals {
 public:
  BlockAllSignals() noexcept {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockAllSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockAllSignals(const BlockAllSignals&) = delete;
  BlockAllSignals& operator=(const BlockAllSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

NoticeWatcher::NoticeWatcher(std::vector<os::FutexWord*> locks, const os::EventFd& wake)
    : watched_(locks.size()), wake_(wake) {
  for (std::size_t i = 0; i < locks.size(); ++i) watched_[i].lock = locks[i];
  const BlockAllSignals blocked;
  for (std::size_t first = 0; first < watched_.size(); first += kSlotsAThread) {
    const std::size_t count = std::min(kSlotsAThread, watched_.size() - first);
    auto shift = std::make_unique<Shift>();
    shift->slots = std::span(watched_).subspan(first, count);
    shift->thread = std::thread([this, &shift = *shift] { run(shift); });
    shifts_.push_back(std::move(shift));
  }
}

NoticeWatcher::~NoticeWatcher() {
  ending_.store(true);
  for (const auto& shift : shifts_) {
    interrupt(*shift);
    shift->thread.join();
  }
}

void NoticeWatcher::watch(std::size_t slot) noexcept {
  watched_[slot].state.store(State::watched, std::memory_order_release);
  shift_of(slot).unsettled = unsettled_ = true;
}

void NoticeWatcher::settle() noexcept {
  if (!unsettled_) return;
  unsettled_ = false;
  for (const auto& shift : shifts_) {
    if (!shift->unsettled) continue;
    shift->unsettled = false;
    interrupt(*shift);
  }
}

void NoticeWatcher::forget(std::size_t slot) noexcept {
  const State before = watched_[slot].state.exchange(State::idle);
  // A thread that still waits on the word must let go of it before the word is used for another
  // worker. A notice that was taken needs no such care: that thread has stopped waiting.
  if (before == State::watched) interrupt(shift_of(slot));
}

NoticeWatcher::Shift& NoticeWatcher::shift_of(std::size_t slot) noexcept {
  return *shifts_[slot / kSlotsAThread];
}

void NoticeWatcher::interrupt(Shift& shift) noexcept {
  shift.changes.fetch_add(1, std::memory_order_release);
  os::futex_wake(shift.changes);
}

void NoticeWatcher::run(Shift& shift) noexcept {
  // It is woken on the processor on which the dead worker's memory is being taken down.
  os::TimeSlice::shorten();
  std::vector<os::FutexWait> waits;
  waits.reserve(os::kFutexWaitsMax);
  std::vector<Watched*> waited_for;
  waited_for.reserve(os::kFutexWaitsMax);
  while (!ending_.load()) {
    waits.clear();
    waits.push_back({&shift.changes, shift.changes.load(std::memory_order_acquire)});
    waited_for.assign(1, nullptr);
    bool noticed = false;
    for (Watched& slot : shift.slots) {
      std::uint32_t expected = 0;
      const HolderState holder = look(slot, expected);
      noticed |= holder == HolderState::died;
      if (holder != HolderState::alive) continue;
      waits.push_back({slot.lock, expected});
      waited_for.push_back(&slot);
    }
    if (noticed) announce();
    // A word that has changed since we looked makes this return at once (EAGAIN), as does an
    // interruption.
    const os::FutexWoken woken = os::futex_wait_any(waits);
    // Whoever it was comes first: to look at all words, a page each, takes as long as the wake-up.
    Watched* const first = woken.error == 0 ? waited_for[woken.index] : nullptr;
    std::uint32_t ignored = 0;
    if (first != nullptr && look(*first, ignored) == HolderState::died) announce();
  }
}

void NoticeWatcher::announce() noexcept {
  noticed_.store(1, std::memory_order_release);
  wake_.ring();
}

// `none` also for a slot that is not watched, or not any more.
HolderState NoticeWatcher::look(Watched& slot, std::uint32_t& expected) noexcept {
  if (slot.state.load(std::memory_order_acquire) != State::watched) return HolderState::none;
  const HolderState holder = prepare_to_wait(*slot.lock, expected);
  if (holder != HolderState::died) return holder;
  slot.at.store(os::nanoseconds_of(os::now()));
  State watched = State::watched;
  const bool was = slot.state.compare_exchange_strong(watched, State::noticed);
  return was ? HolderState::died : HolderState::none;
}

}  // namespace revenant
