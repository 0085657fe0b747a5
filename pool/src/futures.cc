#include "revenant/futures.h"

#include <algorithm>
#include <new>
#include <utility>

namespace revenant {

TaskFailed::TaskFailed(const Outcome& outcome)
    : std::runtime_error(std::string(outcome.value)),
      kind_(outcome.kind),
      reason_(outcome.reason),
      attempts_(outcome.attempts) {}

TaskRefused::TaskRefused(SubmitResult result)
    : std::runtime_error("the pool did not take the task: " + std::string(to_string(result))),
      result_(result) {}

Futures::~Futures() { cancel_open(); }

Futures& Futures::operator=(Futures&& other) noexcept {
  if (this == &other) return *this;
  cancel_open();
  pool_ = std::move(other.pool_);
  open_ = std::move(other.open_);
  other.open_.clear();
  next_tag_ = other.next_tag_;
  return *this;
}

std::future<std::string> Futures::submit(std::string_view payload) {
  const std::uint64_t tag = next_tag_++;
  std::promise<std::string>& promise = open_[tag];
  std::future<std::string> future = promise.get_future();
  const SubmitResult result = pool_.submit(payload, tag);
  if (result != SubmitResult::accepted) {
    promise.set_exception(std::make_exception_ptr(TaskRefused(result)));
    open_.erase(tag);
  }
  return future;
}

std::size_t Futures::poll(std::chrono::nanoseconds timeout) {
  return pool_.poll(timeout, [this](const Outcome& outcome) { settle(outcome); });
}

bool Futures::wait(const std::future<std::string>& future, std::chrono::nanoseconds timeout) {
  const auto is_ready = [&] {
    return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  };
  const bool bounded = timeout.count() >= 0;
  const auto begun = std::chrono::steady_clock::now();
  std::chrono::nanoseconds left = timeout;
  while (!is_ready()) {
    if (pool_.open_tasks() == 0) return false;
    poll(bounded ? std::max(left, std::chrono::nanoseconds(0)) : timeout);
    if (!bounded) continue;
    if (left.count() <= 0) return is_ready();
    left = timeout - (std::chrono::steady_clock::now() - begun);
  }
  return true;
}

bool Futures::drain(std::chrono::nanoseconds timeout) {
  return pool_.drain(timeout, [this](const Outcome& outcome) { settle(outcome); });
}

bool Futures::shutdown(std::chrono::nanoseconds timeout) {
  return pool_.shutdown(timeout, [this](const Outcome& outcome) { settle(outcome); });
}

void Futures::settle(const Outcome& outcome) {
  const auto found = open_.find(outcome.tag);
  std::promise<std::string> promise = std::move(found->second);
  open_.erase(found);
  if (outcome.kind != OutcomeKind::completed) {
    promise.set_exception(std::make_exception_ptr(TaskFailed(outcome)));
    return;
  }
  try {
    promise.set_value(std::string(outcome.value));
  } catch (const std::bad_alloc&) {
    promise.set_exception(std::current_exception());
  }
}

void Futures::cancel_open() noexcept {
  for (auto& [tag, promise] : open_) {
    Outcome outcome;
    outcome.kind = OutcomeKind::cancelled;
    outcome.reason = Reason::shut_down;
    outcome.value = "its Futures was destroyed before the task was done";
    promise.set_exception(std::make_exception_ptr(TaskFailed(outcome)));
  }
  open_.clear();
}

}  // namespace revenant
