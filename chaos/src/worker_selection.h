// Which members of the target's tree are its workers: `--workers`.
//
// One thread. Decides; signals nobody.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "chaos/src/process_tree.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

class WorkerSelector {
 public:
  // std::invalid_argument for a regular expression that is none.
  WorkerSelector(WorkerSelection selection, const std::string& regex);
  ~WorkerSelector();

  // The workers that the target declared last. Its word is taken only for processes that are below
  // it: selects() is asked about members of its tree, and about nobody else.
  void declare(const std::vector<pid_t>& pids);

  // Whether this living member is a worker now.
  [[nodiscard]] bool selects(const Member& member, pid_t main_pid) const;

 private:
  struct Regex;
  WorkerSelection selection_;
  std::unique_ptr<Regex> regex_;
  bool has_declared_ = false;
  std::unordered_set<pid_t> declared_;
};

}  // namespace revenant::chaos
