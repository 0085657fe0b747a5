// What a run changes of the process that carries it, and puts back at its end.
//
// Each object belongs to the thread that runs the harness, and lives as long as its session.
#pragma once

#include <csignal>

namespace revenant::chaos {

// SIGPIPE is blocked while one lives, and one that came meanwhile is taken away with it: a target
// that closes its input is an answer.
class NoSigpipe {
 public:
  NoSigpipe() noexcept;
  ~NoSigpipe();
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;

 private:
  sigset_t before_;
};

// Descendants that lose their parent become children of this process, where they can be found.
class ChildSubreaper {
 public:
  ChildSubreaper();  // std::system_error
  ~ChildSubreaper();
  ChildSubreaper(const ChildSubreaper&) = delete;
  ChildSubreaper& operator=(const ChildSubreaper&) = delete;

 private:
  int before_ = 0;
};

}  // namespace revenant::chaos
