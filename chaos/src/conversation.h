// What is said between the harness and the target: tasks out, messages in, all of it recorded.
//
// One thread, with SIGPIPE blocked. Nothing here waits: descriptors are non-blocking. Memory is
// bounded whatever the target says: a line by the limit of the run, lines that nobody asked for by
// kNoiseMax, after which is_flooded() asks for the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chaos/src/launch.h"
#include "chaos/src/open_tasks.h"
#include "chaos/src/protocol_lines.h"
#include "chaos/src/protocol_message.h"
#include "chaos/src/recorder.h"
#include "chaos/src/target_input.h"
#include "chaos/src/workload.h"

namespace revenant::chaos {

class Conversation {
 public:
  Conversation(os::UniqueFd input, os::UniqueFd output, const RunOptions& options,
               std::string record_path, Recorder& recorder);

  // Writes the next task into the buffer of the input. `due` is when it should have been.
  void submit(Nanos due, Nanos now);
  // The task of the fault exit0: whoever takes it ends itself with code 0. Its id.
  std::uint64_t submit_death(Nanos now);
  [[nodiscard]] TargetInput& input() noexcept { return input_; }

  // One read of the output, and the messages in it. False once the output has ended.
  bool read();
  [[nodiscard]] int output_fd() const noexcept { return output_.get(); }

  // The `ready` that came since the last call.
  [[nodiscard]] std::optional<ReadyMessage> take_ready();

  [[nodiscard]] Workload& workload() noexcept { return workload_; }
  [[nodiscard]] std::uint64_t given() const noexcept { return open_.given(); }
  [[nodiscard]] bool is_open(std::uint64_t id) const noexcept { return open_.is_open(id); }
  [[nodiscard]] std::uint64_t outstanding() const noexcept { return open_.count(); }
  // Tasks with an outcome.
  [[nodiscard]] std::uint64_t done() const noexcept { return given() - outstanding(); }
  // When the last first outcome of a task came, or the first task went out after nothing was open.
  [[nodiscard]] Nanos last_progress() const noexcept { return last_progress_; }
  [[nodiscard]] bool is_flooded() const noexcept { return noise_ >= kNoiseMax; }
  [[nodiscard]] std::uint64_t unreadable_lines() const noexcept { return unreadable_; }

  static constexpr std::uint64_t kNoiseMax = 10'000;

 private:
  void take(const ProtocolLines::Line& line, Nanos now);
  void take_result(const TaskResult& result, Nanos now);
  void take_failed(const TaskFailed& failed, Nanos now);
  void take_unreadable(const ProtocolLines::Line& line, std::string why, Nanos now);
  void close_task(std::uint64_t id, Nanos now);

  TargetInput input_;
  os::UniqueFd output_;
  ProtocolLines lines_;
  Recorder& recorder_;
  Workload workload_;
  OpenTasks open_;
  std::optional<ReadyMessage> ready_;
  Nanos last_progress_ = 0;
  std::uint64_t noise_ = 0;
  std::uint64_t unreadable_ = 0;
  std::uint64_t repeated_ready_ = 0;
};

}  // namespace revenant::chaos
