// How many answers each worker gave, how fast, and until when, where results and failures name
// their worker.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <unordered_map>

#include "chaos/src/task_ledger.h"

namespace revenant::chaos {

struct Answers {
  std::uint64_t results = 0;
  std::uint64_t failures = 0;
  Nanos first = 0;
  Nanos last = 0;
  [[nodiscard]] double per_second() const;
};

class AnswersByWorker {
 public:
  // Operations that are meant to fail are passed over.
  void on_outcome(const Outcome& outcome);
  [[nodiscard]] const std::unordered_map<pid_t, Answers>& of_each() const noexcept {
    return of_each_;
  }

 private:
  std::unordered_map<pid_t, Answers> of_each_;
};

}  // namespace revenant::chaos
