// `revenant pool` as a child process on two pipes, for the tests of pool/target.
#pragma once

#include <sys/types.h>

#include <deque>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pool/os/process.h"
#include "pool/os/unique_fd.h"
#include "pool/target/target.h"

namespace revenant::target {

// Forks a child that runs run_pool_command with `arguments`, or run_target with `options` where no
// argument says what the test needs; kills it if it still lives at the end.
// Every wait has a generous limit and throws std::runtime_error when it is over.
class TargetProcess {
 public:
  explicit TargetProcess(std::vector<std::string> arguments = {});
  explicit TargetProcess(const TargetOptions& options);
  ~TargetProcess();
  TargetProcess(const TargetProcess&) = delete;
  TargetProcess& operator=(const TargetProcess&) = delete;

  void send(std::string_view text);  // whole, as it is
  void send_task(std::uint64_t id, std::string_view op, std::string_view arg_json);
  // Sends only what the target takes now; returns how many bytes that was.
  std::size_t send_some(std::string_view text);
  void end_input() { input_.reset(); }
  void close_output() { output_.reset(); }

  [[nodiscard]] std::string read_line();
  // The next line that is not a `ready`.
  [[nodiscard]] nlohmann::json read_answer();
  // The workers of the last `ready` that was read; reads on until there are `count`, none of them
  // in `gone`. No other line may come meanwhile.
  [[nodiscard]] std::vector<pid_t> read_workers(std::size_t count,
                                                const std::vector<pid_t>& gone = {});
  // Waits until the target has read all that was sent.
  void wait_input_taken();

  // Waits for its end: the exit code, or 128 + the signal.
  [[nodiscard]] int wait_exit();
  [[nodiscard]] std::string errors();  // what is on its standard error after wait_exit()
  [[nodiscard]] const os::Process& process() const noexcept { return process_; }

 private:
  explicit TargetProcess(const std::function<int()>& target);

  pid_t pid_ = -1;
  os::Process process_;
  os::UniqueFd input_;
  os::UniqueFd output_;
  os::UniqueFd errors_;  // a file without a name: it never fills up
  std::string unread_;
  std::vector<pid_t> workers_;
  std::deque<nlohmann::json>
      put_aside_;  // answers that came before the workers that were asked for
  std::optional<int> exit_code_;
};

}  // namespace revenant::target
