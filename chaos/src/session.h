// A target that runs, and the loop that watches it.
//
// One thread, which stays alive as long as the object: the target is killed with it. Destroying a
// session kills what is left of the target's tree, unless that was only attached to: then those
// that it stopped go on. The phases (phases.h) decide what to do next; turn() waits for whatever
// happens and records it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chaos/src/conversation.h"
#include "chaos/src/injector.h"
#include "chaos/src/launch.h"
#include "chaos/src/own_process.h"
#include "chaos/src/prober.h"
#include "chaos/src/process_tree.h"
#include "chaos/src/progress.h"
#include "chaos/src/recorder.h"
#include "chaos/src/run_folder.h"
#include "chaos/src/spawn_gate.h"
#include "chaos/src/target_log.h"
#include "chaos/src/worker_selection.h"
#include "chaos/src/workers.h"
#include "pool/os/epoll.h"
#include "pool/os/timer_fd.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

// The target's main process is killed with it, and reaped, unless that was done before.
class KilledOnDestroy {
 public:
  explicit KilledOnDestroy(const os::Process& process) noexcept : process_(process) {}
  ~KilledOnDestroy();
  KilledOnDestroy(const KilledOnDestroy&) = delete;
  KilledOnDestroy& operator=(const KilledOnDestroy&) = delete;
  void was_reaped() noexcept { alive_ = false; }
  void let_live() noexcept { alive_ = false; }

 private:
  const os::Process& process_;
  bool alive_ = true;
};

class Session {
 public:
  // Launches the target, or takes hold of the one that runs. Throws as launch() and Prober do.
  Session(const RunOptions& options, const RunFolder& folder, Recorder& recorder);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Waits until something happens, at most until `until`, and takes it in.
  void turn(Nanos until);

  void begin(Phase phase);
  [[nodiscard]] Phase phase() const noexcept { return phase_; }
  [[nodiscard]] Nanos now() const noexcept { return recorder_.now(); }

  [[nodiscard]] Conversation& conversation() noexcept { return conversation_; }
  [[nodiscard]] Workers& workers() noexcept { return workers_; }
  [[nodiscard]] Injector& injector() noexcept { return injector_; }
  [[nodiscard]] ProcessTree& tree() noexcept { return tree_; }
  [[nodiscard]] Recorder& recorder() noexcept { return recorder_; }
  [[nodiscard]] const TargetLog& log() const noexcept { return log_; }

  // Sends what is waiting in the input's buffer. A target that closed its input is remembered.
  void flush_input();
  // The end of the run, as the target can be told it: the end of its input, or SIGTERM, or nothing.
  void ask_to_end();
  [[nodiscard]] bool input_was_closed_by_target() const noexcept { return input_closed_by_target_; }

  // The first `ready`, once it came.
  [[nodiscard]] const std::optional<ReadyMessage>& ready() const noexcept { return ready_; }

  // Whether the main process has ended, and how.
  [[nodiscard]] bool has_exited() const noexcept { return exited_; }
  // Empty where nobody tells, as of a process that is no child of this one.
  [[nodiscard]] std::optional<int> exit_status() const noexcept { return exit_status_; }
  // The target ran before, and shall run on.
  [[nodiscard]] bool is_attached() const noexcept {
    return options_.target_kind == TargetKind::attached;
  }
  // Why the last probe failed that did; empty without one.
  [[nodiscard]] std::string last_probe_failure() const;
  // SIGKILL to the main process.
  void kill_main();

  // The target closed its standard output, and lives on: not merely because it is about to exit.
  [[nodiscard]] bool output_was_closed_by_target() const noexcept;

  // How often the run was asked to end early.
  [[nodiscard]] int interrupts() const noexcept { return interrupts_; }

 private:
  void wait(Nanos until);
  void dispatch(std::uint64_t token);
  void take_ready();
  void on_main_ended();
  void take_interrupt();
  void take_sample(Nanos now);
  void look_closely(Nanos now);
  void watch(int fd, std::uint32_t events, std::uint64_t token);

  const RunOptions& options_;
  Recorder& recorder_;
  NoSigpipe no_sigpipe_;
  ChildSubreaper subreaper_;
  os::Epoll epoll_;
  os::TimerFd timer_;
  Launched launched_;
  KilledOnDestroy main_guard_;
  std::optional<Prober> prober_;  // before the conversation, which closes its input
  Conversation conversation_;
  TargetLog log_;
  SpawnGate gate_;
  ProcessTree tree_;
  WorkerSelector selector_;
  Workers workers_;
  Injector injector_;
  Progress progress_;
  bool watches_closely_;  // since when each worker has been blocked
  Nanos next_close_look_ = 0;
  Phase phase_ = Phase::starting;
  Nanos next_sample_ = 0;
  Nanos timer_at_ = 0;
  std::optional<ReadyMessage> ready_;
  bool exited_ = false;
  std::optional<int> exit_status_;
  bool killed_main_ = false;
  bool input_closed_by_target_ = false;
  std::optional<Nanos> output_closed_at_;
  int interrupts_ = 0;
};

}  // namespace revenant::chaos
