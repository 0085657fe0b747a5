// An assertion that stays on in release builds.
//
// For broken invariants only: a state that the program's own logic rules out. What the environment
// or a peer can cause is an error or an event, never a check. Async-signal-safe apart from the
// final message.
#pragma once

#define REVENANT_CHECK(condition, why) \
  ((condition) ? void(0) : ::revenant::os::check_failed(#condition, why, __FILE__, __LINE__))

namespace revenant::os {

[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);

}  // namespace revenant::os
