// What became of each task, while the events of a history go by.
//
// Memory grows with the tasks that are open at once, not with those that are done: of a task with
// an outcome only its id is kept, in a set in which neighbours cost nothing, so that a second
// outcome is known however late it comes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "chaos/src/history.h"
#include "chaos/src/id_set.h"
#include "chaos/src/oddities.h"

namespace revenant::chaos {

// Given, and without an outcome.
struct OpenTask {
  std::uint64_t id = 0;
  std::uint64_t number = 0;  // the how-manieth of the run, from 0
  Nanos submitted = 0;
  std::uint8_t op = 0;         // TaskLedger::name_of()
  std::optional<Digest> want;  // none for an operation without a result
};

// The first outcome of a task.
struct Outcome {
  std::uint64_t id = 0;
  std::uint64_t number = 0;
  Nanos submitted = 0;
  Nanos at = 0;
  bool is_result = false;  // else `failed`
  bool has_want = false;
  std::uint8_t op = 0;
  pid_t worker = -1;  // who the target says it was, if it says
  unsigned attempts = 0;
  // An operation that never returns a value (die, hang) is meant to fail.
  [[nodiscard]] bool should_not_have_failed() const { return !is_result && has_want; }
};

class TaskLedger {
 public:
  // False for an id that was given before: an error of the harness; the first one counts.
  bool give(const TaskSubmitted& task, Nanos t);
  // Empty where it is no first outcome of a task that was given: then it is among the oddities.
  std::optional<Outcome> take(const TaskResult& result, Nanos t);
  std::optional<Outcome> take(const TaskFailed& failed, Nanos t);

  [[nodiscard]] std::uint64_t given() const { return given_; }
  [[nodiscard]] std::uint64_t results() const { return results_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }
  [[nodiscard]] std::uint64_t outcomes() const { return results_ + failed_; }
  [[nodiscard]] std::uint64_t open() const { return open_.size(); }
  [[nodiscard]] std::uint64_t outstanding_max() const { return outstanding_max_; }
  [[nodiscard]] bool wants_a_result() const { return wants_a_result_; }  // any of them
  [[nodiscard]] bool was_given(std::uint64_t id) const;
  [[nodiscard]] const std::string& name_of(std::uint8_t op) const { return op_names_[op]; }

  // In the order in which they were given.
  [[nodiscard]] std::vector<OpenTask> open_tasks() const;
  [[nodiscard]] const IdSet& with_outcome() const { return with_outcome_; }
  [[nodiscard]] const IdSet& with_failure() const { return with_failure_; }

  Oddities duplicated;  // a second result
  Oddities corrupted;   // a first result with another value than was wanted
  Oddities unexpected;  // any other outcome that should not have been

 private:
  Outcome settle(const OpenTask& task, Nanos t, std::optional<pid_t> worker,
                 std::optional<unsigned> attempts);
  void note_second_result(const TaskResult& result, Nanos t);
  [[nodiscard]] std::uint8_t index_of(const std::string& op);

  std::unordered_map<std::uint64_t, OpenTask> open_;  // by id
  IdSet with_outcome_;
  IdSet with_failure_;
  // What the latest of those with a result should have given, to compare a second one with.
  struct Wanted {
    std::uint64_t id = 0;
    Digest value;
  };
  static constexpr std::size_t kWantedKept = 4096;
  std::vector<Wanted> wanted_;  // a circle
  std::vector<std::string> op_names_;
  std::uint64_t given_ = 0;
  std::uint64_t results_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t outstanding_max_ = 0;
  bool wants_a_result_ = false;
};

}  // namespace revenant::chaos
