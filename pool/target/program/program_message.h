// The lines between a program and its relay: one JSON value each, as Node writes them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pool/target/program/journal.h"

namespace revenant::target {

// Appends {"id":17,"op":"crc32","arg":…} and a line break. `op` is a name without characters that
// JSON escapes; `arg` is JSON text, or empty for none.
void append_task_message(std::string& output, std::uint64_t id, std::string_view op,
                         std::string_view arg);

// What a program said.
struct ProgramMessage {
  enum class Kind {
    reply,     // to the task `id`, or, without one, to the oldest that is open
    ready,     // {"type":"ready"}: it can take tasks
    internal,  // Node's own: {"cmd":"NODE_…"}
  };
  Kind kind = Kind::reply;
  std::optional<std::uint64_t> id = std::nullopt;
  ReplyKind reply = ReplyKind::value;
  std::string text = {};  // the value's JSON, or the error
};

// Reads lines, one thread. A reply is {"id":17,"value":…} or {"id":17,"error":"…"}; a message with
// none of the two members is itself the value, and one without an id is taken for the answer to the
// oldest open task, which is right for every program that does one thing after the other.
class ProgramMessageParser {
 public:
  ProgramMessageParser();
  ~ProgramMessageParser();
  ProgramMessageParser(const ProgramMessageParser&) = delete;
  ProgramMessageParser& operator=(const ProgramMessageParser&) = delete;

  // kLinePadding readable bytes must follow the line. Valid until the next call.
  [[nodiscard]] const ProgramMessage& parse(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  ProgramMessage message_;
};

}  // namespace revenant::target
