// One line of the target protocol, as the main process reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace revenant::target {

// Bytes behind a line that must be readable, whatever they hold: the parser looks at whole vectors.
inline constexpr std::size_t kLinePadding = 64;

struct TaskLine {
  std::uint64_t id = 0;
  std::string_view op;   // as the parser was given it
  std::string_view arg;  // its JSON text, within the line; empty if there was none
};

// A line that asks for nothing that this target can do. With an id it is answered with `failed`.
struct RejectedLine {
  std::optional<std::uint64_t> id;
  std::string why;
};

// Reads lines, one thread. Keeps what it allocated for the largest line until shrink().
class TaskLineParser {
 public:
  // The operations that this target has; a task that asks for another is rejected.
  explicit TaskLineParser(std::vector<std::string> operations);
  ~TaskLineParser();
  TaskLineParser(TaskLineParser&&) noexcept;
  TaskLineParser& operator=(TaskLineParser&&) noexcept;

  // Fields that it does not know are passed over. The argument is found but not read: whether it
  // fits the operation is for the worker to say. Views in the result point into `line`.
  [[nodiscard]] std::variant<TaskLine, RejectedLine> parse(std::string_view line);
  void shrink();

 private:
  struct Parser;
  [[nodiscard]] std::string unknown(std::string_view op) const;

  std::vector<std::string> operations_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace revenant::target
