// What became of a task.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>

namespace revenant {

enum class OutcomeKind : std::uint8_t {
  completed,  // the function returned; `value` is its result
  failed,     // the function threw, or its result could not be carried; `value` is the error's text
  gave_up,    // its worker died under it, or it ran past its deadline, attempts_max times
  cancelled,  // the pool was shut down, or stopped itself, before the task was done
};

enum class Reason : std::uint8_t {
  none,           // completed
  threw,          // failed: an exception left the function
  unpresentable,  // failed: the result is over payload_bytes_max, or there was no memory for it
  worker_died,    // gave_up: the last attempt ended with the worker's death
  deadline,       // gave_up: the last attempt ran past the deadline
  shut_down,      // cancelled: shutdown() or its deadline
  pool_stopped,   // cancelled: the pool ran into restarts_max or start_failures_max and stopped
};

[[nodiscard]] std::string_view to_string(OutcomeKind kind) noexcept;
[[nodiscard]] std::string_view to_string(Reason reason) noexcept;

// Exactly one is delivered for every task that submit() accepted. Valid during the handler's call
// only: `value` lies in memory that the pool reuses at once.
struct Outcome {
  std::uint64_t tag = 0;  // as given to submit()
  OutcomeKind kind = OutcomeKind::completed;
  Reason reason = Reason::none;
  // How often a worker began the task, as far as the pool knows: 1 for a task that no death
  // touched.
  unsigned attempts = 0;
  // The worker that ended it; -1 where none did.
  pid_t worker = -1;
  // The result, or a sentence that says what happened.
  std::string_view value;
};

// Who is told of outcomes: a reference to any callable that takes `const Outcome&`, alive for the
// call that it is passed to. It runs on the thread that called poll(), drain() or shutdown(); it
// may call submit(), and nothing else of that pool. An exception that leaves it passes through to
// the caller; that outcome counts as delivered.
class OutcomeHandler {
 public:
  // NOLINTBEGIN(bugprone-forwarding-reference-overload): the constraint leaves copies to the class
  template <typename Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, OutcomeHandler> &&
           std::is_invocable_v<Callable&, const Outcome&>) OutcomeHandler(Callable&& callable)
  noexcept  // NOLINT(google-explicit-constructor): made for the call
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, const Outcome& outcome) {
          (*static_cast<std::remove_reference_t<Callable>*>(object))(outcome);
        }) {}
  // NOLINTEND(bugprone-forwarding-reference-overload)

  void operator()(const Outcome& outcome) const { call_(object_, outcome); }

 private:
  void* object_;
  void (*call_)(void*, const Outcome&);
};

}  // namespace revenant
