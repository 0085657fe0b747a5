// What the parts of the supervisor share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "pool/os/clock.h"
#include "pool/src/ledger.h"
#include "pool/src/prefetch_policy.h"
#include "pool/src/region.h"
#include "pool/src/roster.h"
#include "pool/src/streaming.h"
#include "revenant/options.h"
#include "revenant/outcome.h"
#include "revenant/worker.h"

namespace revenant {

// How a task ended.
struct Ending {
  OutcomeKind kind = OutcomeKind::completed;
  Reason reason = Reason::none;
  unsigned attempts = 0;
};

// Plain data with an invariant or two; everything in it belongs to the thread that drives the pool.
struct Core {
  // The options are complete and checked. std::system_error where there is no memory for the
  // region.
  Core(WorkerFunction function_, PoolOptions options_);

  // Nothing where nobody observes: it stands in the way of every task.
  void emit(EventKind kind, const Slot* slot = nullptr, std::uint64_t tag = 0, int error = 0) {
    if (options.observer) observe(kind, slot, tag, error);
  }
  void emit(const Event& event) {
    if (options.observer) options.observer(event);
  }

  // Takes the task out of the ledger and tells the caller's handler. Last in whatever calls it: the
  // handler may submit, and may throw. `value` must not lie in the task's payload.
  void deliver(TaskIndex task, const Ending& ending, const Slot* slot, std::string_view value);

  // Tasks that may lie on one worker now, the running one included.
  [[nodiscard]] std::size_t depth() const noexcept {
    if (!prefetch.can_be_deeper()) return prefetch.depth(0);
    return prefetch.depth(ledger.waiting_tasks() / std::max<std::size_t>(1, active_workers));
  }

  // Whether one more runnable worker than now would have a processor of its own beside the
  // supervisor's.
  void update_spin_hint() noexcept;

  void observe(EventKind kind, const Slot* slot, std::uint64_t tag, int error);

  const PoolOptions options;
  const WorkerFunction function;
  const Region region;
  RegionHeader& header;
  Roster roster;
  Ledger ledger;
  PrefetchPolicy prefetch;
  Streaming streaming;
  const std::size_t processors;

  os::TimePoint now;                        // of the call in progress
  const OutcomeHandler* handler = nullptr;  // of the call in progress
  std::size_t delivered = 0;                // in the call in progress
  std::size_t active_workers = 0;           // ready, active and not retiring
  bool takes_tasks = true;                  // submit() accepts
  bool may_spin = false;
  bool woke_a_worker = false;  // since the supervisor last waited
};

}  // namespace revenant
