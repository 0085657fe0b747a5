// A pool whose tasks are carried out by programs.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pool/target/program/bundle_size.h"
#include "pool/target/program/journal.h"
#include "pool/target/program/relay.h"
#include "revenant/pool.h"

namespace revenant::target {

// The same contract as Pool's, and the same promises, with a program for the function: the worker
// that events and outcomes name is the program. `options` speak of tasks; the pool below is given
// bundles of them (pool/README.md has the argument). One thread drives it.
class ProgramPool {
 public:
  // on_worker_start runs in the worker before its program is started, on_worker_leave before its
  // program is told to go.
  ProgramPool(ProgramOptions program, PoolOptions options);
  ProgramPool(const ProgramPool&) = delete;
  ProgramPool& operator=(const ProgramPool&) = delete;

  // `message` is the line that the program is sent, `tag` the id in it. It waits until dispatch()
  // or poll().
  [[nodiscard]] SubmitResult submit(std::string_view message, std::uint64_t tag);
  // Gives what waits to the workers, as far as they can take it.
  void dispatch();

  std::size_t poll(std::chrono::nanoseconds timeout, OutcomeHandler handler);
  bool shutdown(std::chrono::nanoseconds timeout, OutcomeHandler handler);

  [[nodiscard]] int event_descriptor() { return pool_.event_descriptor(); }
  [[nodiscard]] std::size_t open_tasks() const noexcept { return open_tasks_; }
  [[nodiscard]] bool stopped() const noexcept { return pool_.stopped(); }

 private:
  struct Task {
    std::uint64_t tag = 0;
    unsigned blamed = 0;  // programs that died under it
    std::string message;
  };
  using Tasks = std::vector<Task>;

  [[nodiscard]] PoolOptions bundle_options();
  void observe(Event event);
  [[nodiscard]] Tasks take_bundle();
  [[nodiscard]] bool submit_bundle(Tasks tasks);
  void put_back(Tasks tasks);
  void deliver_bundle(const Outcome& outcome, OutcomeHandler handler);
  // Delivers what the replies answer, and leaves the others in their order.
  [[nodiscard]] Tasks deliver_replies(Tasks tasks, const Outcome& outcome, OutcomeHandler handler);
  void blame_first(Tasks& unanswered, const Outcome& outcome, OutcomeHandler handler);
  void deliver(const Task& task, Outcome outcome, OutcomeHandler handler);
  void cancel_waiting(Reason reason, OutcomeHandler handler);

  const PoolOptions options_;
  Journals journals_;
  Relay relay_;
  BundleSize size_;
  std::deque<Task> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::size_t open_tasks_ = 0;
  std::vector<Tasks> bundles_;  // by journal
  std::vector<std::uint32_t> free_journals_;
  std::unordered_map<pid_t, pid_t> programs_;  // by their relays
  std::string payload_;
  Pool pool_;  // last: its observer and its workers use what stands above
};

}  // namespace revenant::target
