// A run from its beginning to its end: starting, chaos, calm, closing.
#pragma once

#include <functional>
#include <string_view>

#include "chaos/src/history.h"
#include "chaos/src/session.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

// Carries the session through its phases and says how it ended, without recording that. After it
// nothing of the target's tree is alive.
//
//   starting  until the target said ready and its workers were found
//   chaos     tasks and faults, until the tasks are out or the time is up
//   calm      no faults; the rest of the tasks, until all are answered and all workers are back
//   closing   end of input; the target shall exit, and nothing shall be left
//
// A phase that cannot go on (the target exited, the run was interrupted) is followed by closing.
// `before_closing` is called while the target is still there, if it is.
// TargetUnusable: the target does not announce the operation that the run needs.
[[nodiscard]] RunEnded conduct(Session& session, const RunOptions& options,
                               const std::function<void()>& before_closing);

// RunEnded::why of a run that somebody ended. Like every other it goes on from "because".
inline constexpr std::string_view kInterrupted = "it was interrupted";

}  // namespace revenant::chaos
