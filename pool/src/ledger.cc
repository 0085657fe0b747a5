#include "pool/src/ledger.h"

#include <utility>

#include "pool/os/check.h"
#include "pool/os/huge_pages.h"

namespace revenant {
namespace {

// Below it a removed task's buffer is kept for the next: no allocation a task in steady state.
constexpr std::size_t kKeptBytes = std::size_t{16} << 10;
// Larger ones are kept together, as malloc(3) keeps what it is given back; no more than this.
constexpr std::size_t kBufferBytesMax = std::size_t{32} << 20;
constexpr std::size_t kBuffersMax = 64;

}  // namespace

Ledger::Ledger() { buffers_.reserve(kBuffersMax); }

Task& Ledger::free_task() {
  if (free_ == kNoTask) {
    tasks_.emplace_back();
    free_ = static_cast<TaskIndex>(tasks_.size() - 1);
  }
  return tasks_[free_];
}

TaskIndex Ledger::open(std::uint64_t tag) noexcept {
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

TaskIndex Ledger::add(std::string_view payload, std::uint64_t tag) {
  Task& task = free_task();
  if (payload.size() > kKeptBytes && !buffers_.empty()) {
    buffer_bytes_ -= buffers_.back().capacity();
    task.copy = std::move(buffers_.back());
    buffers_.pop_back();
  }
  if (payload.size() > task.copy.capacity()) {
    task.copy.clear();  // or its bytes would move with it
    task.copy.reserve(payload.size());
    os::prefer_huge_pages(task.copy.data(), task.copy.capacity());
  }
  task.copy.assign(payload);
  task.lent = {};
  return open(tag);
}

TaskIndex Ledger::add_lent(std::string_view payload, std::uint64_t tag) {
  Task& task = free_task();
  task.copy.clear();
  task.lent = payload;
  return open(tag);
}

void Ledger::remove(TaskIndex index) noexcept {
  Task& task = tasks_[index];
  REVENANT_CHECK(task.open, "a task has exactly one outcome");
  task.open = false;
  --open_;
  bytes_ -= task.payload().size();
  if (task.copy.capacity() > kKeptBytes) keep_buffer(task.copy);
  task.next = free_;
  free_ = index;
}

void Ledger::keep_buffer(std::string& buffer) noexcept {
  std::string taken = std::exchange(buffer, {});
  if (buffers_.size() == kBuffersMax || buffer_bytes_ + taken.capacity() > kBufferBytesMax) return;
  buffer_bytes_ += taken.capacity();
  buffers_.push_back(std::move(taken));
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
