#include "revenant/pool.h"

#include <utility>

#include "pool/src/supervisor.h"

namespace revenant {

Pool::Pool(WorkerFunction function, PoolOptions options)
    : supervisor_(std::make_unique<Supervisor>(std::move(function), std::move(options))) {}
Pool::Pool(Pool&&) noexcept = default;
Pool& Pool::operator=(Pool&&) noexcept = default;
Pool::~Pool() = default;

SubmitResult Pool::submit(std::string_view payload, std::uint64_t tag) {
  return supervisor_->submit(payload, tag);
}

SubmitResult Pool::submit_lent(std::string_view payload, std::uint64_t tag) {
  return supervisor_->submit_lent(payload, tag);
}

std::size_t Pool::poll(std::chrono::nanoseconds timeout, OutcomeHandler handler) {
  return supervisor_->poll(timeout, handler);
}

bool Pool::drain(std::chrono::nanoseconds timeout, OutcomeHandler handler) {
  return supervisor_->drain(timeout, handler);
}

bool Pool::shutdown(std::chrono::nanoseconds timeout, OutcomeHandler handler) {
  return supervisor_->shutdown(timeout, handler);
}

int Pool::event_descriptor() { return supervisor_->event_descriptor(); }

std::size_t Pool::open_tasks() const noexcept { return supervisor_->core().ledger.open_tasks(); }

std::size_t Pool::workers_ready() const noexcept {
  return supervisor_->core().roster.count(SlotState::ready);
}

bool Pool::stopped() const noexcept { return !supervisor_->core().takes_tasks; }

bool Pool::notices_early() const noexcept { return supervisor_->staffing().notices_early(); }

}  // namespace revenant
