// What is wrong with a file that a report was asked for.
#pragma once

#include <stdexcept>
#include <string>

namespace revenant::reports {

// Thrown while inputs are read, before anything is written. The text is one sentence for a person:
// the file, the place in it, what was expected there, and what to do. `revenant report` prints it
// and exits with 3; `write_run_report` returns it.
class InputError : public std::runtime_error {
 public:
  InputError(const std::string& file, const std::string& what)
      : std::runtime_error(file + ": " + what) {}
};

}  // namespace revenant::reports
