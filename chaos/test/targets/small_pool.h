// A small honest pool of processes, to be broken in one place at a time.
//
// One thread, one poll() loop, one task a worker at a time. A worker's death is the end of its
// socket: what it had answered before is delivered, the task that it still had is put back in
// front, and another worker takes its place. Correct with Mutation::none, and no model of speed.
#pragma once

#include <poll.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "chaos/test/targets/mutation.h"
#include "chaos/test/targets/worker_process.h"

namespace revenant::chaos::targets {

class SmallPool {
 public:
  // A task whose workers have died so often is given up.
  SmallPool(unsigned workers, unsigned attempts_max, Mutation mutation);

  // Speaks the target protocol on standard input and output until the input has ended and all is
  // done. Returns the exit code.
  int run();

 private:
  void announce();
  void spawn();
  void spawn_due();
  void wait();
  void take_input();
  void dispatch();
  void on_socket(std::size_t which);
  void on_answer(WorkerProcess& worker, const std::string& line);
  void on_death(std::size_t which);
  void move_on(WorkerProcess& dead);
  void give_up_all();
  void harm_on_death(WorkerProcess& dead, int status);
  void give(WorkerProcess& worker, Task task);
  void push(WorkerProcess& worker);
  void say(const std::string& lines);
  [[nodiscard]] bool is_done() const;
  template <typename... Mutations>
  [[nodiscard]] bool has(Mutations... mutations) const {
    return ((mutation_ == mutations) || ...);
  }
  // The n-th death is being dealt with.
  [[nodiscard]] bool at_death(unsigned n) const { return deaths_ == n; }

  unsigned strength_;
  unsigned attempts_max_;
  Mutation mutation_;
  std::vector<WorkerProcess> workers_;
  std::deque<Task> queue_;
  std::deque<std::int64_t> births_;  // when places are to be filled, in ms
  std::string input_;
  bool input_ended_ = false;
  unsigned deaths_ = 0;
  std::int64_t last_death_ = 0;  // in ms
  std::int64_t death_before_ = 0;
  unsigned spawned_ = 0;
  std::uint64_t answers_ = 0;
  bool stopped_dispatching_ = false;
  std::vector<std::string> hoard_;
};

}  // namespace revenant::chaos::targets
