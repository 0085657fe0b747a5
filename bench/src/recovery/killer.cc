#include "bench/src/recovery/killer.h"

#include <signal.h>

#include <chrono>
#include <utility>

namespace revenant::bench {

Killer::Killer() : thread_([this] { run(); }) {}

Killer::~Killer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Killer::plan(os::Process victim, os::TimePoint when) {
  {
    const std::lock_guard lock(mutex_);
    shot_.reset();
    victim_ = std::move(victim);
    when_ = when;
  }
  changed_.notify_one();
}

std::optional<Killer::Shot> Killer::fired() {
  const std::lock_guard lock(mutex_);
  return shot_;
}

void Killer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || victim_; });
    // The mutex is free while this waits: the pool's thread never waits for the killer.
    if (changed_.wait_until(lock, when_, [this] { return ending_; }) || ending_) return;
    Shot shot{.planned = when_, .sent = os::now()};
    shot.reached = victim_->send_signal(SIGKILL);
    victim_.reset();
    shot_ = shot;
  }
}

}  // namespace revenant::bench
