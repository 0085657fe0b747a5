// Runs against targets that do not speak the protocol: what of the options makes sense for them.
// Pure.
#pragma once

#include "revenant/chaos/options.h"

namespace revenant::chaos {

// Nothing is asked: the tree alone is watched.
[[nodiscard]] bool has_no_tasks(const RunOptions& options) noexcept;

// Throws std::invalid_argument, naming the option as on the command line.
void check_without_protocol(const RunOptions& options);

// The options as the rest of the harness shall see them: a probe is the task `echo` of a few bytes.
[[nodiscard]] RunOptions with_probe_tasks(RunOptions options);

// What the user said; for the rest a server has other defaults than a pool.
struct SaidOptions {
  bool tasks_or_duration = false;
  bool outstanding_or_rate = false;
  bool schedule = false;
  bool claim = false;
  bool recover_within = false;
};
void apply_server_defaults(RunOptions& options, SaidOptions said);

}  // namespace revenant::chaos
