// A command that is measured again and again: what a run of it says.
//
// Where its text has {out}, that is a file which it fills with Google Benchmark's JSON. Where it
// prints such JSON, that is taken. Else the figure is `wall_time`. One thread.
#pragma once

#include <filesystem>
#include <string>

#include "reports/src/compare/counters.h"
#include "reports/src/compare/samples.h"
#include "reports/src/compare/shell_run.h"

namespace revenant::reports::compare {

class CommandUnderTest {
 public:
  // `scratch` is an existing folder of its own. Both references have to outlive it.
  CommandUnderTest(std::string text, std::filesystem::path scratch, const CounterRules& rules,
                   const Interrupt& interrupt);

  struct Run {
    RunEnd end = RunEnd::done;
    Side side;  // done: each figure has one value, the median of the run's repetitions
  };
  // Throws InputError, naming the command, if it fails or says no JSON where it has to.
  Run run(Clock::time_point deadline);

 private:
  enum class Says : std::uint8_t { unknown, json_in_file, json_in_output, nothing };

  [[nodiscard]] bool has_printed_json() const;

  std::string text_;
  std::filesystem::path output_;
  std::filesystem::path file_;
  std::filesystem::path errors_;
  const CounterRules& rules_;
  const Interrupt& interrupt_;
  Says says_ = Says::unknown;
};

}  // namespace revenant::reports::compare
