// One line on the terminal that says what is being measured: repetitions are shuffled, and a row of
// the table appears only when its last one is done.
#pragma once

#include <string>

namespace revenant::bench {

// Writes to standard error, and nothing where that is not a terminal. The line is gone when the
// object is: what is printed after it starts on an empty line.
class ProgressLine {
 public:
  explicit ProgressLine(const std::string& name);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

 private:
  bool shown_;
};

}  // namespace revenant::bench
