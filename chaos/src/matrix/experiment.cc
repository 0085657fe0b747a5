#include "chaos/src/matrix/experiment.h"

namespace revenant::chaos {
namespace {

// Half a second of tasks of 20 ms, more than two workers get done, so that there is a queue when
// the fault comes, and a pool that refuses everything is not given everything there is. The bounds
// are wide: what starts slowly on a loaded machine is not what is asked here.
std::vector<std::string> under_load(std::vector<std::string> options) {
  options.insert(options.end(), {"--op", "sleep", "--op-ms", "20", "--rate", "200", "--duration",
                                 "0.5", "--stall-after", "3000", "--recover-within", "3000"});
  return options;
}

}  // namespace

std::span<const Experiment> experiments() {
  static const std::vector<Experiment> all = {
      {"busy", "a worker is killed in mid-task", under_load({"--schedule", "every:300"})},
      {"idle",
       "a worker that has nothing to do is killed; then come tasks",
       {"--schedule", "idle:2", "--op", "sleep", "--op-ms", "10", "--tasks", "60", "--outstanding",
        "16", "--stall-after", "3000", "--recover-within", "3000"}},
      {"exit0", "a worker leaves with code 0 in mid-task",
       under_load({"--fault", "exit0", "--schedule", "every:300"})},
      {"poison", "three tasks come at once that end every worker that takes them",
       under_load({"--fault", "exit0", "--schedule", "burst:3/300"})},
      {"stop", "a worker is stopped for two seconds",
       under_load({"--fault", "stop:2000", "--schedule", "every:300"})},
      // In the middle of tasks that take longer than anyone may take to go: most pools' workers are
      // told by the end of their channel, which they read when they are done.
      {"main",
       "the pool's own main process is killed while its workers are busy",
       {"--fault", "kill-main", "--schedule", "every:2500", "--op", "sleep", "--op-ms", "2000",
        "--outstanding", "8", "--duration", "2.8", "--stall-after", "3000", "--recover-within",
        "3000"}},
  };
  return all;
}

}  // namespace revenant::chaos
