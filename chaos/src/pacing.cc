#include "chaos/src/pacing.h"

namespace revenant::chaos {

Pacing::Pacing(const RunOptions& options) noexcept
    : outstanding_max_(options.rate ? kOpenLoopMax : options.outstanding),
      interval_ns_(options.rate ? 1e9 / *options.rate : 0) {}

void Pacing::resume(Nanos now) noexcept {
  begin_ = now;
  sent_ = 0;
}

// Counted from the beginning, not from the task before: rounding does not add up.
Nanos Pacing::due_of_next() const noexcept {
  return begin_ + static_cast<Nanos>(interval_ns_ * static_cast<double>(sent_));
}

std::optional<Nanos> Pacing::due_now(Nanos now, std::uint64_t outstanding) const noexcept {
  if (outstanding >= outstanding_max_) return std::nullopt;
  if (interval_ns_ == 0) return now;
  const Nanos due = due_of_next();
  if (due > now) return std::nullopt;
  return due;
}

void Pacing::submitted() noexcept { ++sent_; }

std::optional<Nanos> Pacing::next_due() const noexcept {
  if (interval_ns_ == 0) return std::nullopt;
  return due_of_next();
}

}  // namespace revenant::chaos
