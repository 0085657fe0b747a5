// What a run does: the workload, the faults and when they come, and what is demanded.
//
// Plain data with the defaults of the command line. Values that make no sense together, or that no
// run can have, are refused by run() with std::invalid_argument, whose text names the option.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// What a task asks a worker to do (chaos/PROTOCOL.md). `mix` draws from the first four.
enum class Operation { echo, crc32, sleep, spin, record, die, hang, mix };

// In bytes of UTF-8; each task draws its own.
struct PayloadRange {
  std::size_t min = 64;
  std::size_t max = 64;
};

enum class FaultKind {
  kill,       // SIGKILL to one worker
  kill_some,  // SIGKILL to `victims` workers at one instant
  kill_all,   // SIGKILL to every worker at one instant
  stop,       // SIGSTOP to one worker, and SIGCONT later: a ghost that comes back
  segv,       // SIGSEGV, SIGABRT, SIGTERM to one worker
  abort,
  term,
  exit0,        // the task `die` {"exit":0}: whoever takes it ends as if all were well
  kill_main,    // SIGKILL to the target's main process; the run ends with it
  kill_group,   // the same to its whole process group, at one instant
  spawn_fails,  // SIGKILL to one worker, and for a while the target can start no process
  oom,          // one worker gets no more memory: the kernel's out-of-memory killer ends it
};

struct Fault {
  FaultKind kind = FaultKind::kill;
  // How often it is drawn, in proportion to the weights of the others.
  unsigned weight = 1;
  // How long a stopped worker stays so, or no process can be started; empty: drawn each time, 10 to
  // 500 ms.
  std::optional<std::chrono::milliseconds> stop_for = std::nullopt;
  std::uint64_t victims = 1;  // of kill_some
};

// When faults come. The first three go by the clock. The others are moments, `count` of them spread
// over the run; at_read to before_ready are met by following a process's system calls (ptrace).
struct Schedule {
  enum class Kind {
    poisson,   // at random, `per_second` in the mean: the only one that hits every phase of a task
    every,     // one each `interval`
    burst,     // `count` at once, each `interval`
    idle,      // wait until nothing is outstanding, one fault, then tasks again
    blocked,   // the same, and the victim is the worker that has been blocked longest
    at_read,   // as a worker reads a message, or has just read it
    at_write,  // as a worker writes a message, or between the pieces of one
    booting,   // a worker dies, and its successor is hit when it is first seen
    before_ready,  // the same, by the successor's system calls: before it waits for work
    draining,      // after the end of input, while tasks are open
  };
  Kind kind = Kind::poisson;
  double per_second = 10;
  std::chrono::milliseconds interval{100};
  std::uint64_t count = 1;
};

// A fault that is tied to what the target does, not to the clock: for repetitions.
struct ScriptedFault {
  Fault fault;
  std::uint64_t outcomes = 0;  // it comes once so many tasks have an outcome
  // The victim: the how-manieth worker that was ever seen, from 0. Another if that one is gone.
  std::optional<std::uint64_t> worker = std::nullopt;
  std::optional<Schedule::Kind> moment = std::nullopt;  // one of those that are counted
  std::uint64_t call = 1;  // of at_read, at_write and before_ready: which call of those that count
  bool on_leaving = false;
};

// Which processes below the target are its workers.
enum class WorkerSelection {
  automatic,    // declared, if the target declares any; else children
  declared,     // those that it names in `ready`
  children,     // of its main process
  leaves,       // processes that never had a child
  descendants,  // all
  match,        // whose command line matches `worker_regex` (ECMAScript, searched)
};

// How often a task may be done, as the workers' own record says (`record`).
enum class Executions { unchecked, at_most_once, at_least_once };

// How the harness comes to the target, and what it can ask of it.
enum class TargetKind {
  speaks_protocol,  // started; chaos/PROTOCOL.md
  program,          // started; asked by the probe alone, and ended with SIGTERM
  attached,         // runs already; asked by the probe alone, and left running
};

// How a target that does not speak the protocol is asked: each time is a task.
struct Probe {
  std::string command = {};  // for `sh -c`; answered if it ends with code 0
  std::string tcp = {};      // or HOST:PORT; answered if a connection is accepted and ends in order
};

struct RunOptions {
  // The target: a program (searched in PATH if it has no slash) and its arguments.
  std::vector<std::string> command = {};

  // Of the last two kinds: without a probe there are no tasks, and the run is bounded by
  // `duration`. `operation` and `payload` have no meaning for them.
  TargetKind target_kind = TargetKind::speaks_protocol;
  pid_t attach_to = -1;  // the main process of `attached`; `command` is then empty
  std::optional<Probe> probe = std::nullopt;

  // The chaos phase ends after so many tasks, or after so long if `duration` is set: then not
  // before `tasks_min` tasks were given.
  std::uint64_t tasks = 10'000;
  std::optional<std::chrono::milliseconds> duration = std::nullopt;
  std::uint64_t tasks_min = 0;

  Operation operation = Operation::crc32;
  std::chrono::milliseconds operation_time{1};  // of sleep and spin
  PayloadRange payload = {};

  // Closed loop: so many tasks are open at any time. Open loop, if `rate` is set: so many tasks a
  // second come, whether the target keeps up or not, and latency counts from when each was due.
  std::size_t outstanding = 64;
  std::optional<double> rate = std::nullopt;

  std::vector<Fault> faults = {Fault{}};
  // All of them run at the same time; each draws its faults from `faults`.
  std::vector<Schedule> schedules = {Schedule{}};
  // If it is not empty these are all the faults, in this order, and schedules has no meaning.
  std::vector<ScriptedFault> script = {};
  std::optional<std::uint64_t> faults_max = std::nullopt;  // of those that go by the clock
  std::uint64_t seed = 0;
  // Fewer installed: `unknown`. Without one: half of those that are planned, from 1 to 10; 10 where
  // only the tasks bound the run.
  std::optional<std::uint64_t> faults_min = std::nullopt;

  Claim claim = Claim::completes;
  Executions executions = Executions::unchecked;  // needs the operation `record`
  std::chrono::milliseconds recover_within{1000};
  std::chrono::milliseconds stall_after{5000};
  std::chrono::milliseconds ready_within{10'000};

  WorkerSelection workers = WorkerSelection::automatic;
  std::string worker_regex = {};

  std::string out = "revenant-runs";  // the folder of the run folders
  std::string name = {};              // of this run; empty: after the program

  // How the run is described in run.json and repeated; empty: from the options above.
  std::vector<std::string> command_line = {};
  std::string reproduce = {};

  // A descriptor that is readable once the run shall end early, in good order; a second time, at
  // once. Read (8 bytes or more at a time, as from an eventfd or a signalfd) and never closed.
  // -1: none.
  int interrupt_fd = -1;
  // One line on standard error while it runs.
  bool progress = false;
};

}  // namespace revenant::chaos
