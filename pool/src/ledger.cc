#include "pool/src/ledger.h"

#include <utility>

#include "pool/os/check.h"
#include "pool/os/huge_pages.h"

namespace revenant {
namespace {

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

void Ledger::keep_buffer(std::string& buffer) noexcept {
  std::string taken = std::exchange(buffer, {});
  if (buffers_.size() == kBuffersMax || buffer_bytes_ + taken.capacity() > kBufferBytesMax) return;
  buffer_bytes_ += taken.capacity();
  buffers_.push_back(std::move(taken));
}

void Ledger::wait_at_front(TaskIndex index) noexcept {
  ++waiting_;
  tasks_[index].next = first_;
  first_ = index;
  if (last_ == kNoTask) last_ = index;
}

}  // namespace revenant
