#include "bench/src/goals/long_history.h"

#include <array>
#include <stdexcept>

#include "chaos/src/history_file.h"

namespace revenant::bench::goals {
namespace {

using chaos::Nanos;

constexpr Nanos kStep = 1'000;             // between two events
constexpr Nanos kMillisecond = 1'000'000;  // from a kill to the replacement, in two steps
constexpr std::uint64_t kOpenTasks = 64;
constexpr std::uint64_t kTasksAKill = 500;
constexpr pid_t kTarget = 100;
constexpr pid_t kFirstWorker = 101;
constexpr std::size_t kHistoryWorkers = 4;

class LongHistory {
 public:
  explicit LongHistory(const std::string& path) : writer_(path) {}

  std::uint64_t write(std::uint64_t events) {
    begin();
    append(chaos::PhaseBegan{chaos::Phase::chaos});
    const std::uint64_t tasks = events / 2;
    const std::uint64_t calm = tasks - tasks / 10;
    for (std::uint64_t task = 1; task <= tasks; ++task) {
      submit(task);
      if (task > kOpenTasks) answer(task - kOpenTasks);
      if (task < calm && task % kTasksAKill == 0) kill();
      if (task == calm) append(chaos::PhaseBegan{chaos::Phase::calm});
    }
    for (std::uint64_t task = tasks < kOpenTasks ? 1 : tasks - kOpenTasks + 1; task <= tasks;
         ++task) {
      answer(task);
    }
    end();
    if (!writer_.flush()) throw std::runtime_error(writer_.error());
    return writer_.events();
  }

 private:
  void append(chaos::Happening what) {
    t_ += kStep;
    writer_.append({t_, std::move(what)});
  }

  void begin() {
    append(chaos::RunStarted{.claim = "completes",
                             .seed = 7,
                             .recover_within = 1000 * kMillisecond,
                             .stall_after = 5000 * kMillisecond});
    append(chaos::TargetStarted{kTarget, "./pool"});
    append(chaos::PhaseBegan{chaos::Phase::starting});
    for (std::size_t i = 0; i < kHistoryWorkers; ++i) workers_[i] = next_pid_++;
    append(chaos::TargetReady{{workers_.begin(), workers_.end()}, "pool"});
    for (const pid_t pid : workers_) seen(pid);
  }

  void seen(pid_t pid) { append(chaos::WorkerSeen{pid, static_cast<std::uint64_t>(pid), t_}); }

  static chaos::Digest value_of(std::uint64_t task) {
    return {.is_number = true, .number = task * 2'654'435'761 % 4'294'967'296};
  }

  void submit(std::uint64_t task) {
    append(chaos::TaskSubmitted{task, "crc32", t_, value_of(task)});
  }

  void answer(std::uint64_t task) {
    append(chaos::TaskResult{task, value_of(task), workers_[task % kHistoryWorkers], 1u});
  }

  void kill() {
    pid_t& victim = workers_[faults_ % kHistoryWorkers];
    const Nanos sent = t_;
    t_ += kMillisecond;
    append(chaos::FaultDone{.n = faults_++,
                            .fault = "kill",
                            .planned = sent,
                            .state = chaos::FaultState::installed,
                            .victim = victim,
                            .sent = sent,
                            .seen = t_,
                            .ended = {},
                            .evidence = "pidfd readable"});
    append(chaos::WorkerGone{victim, t_, chaos::GoneBecause::injected, 9, t_});
    t_ += kMillisecond;
    victim = next_pid_++;
    seen(victim);
  }

  void end() {
    append(chaos::PhaseBegan{chaos::Phase::closing});
    for (const pid_t pid : workers_) {
      append(chaos::WorkerGone{pid, t_, chaos::GoneBecause::closing, 0, {}});
    }
    append(chaos::TargetExited{.code = 0, .signal = {}, .injected = false});
    append(chaos::RunEnded{"all tasks done", false});
  }

  chaos::HistoryWriter writer_;
  Nanos t_ = 0;
  std::array<pid_t, kHistoryWorkers> workers_{};
  pid_t next_pid_ = kFirstWorker;
  std::uint64_t faults_ = 0;
};

}  // namespace

std::uint64_t write_long_history(const std::string& path, std::uint64_t events) {
  return LongHistory(path).write(events);
}

}  // namespace revenant::bench::goals
