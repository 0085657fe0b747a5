// The command line of `revenant chaos` as options of a run.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

// Wrong usage; the text names the place and says what to do.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct CommandLine {
  RunOptions options;
  bool uses_own_pool = false;  // no program was named
  bool json = false;
  bool quiet = false;
  bool dry_run = false;
  bool no_protocol = false;
  bool yes = false;           // root may attach to what it did not start
  double shrink_seconds = 0;  // 0: it was not asked for
  std::string help;           // not empty: print this, and nothing else is to be done
};

// `arguments` are those behind the verb. UsageError for what no run can be made of.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string>& arguments);

// The group of the options that say what a run leaves behind, not what it does.
inline constexpr const char* kOutputGroup = "What comes out";

// The options as they are declared, for those who speak of them.
struct DeclaredOption {
  std::string option;  // "--op-ms"
  std::string value;   // "MS", "N"; empty: it takes none
  std::string help;
  std::string group;  // "The load"
};
[[nodiscard]] std::vector<DeclaredOption> declared_options();

}  // namespace revenant::chaos
