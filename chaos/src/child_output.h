// Runs a program to its end and keeps what it wrote.
#pragma once

#include <string>
#include <vector>

namespace revenant::chaos {

struct ChildOutput {
  int exit_code = -1;  // 128 + the signal where one ended it
  std::string standard_output;
  std::string standard_error;
};

// Blocks until the program has ended. Its standard input is empty. Any thread. Throws
// std::system_error where no process can be started; a program that is not there ends with 127.
[[nodiscard]] ChildOutput run_child(const std::vector<std::string>& command);

}  // namespace revenant::chaos
