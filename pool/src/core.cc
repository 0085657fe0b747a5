#include "pool/src/core.h"

#include <sched.h>
#include <unistd.h>

#include <utility>

namespace revenant {
namespace {

// A dead worker's slot is reused only after its final notice, which takes a quarter of a second for
// one with gigabytes resident; its replacement starts at the early notice, in another slot.
std::size_t slots_for(const PoolOptions& options) noexcept {
  return 2 * (options.workers + options.spares);
}

// Those that this process may use: a container may have one of many.
std::size_t count_processors() noexcept {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    return static_cast<std::size_t>(CPU_COUNT(&allowed));
  }
  // More than a cpu_set_t has room for.
  const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<std::size_t>(online) : 1;
}

}  // namespace

Core::Core(WorkerFunction function_, PoolOptions options_)
    : options(std::move(options_)),
      function(std::move(function_)),
      region(slots_for(options), options.ring_bytes),
      header(region.header()),
      roster(region, options.prefetch_max),
      prefetch(options.prefetch_max),
      streaming(header.streaming),
      processors(count_processors()),
      now(os::now()) {}

void Core::observe(EventKind kind, const Slot* slot, std::uint64_t tag, int error) {
  Event event;
  event.kind = kind;
  event.at = os::now();
  event.tag = tag;
  event.error = error;
  if (slot != nullptr) {
    event.slot = static_cast<int>(slot->number);
    event.generation = slot->generation;
    event.pid = slot->pid();
  }
  options.observer(event);
}

// Few enough arguments to come in registers: a string_view that is passed on the stack is written
// in halves and read as a whole, which the processor cannot forward; it waits until both halves,
// and with them every older store to a line that a worker is reading, have reached the cache. That
// was three quarters of the time of a short task.
void Core::deliver(TaskIndex task, const Ending& ending, const Slot* slot, std::string_view value) {
  Outcome outcome;
  outcome.tag = ledger[task].tag;
  outcome.kind = ending.kind;
  outcome.reason = ending.reason;
  outcome.attempts = ending.attempts;
  outcome.worker = slot != nullptr ? slot->pid() : -1;
  outcome.value = value;
  ledger.remove(task);
  ++delivered;
  emit(EventKind::outcome, slot, outcome.tag);
  (*handler)(outcome);
}

void Core::update_spin_hint() noexcept {
  const bool allowed = roster.busy_count() < processors;
  if (allowed == may_spin) return;
  may_spin = allowed;
  header.spin_allowed.store(allowed ? 1 : 0, std::memory_order_relaxed);
}

}  // namespace revenant
