// The supervisor's own record of every open task: what the promise rests on.
//
// A task is in the ledger from submit() until its outcome is delivered, payload and all, in the
// supervisor's private memory or lent by the caller: whatever happens to a worker or to shared
// memory, it can be given to another. Not shared, not synchronised.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pool/os/check.h"

namespace revenant {

using TaskIndex = std::uint32_t;
inline constexpr TaskIndex kNoTask = UINT32_MAX;

struct Task {
  [[nodiscard]] std::string_view payload() const noexcept {
    return lent.data() != nullptr ? lent : std::string_view(copy);
  }

  std::uint64_t tag = 0;
  std::string copy;
  std::string_view lent;     // instead of the copy, where there is one
  unsigned begun = 0;        // attempts that ended in a death
  TaskIndex next = kNoTask;  // in the queue of waiting tasks, or in the free list
  bool open = false;
};

class Ledger {
 public:
  Ledger();

  // Takes a copy; throws std::bad_alloc and leaves everything as it was. The task is in no queue
  // yet.
  [[nodiscard]] TaskIndex add(std::string_view payload, std::uint64_t tag);
  // Takes no copy: the bytes are the caller's, and as they are until the task is removed.
  [[nodiscard]] TaskIndex add_lent(std::string_view payload, std::uint64_t tag);
  // The task has its outcome. Its index may be given to another task from now on.
  void remove(TaskIndex index) noexcept;

  [[nodiscard]] Task& operator[](TaskIndex index) noexcept { return tasks_[index]; }
  [[nodiscard]] std::size_t open_tasks() const noexcept { return open_; }
  [[nodiscard]] std::size_t waiting_tasks() const noexcept { return waiting_; }
  [[nodiscard]] std::size_t open_bytes() const noexcept { return bytes_; }

  // The queue of tasks that wait for a worker. Those moved on from a dead worker go to its front,
  // in their old order.
  [[nodiscard]] bool has_waiting() const noexcept { return first_ != kNoTask; }
  [[nodiscard]] TaskIndex first_waiting() const noexcept { return first_; }
  void wait_at_back(TaskIndex index) noexcept;
  void wait_at_front(TaskIndex index) noexcept;
  TaskIndex take_first_waiting() noexcept;

 private:
  // Below it a removed task's buffer is kept for the next: no allocation a task in steady state.
  static constexpr std::size_t kKeptBytes = std::size_t{16} << 10;

  // The task that add() fills next.
  Task& free_task();
  TaskIndex open(std::uint64_t tag) noexcept;
  void keep_buffer(std::string& buffer) noexcept;

  std::vector<Task> tasks_;
  // Of large payloads that are gone, for the next ones: memory's first touch is dear.
  std::vector<std::string> buffers_;
  std::size_t buffer_bytes_ = 0;
  TaskIndex free_ = kNoTask;
  TaskIndex first_ = kNoTask;
  TaskIndex last_ = kNoTask;
  std::size_t open_ = 0;
  std::size_t waiting_ = 0;
  std::size_t bytes_ = 0;
};

// Here, because they stand in the way of every task.
inline TaskIndex Ledger::open(std::uint64_t tag) noexcept {
  const TaskIndex index = free_;
  Task& task = tasks_[index];
  free_ = task.next;
  task.tag = tag;
  task.begun = 0;
  task.next = kNoTask;
  task.open = true;
  ++open_;
  bytes_ += task.payload().size();
  return index;
}

inline void Ledger::remove(TaskIndex index) noexcept {
  Task& task = tasks_[index];
  REVENANT_CHECK(task.open, "a task has exactly one outcome");
  task.open = false;
  --open_;
  bytes_ -= task.payload().size();
  if (task.copy.capacity() > kKeptBytes) keep_buffer(task.copy);
  task.next = free_;
  free_ = index;
}

inline void Ledger::wait_at_back(TaskIndex index) noexcept {
  ++waiting_;
  tasks_[index].next = kNoTask;
  if (first_ == kNoTask) {
    first_ = index;
  } else {
    tasks_[last_].next = index;
  }
  last_ = index;
}

inline TaskIndex Ledger::take_first_waiting() noexcept {
  --waiting_;
  const TaskIndex index = first_;
  first_ = tasks_[index].next;
  if (first_ == kNoTask) last_ = kNoTask;
  tasks_[index].next = kNoTask;
  return index;
}

}  // namespace revenant
