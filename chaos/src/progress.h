// The one line that a run shows while it lasts.
#pragma once

#include <cstdint>
#include <cstdio>

#include "chaos/src/history.h"

namespace revenant::chaos {

// One thread. On a terminal one line that is written over; elsewhere a line now and then, so that a
// log of CI shows that the run is alive.
class Progress {
 public:
  // Where `wanted` is false, nothing is ever written.
  Progress(std::FILE* out, bool wanted);
  ~Progress();  // takes the line away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  struct State {
    Phase phase = Phase::starting;
    std::uint64_t done = 0;
    std::uint64_t installed = 0;
    std::uint64_t workers = 0;
  };
  // Cheap where nothing is due.
  void show(Nanos now, const State& state);
  void clear();

 private:
  std::FILE* out_;
  bool wanted_;
  bool terminal_;
  Nanos next_ = 0;
  Nanos last_ = 0;
  std::uint64_t last_done_ = 0;
  bool shown_ = false;
};

}  // namespace revenant::chaos
