// Keeps the pool at its strength: nursery, starts, exits, recycling.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "pool/os/epoll.h"
#include "pool/os/event_fd.h"
#include "pool/src/core.h"
#include "pool/src/notice_watcher.h"
#include "pool/src/nursery_link.h"
#include "pool/src/restart_policy.h"
#include "pool/src/start_backoff.h"

namespace revenant {

// What an epoll token of the pool stands for.
enum class EventSource : std::uint8_t { bell, nursery_socket, nursery_process, worker, timer };

struct EventToken {
  EventSource source = EventSource::bell;
  std::uint16_t slot = 0;
  std::uint32_t generation = 0;

  [[nodiscard]] std::uint64_t pack() const noexcept {
    return static_cast<std::uint64_t>(source) << 48 | static_cast<std::uint64_t>(slot) << 32 |
           generation;
  }
  static EventToken unpack(std::uint64_t token) noexcept {
    return {static_cast<EventSource>(token >> 48), static_cast<std::uint16_t>(token >> 32),
            static_cast<std::uint32_t>(token)};
  }
};

class Staffing {
 public:
  // Called once for every death of a worker that was ready or leaving: recover the slot, then call
  // recovered().
  using OnDeath = std::function<void(Slot&)>;

  Staffing(Core& core, os::Epoll& epoll, const os::EventFd& wake, OnDeath on_death);
  ~Staffing();
  Staffing(const Staffing&) = delete;
  Staffing& operator=(const Staffing&) = delete;

  // Forks the first nursery, tries the early notice, asks for the workers. std::system_error.
  void begin();
  // Asks for what is missing and may be asked for, at core.now; starts a nursery where there is
  // none.
  void maintain();
  // When maintain() or check_limits() has something to do at the latest.
  [[nodiscard]] os::TimePoint next_limit();
  // Kills workers that did not become ready, or did not leave, in time.
  void check_limits();

  // The worker may have said that it is ready.
  void look_for_ready(Slot& slot);
  // Takes the worker's tasks away in good order: no more are given, and it leaves when it has none.
  void retire(Slot& slot);
  void retire_if_due(Slot& slot);
  void ask_to_leave(Slot& slot);
  // SIGKILL; everything else follows from the notice.
  static void kill(Slot& slot) noexcept;

  void hear_nursery();
  void take_early_notices();
  // Has the workers watched that have become ready; after everything else in a round.
  void settle_watch() noexcept;
  void worker_ended(std::size_t number, std::uint32_t generation);
  void nursery_ended();
  // The slot's tasks are delivered or moved on; it is free as soon as its worker is gone for good.
  void recovered(Slot& slot);

  // No restarts any more.
  void close() noexcept { closed_ = true; }
  // Ends nursery and workers by force and waits for them.
  void end_all() noexcept;
  // No worker is left, however it stands with the nursery.
  [[nodiscard]] bool is_empty() const noexcept;
  [[nodiscard]] bool notices_early() const noexcept { return watcher_ != nullptr; }
  // Whether early notices wait to be taken; for busy loops.
  [[nodiscard]] bool has_early_notice() const noexcept { return watcher_ && watcher_->any(); }
  // Restart intensity or start failures over their limit: the pool must stop.
  [[nodiscard]] bool has_failed() const noexcept { return failed_; }

 private:
  void start_nursery();
  void ask(Slot& slot);
  void spawned(Slot& slot, NurseryLink::Heard& heard);
  void spawn_failed(Slot& slot, const NurseryReport& report);
  void exited(Slot& slot, int status);
  void became_ready(Slot& slot);
  void died(Slot& slot);
  void settle_unreported(Slot& slot);
  void bury_if_gone(Slot& slot);
  void start_failed();
  void set_limit(Slot& slot, os::Nanoseconds after) noexcept;
  void leave_active(Slot& slot) noexcept;
  void wait_for_end(Slot& slot) noexcept;
  [[nodiscard]] std::size_t staff() const noexcept;

  Core& core_;
  os::Epoll& epoll_;
  const os::EventFd& wake_;
  OnDeath on_death_;
  os::UniqueFd self_;  // a pidfd of the supervisor, for the nursery to inherit
  NurseryContext context_;
  NurseryLink nursery_;
  std::uint32_t nurseries_ = 0;
  std::unique_ptr<NoticeWatcher> watcher_;
  RestartPolicy restarts_;
  StartBackoff backoff_;
  os::TimePoint maintained_at_ = os::TimePoint::min();
  os::TimePoint refill_at_ = os::TimePoint::min();  // no worker is asked for before
  // No slot's limit is earlier. Those that were lifted meanwhile are found out when it is reached.
  os::TimePoint first_limit_ = os::TimePoint::max();
  std::uint64_t asked_ = 0;   // for so many workers
  std::size_t retiring_ = 0;  // ready workers that are
  bool closed_ = false;
  bool failed_ = false;
};

}  // namespace revenant
