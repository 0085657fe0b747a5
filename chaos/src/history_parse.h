// One line of history.jsonl to one event.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "chaos/src/history.h"

namespace revenant::chaos {

class EventParser {
 public:
  EventParser();
  ~EventParser();

  // Bytes that must be readable (with any content) behind the line that is parsed.
  static constexpr std::size_t kPadding = 64;

  enum class Result { ok, unknown_kind, damaged };
  // `line` without its newline. Fields that are not known are ignored. For unknown_kind and
  // damaged, why() says what was found.
  Result parse(const char* line, std::size_t length, HistoryEvent& event);
  [[nodiscard]] const std::string& why() const noexcept { return why_; }

 private:
  struct Json;
  std::unique_ptr<Json> json_;
  std::string why_;
};

}  // namespace revenant::chaos
