// Gives waiting tasks to workers, and takes back what they have not begun.
#pragma once

#include "pool/src/core.h"

namespace revenant {

class Dispatcher {
 public:
  explicit Dispatcher(Core& core) noexcept : core_(core) {}

  // Gives out waiting tasks while a worker takes one.
  void dispatch_waiting();

  // Writes what now fits of a task that is larger than its worker's ring.
  void go_on_writing(Slot& slot);

  // Wakes the worker whose wake-up was put off. Before the supervisor sleeps or returns to its
  // caller, and after each worker whose results were delivered.
  void ring_put_off() noexcept;

  // Puts the tasks that the worker has not begun back to the front of the queue, without blame.
  void take_back(Slot& slot);

 private:
  Slot* choose() noexcept;
  bool give(Slot& slot, TaskIndex index);
  void ring_or_put_off(Slot& slot) noexcept;

  Core& core_;
  Slot* current_ = nullptr;  // who was given the last task
  Slot* put_off_ = nullptr;  // who was given tasks and not rung for
  std::size_t put_off_tasks_ = 0;
};

}  // namespace revenant
