// Gives waiting tasks to workers, and takes back what they have not begun.
#pragma once

#include <string_view>

#include "pool/src/core.h"
#include "pool/src/record_batch.h"

namespace revenant {

class Dispatcher {
 public:
  explicit Dispatcher(Core& core) noexcept : core_(core) {}

  // Gives out waiting tasks while a worker takes one.
  void dispatch_waiting();

  // Whether a task that a handler has just submitted may wait for the next ones. dispatch_waiting()
  // follows before the call in progress returns.
  [[nodiscard]] bool may_put_off(std::size_t payload_bytes) noexcept;
  [[nodiscard]] bool has_put_off() const noexcept { return put_off_ != 0; }

  // Writes what now fits of a task that is larger than its worker's ring.
  void go_on_writing(Slot& slot);

  // Puts the tasks that the worker has not begun back to the front of the queue, without blame.
  void take_back(Slot& slot);

 private:
  void list_if_deeper();
  Slot* choose() noexcept;
  bool give(Slot& slot, TaskIndex index);
  bool write(Slot& slot, RecordHeader& header, std::string_view payload,
             FragmentWriter& rest) noexcept;
  void publish() noexcept;

  Core& core_;
  Slot* current_ = nullptr;       // who was given the last task
  Slot* unpublished_ = nullptr;   // whose ring has tasks that are not published
  RecordBatch batch_;             // those of them that are not written
  unsigned put_off_ = 0;          // tasks that were
  std::size_t listed_depth_ = 1;  // up to which the accepting list is complete
};

}  // namespace revenant
