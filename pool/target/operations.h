// The seven operations of the target protocol, as a worker carries them out.
//
// A task travels to the worker as one byte that names the operation, followed by the argument's
// JSON text; the value comes back as JSON text. So the main process neither reads the argument nor
// writes the value: it copies bytes, and JSON is the workers' business.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::target {

enum class Operation : char {
  echo = 'e',
  crc32 = 'c',
  sleep = 's',
  spin = 'p',
  record = 'r',
  die = 'd',
  hang = 'h'
};

struct NamedOperation {
  std::string_view name;
  Operation operation;
};
inline constexpr std::array<NamedOperation, 7> kOperations{{{"echo", Operation::echo},
                                                            {"crc32", Operation::crc32},
                                                            {"sleep", Operation::sleep},
                                                            {"spin", Operation::spin},
                                                            {"record", Operation::record},
                                                            {"die", Operation::die},
                                                            {"hang", Operation::hang}}};

[[nodiscard]] std::optional<Operation> find_operation(std::string_view name) noexcept;
[[nodiscard]] std::vector<std::string> operation_names();

// Runs in a worker, on its only thread. `task` is the byte and the JSON text; `value` receives the
// JSON text of the result. Throws std::invalid_argument for an argument of the wrong kind and
// std::system_error where the environment refuses; both texts are sentences for the one who sent
// the task. `die` and `hang` do not return.
void perform(std::string_view task, std::string& value);

}  // namespace revenant::target
