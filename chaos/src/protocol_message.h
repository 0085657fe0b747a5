// One line of the target as a message of the protocol (chaos/PROTOCOL.md).
//
// Pure functions of a stranger's bytes: any line gives a message, at worst an UnreadableMessage
// that says why. Memory is bounded by a small multiple of the line, recursion by kDepthMax.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chaos/src/history.h"

namespace revenant::chaos {

struct ReadyMessage {
  std::optional<std::vector<pid_t>> workers;  // none: the target says nothing of them
  std::optional<std::vector<std::string>> operations;
  std::string name;
  std::string version;
};
struct UnreadableMessage {
  std::string why;
};
using Message = std::variant<TaskResult, TaskFailed, ReadyMessage, UnreadableMessage>;

inline constexpr std::uint64_t kTaskIdMax = (std::uint64_t{1} << 53) - 1;
inline constexpr int kDepthMax = 64;

// `line` without its newline.
[[nodiscard]] Message parse_message(std::string_view line);

// The two ways of parse_message(), for the test that they agree. The first knows a result of the
// common shape only (keys in the order of the protocol, a plain ASCII string or a whole number as
// value) and answers false, with `result` untouched, to any other line; the second knows every
// line.
[[nodiscard]] bool parse_common_result(std::string_view line, TaskResult& result) noexcept;
[[nodiscard]] Message parse_any_message(std::string_view line);

// The first bytes of a stranger's line, fit for a terminal: control characters become U+FFFD.
// Bytes that are not UTF-8 stay; the writer of the history replaces them.
[[nodiscard]] std::string sample_of(std::string_view line);

}  // namespace revenant::chaos
