// Goal 14: the harness and the pool behind the protocol, without faults.
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/src/goals/arms.h"
#include "bench/src/goals/command_run.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goals/scratch_folder.h"

namespace revenant::bench::goals {
namespace {

constexpr const char* kOutstanding = "256";
// No fault within a day: the run is over before.
constexpr const char* kNoFaults = "every:86400000";
constexpr std::uint64_t kTimesMore = 4;

struct ChaosRun {
  double tasks_per_second = 0;
  double cores = 0;
  double peak_kib = 0;
};

ChaosRun run_chaos(const GoalSettings& settings, std::uint64_t tasks) {
  const ScratchFolder folder;
  const CommandRun run =
      run_command({settings.command, "chaos", "--json", "--op", "echo", "--tasks",
                   std::to_string(tasks), "--outstanding", kOutstanding, "--schedule", kNoFaults,
                   "--faults-min", "0", "--out", folder.file("runs")});
  const auto verdict = nlohmann::json::parse(run.output, nullptr, false);
  if (run.exit_code != 0 || !verdict.is_object() || verdict.value("verdict", "") != "pass") {
    throw std::runtime_error("`revenant chaos` without faults did not pass; exit code " +
                             std::to_string(run.exit_code));
  }
  return {.tasks_per_second = verdict.at("throughput_per_s").at("chaos"),
          .cores = run.cpu_seconds / run.wall_seconds,
          .peak_kib = run.peak_kib};
}

}  // namespace

Rows measure_protocol(const GoalSettings& settings) {
  const std::uint64_t tasks = settings.effort.protocol_tasks;
  Series rate, cores, peak, peak_of_more;
  interleave({{"revenant chaos on revenant pool",
               [&] {
                 const ChaosRun run = run_chaos(settings, tasks);
                 rate.push_back(run.tasks_per_second);
                 cores.push_back(run.cores);
                 peak.push_back(run.peak_kib);
               }},
              {"the same, four times the tasks",
               [&] { peak_of_more.push_back(run_chaos(settings, kTimesMore * tasks).peak_kib); }}},
             settings.effort.rounds_of_many);
  const std::string runs = std::to_string(tasks) + " tasks, " + kOutstanding + " open";
  return {
      value_row({14, "echo tasks a second through the protocol", Sense::at_least, 300'000,
                 std::nullopt, "tasks/s"},
                rate, runs),
      value_row({14, "processors that the harness uses", Sense::at_most, 1, std::nullopt, "cores"},
                cores, "its own time, judging and reports included"),
      ratio_row(
          {14, "its largest memory with four times the tasks / with those", Sense::at_most, 1.1},
          peak_of_more, peak,
          figure(middle(peak_of_more) / 1024) + " MiB beside " + figure(middle(peak) / 1024) +
              " MiB"),
  };
}

}  // namespace revenant::bench::goals
