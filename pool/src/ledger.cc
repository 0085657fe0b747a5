#include "pool/src/ledger.h"

#include "pool/os/check.h"

namespace revenant {
namespace {

// Below it a removed task's buffer is kept for the next: no allocation a task in steady state.
constexpr std::size_t kKeptBytes = std::size_t{16} << 10;

}  // namespace

TaskIndex Ledger::add(std::string_view payload, std::uint64_t tag) {
  if (free_ == kNoTask) {
    tasks_.emplace_back();
    free_ = static_cast<TaskIndex>(tasks_.size() - 1);
  }
  const TaskIndex index = free_;
  Task& task = tasks_[index];
  task.payload.assign(payload);
  free_ = task.next;
  task.tag = tag;
  task.begun = 0;
  task.next = kNoTask;
  task.open = true;
  ++open_;
  bytes_ += payload.size();
  return index;
}

void Ledger::remove(TaskIndex index) noexcept {
  Task& task = tasks_[index];
  REVENANT_CHECK(task.open, "a task has exactly one outcome");
  task.open = false;
  --open_;
  bytes_ -= task.payload.size();
  if (task.payload.capacity() > kKeptBytes) std::string().swap(task.payload);
  task.next = free_;
  free_ = index;
}

void Ledger::wait_at_back(TaskIndex index) noexcept {
  ++waiting_;
  tasks_[index].next = kNoTask;
  if (first_ == kNoTask) {
    first_ = index;
  } else {
    tasks_[last_].next = index;
  }
  last_ = index;
}

void Ledger::wait_at_front(TaskIndex index) noexcept {
  ++waiting_;
  tasks_[index].next = first_;
  first_ = index;
  if (last_ == kNoTask) last_ = index;
}

TaskIndex Ledger::take_first_waiting() noexcept {
  --waiting_;
  const TaskIndex index = first_;
  first_ = tasks_[index].next;
  if (first_ == kNoTask) last_ = kNoTask;
  tasks_[index].next = kNoTask;
  return index;
}

}  // namespace revenant
