// The supervisor's own record of every open task: what the promise rests on.
//
// A task is in the ledger from submit() until its outcome is delivered, payload and all, in the
// supervisor's private memory: whatever happens to a worker or to shared memory, it can be given to
// another. Not shared, not synchronised.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace revenant {

using TaskIndex = std::uint32_t;
inline constexpr TaskIndex kNoTask = UINT32_MAX;

struct Task {
  std::uint64_t tag = 0;
  std::string payload;
  unsigned begun = 0;        // attempts that ended in a death
  TaskIndex next = kNoTask;  // in the queue of waiting tasks, or in the free list
  bool open = false;
};

class Ledger {
 public:
  // Takes a copy; throws std::bad_alloc and leaves everything as it was. The task is in no queue
  // yet.
  [[nodiscard]] TaskIndex add(std::string_view payload, std::uint64_t tag);
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
  std::vector<Task> tasks_;
  TaskIndex free_ = kNoTask;
  TaskIndex first_ = kNoTask;
  TaskIndex last_ = kNoTask;
  std::size_t open_ = 0;
  std::size_t waiting_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace revenant
