// The words that the public enumerators are printed as.
#include "revenant/observer.h"
#include "revenant/outcome.h"
#include "revenant/pool.h"

namespace revenant {

std::string_view to_string(OutcomeKind kind) noexcept {
  switch (kind) {
    case OutcomeKind::completed:
      return "completed";
    case OutcomeKind::failed:
      return "failed";
    case OutcomeKind::gave_up:
      return "gave up";
    case OutcomeKind::cancelled:
      return "cancelled";
  }
  return "?";
}

std::string_view to_string(Reason reason) noexcept {
  switch (reason) {
    case Reason::none:
      return "none";
    case Reason::threw:
      return "the function threw";
    case Reason::unpresentable:
      return "the result could not be carried";
    case Reason::worker_died:
      return "its worker died";
    case Reason::deadline:
      return "it ran past its deadline";
    case Reason::shut_down:
      return "the pool was shut down";
    case Reason::pool_stopped:
      return "the pool stopped itself";
  }
  return "?";
}

std::string_view to_string(SubmitResult result) noexcept {
  switch (result) {
    case SubmitResult::accepted:
      return "accepted";
    case SubmitResult::full:
      return "full";
    case SubmitResult::too_large:
      return "too large";
    case SubmitResult::no_memory:
      return "no memory";
    case SubmitResult::stopped:
      return "stopped";
  }
  return "?";
}

std::string_view to_string(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::nursery_started:
      return "nursery started";
    case EventKind::nursery_died:
      return "nursery died";
    case EventKind::nursery_failed:
      return "nursery failed";
    case EventKind::spawn_asked:
      return "spawn asked";
    case EventKind::spawned:
      return "spawned";
    case EventKind::spawn_failed:
      return "spawn failed";
    case EventKind::ready:
      return "ready";
    case EventKind::dispatched:
      return "dispatched";
    case EventKind::outcome:
      return "outcome";
    case EventKind::died_early:
      return "died (early notice)";
    case EventKind::died_final:
      return "died (final notice)";
    case EventKind::blamed:
      return "blamed";
    case EventKind::moved_on:
      return "moved on";
    case EventKind::past_deadline:
      return "past deadline";
    case EventKind::start_timed_out:
      return "start timed out";
    case EventKind::recycled:
      return "recycled";
    case EventKind::promoted:
      return "promoted";
    case EventKind::corrupt:
      return "corrupt";
    case EventKind::stopped:
      return "stopped";
  }
  return "?";
}

}  // namespace revenant
