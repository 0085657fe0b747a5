// A task's argument, read by the worker that carries the task out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace revenant::target {

// The JSON text of one argument. Every accessor throws std::invalid_argument with a sentence that
// says what was expected and what came. `json` must outlive the object; so must the object the
// views that it returns.
class Argument {
 public:
  Argument(std::string_view operation, std::string_view json) noexcept
      : operation_(operation), json_(json) {}

  [[nodiscard]] std::string_view json() const noexcept { return json_; }

  // The bytes that a JSON string stands for. One without escapes is read where it lies.
  [[nodiscard]] std::string_view string();
  // A number of milliseconds, from 0 to a day.
  [[nodiscard]] double milliseconds();

  // {"path":P,"key":K}; `key` is text without a line break, `key_json` its JSON.
  struct Record {
    std::string path;
    std::string key;
    std::string key_json;
  };
  [[nodiscard]] Record record();

  // {"signal":S} or {"exit":C}.
  struct Death {
    bool by_signal = false;
    int number = 0;
  };
  [[nodiscard]] Death death();

 private:
  [[noreturn]] void refuse(std::string_view wanted) const;

  std::string_view operation_;
  std::string_view json_;
  std::string unescaped_;
};

}  // namespace revenant::target
