#include "bench/src/peers/peers.h"

#include <algorithm>
#include <optional>
#include <random>
#include <stdexcept>

#include "bench/src/peers/arms.h"
#include "bench/src/peers/own_pool.h"
#include "bench/src/peers/peer_answer.h"
#include "bench/src/peers/peer_program.h"

namespace revenant::bench::peers {
namespace {

// A run of a peer takes its time several times over: it starts, warms up, and finds its length.
constexpr auto kStartLimit = std::chrono::seconds(30);
constexpr int kRunTimesMax = 20;

std::string in_folder(const Plan& plan, const Arm& arm) {
  return (plan.folder.empty() ? std::string(REVENANT_PEERS_FOLDER) : plan.folder) + "/" +
         std::string(arm.program);
}

std::string ask(const Plan& plan, const Arm& arm, std::string_view work, unsigned workers) {
  std::vector<std::string> arguments{in_folder(plan, arm), "--work", std::string(work)};
  arguments.insert(arguments.end(), arm.arguments.begin(), arm.arguments.end());
  const double seconds = std::chrono::duration<double>(plan.run_time).count();
  for (const std::string& more : {std::string("--workers"), std::to_string(workers),
                                  std::string("--seconds"), std::to_string(seconds)}) {
    arguments.push_back(more);
  }
  ProgramRun run = run_program(arguments, kStartLimit + kRunTimesMax * plan.run_time);
  if (!run.problem.empty()) throw std::runtime_error(run.problem);
  return std::move(run.output);
}

double speed(const Plan& plan, const Arm& arm, Work work, unsigned workers) {
  if (arm.name == kOwnArm) return own_speed(work, workers, plan.run_time);
  if (arm.name == kOwnBatchArm) return own_batch_speed(workers, plan.run_time);
  return speed_in(ask(plan, arm, to_string(work), workers));
}

// One kill an arm: how many tasks a message carries does not matter to it.
bool has_kill(const Arm& arm) { return !arm.in_batches; }

Kill kill(const Plan& plan, const Arm& arm) try {
  if (arm.program.empty()) return own_kill();
  return kill_in(ask(plan, arm, "kill", 2), arm.name);
} catch (const std::exception& problem) {
  Kill failed;
  failed.arm = arm.name;
  failed.error = problem.what();
  return failed;
}

// Those of the plan that can be run here; the others are said to be absent.
std::vector<const Arm*> present_arms(const Plan& plan, Results& results) {
  std::vector<const Arm*> present;
  for (const Arm& arm : all_arms()) {
    const auto& wanted = plan.arms;
    if (!wanted.empty() && std::ranges::find(wanted, arm.name) == wanted.end()) continue;
    if (!arm.program.empty()) {
      ProgramRun run = run_program({in_folder(plan, arm), "--version"}, kStartLimit);
      if (!run.problem.empty()) {
        results.absent.push_back({std::string(arm.name), run.problem});
        continue;
      }
      while (run.output.ends_with('\n')) run.output.pop_back();
      results.versions.push_back({std::string(arm.name), run.output});
    }
    present.push_back(&arm);
  }
  return present;
}

std::vector<Cell> cells_of(const Plan& plan, const std::vector<const Arm*>& arms) {
  std::vector<Cell> cells;
  for (const Work work : plan.works) {
    for (const Arm* const arm : arms) {
      if (arm->in_batches && work != Work::noop) continue;
      for (const unsigned workers : plan.workers) {
        cells.push_back({.arm = std::string(arm->name), .work = work, .workers = workers});
      }
    }
  }
  return cells;
}

// As std::shuffle, whose order differs between libraries.
void shuffle(std::vector<Cell*>& order, std::mt19937_64& random) {
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[random() % left]);
  }
}

}  // namespace

std::string_view to_string(Work work) noexcept {
  switch (work) {
    case Work::noop:
      return "noop";
    case Work::wait:
      return "wait";
  }
  return "?";
}

Results measure(const Plan& plan, const std::function<void(const std::string&)>& progress) {
  for (const std::string& name : plan.arms) {
    if (find_arm(name) == nullptr) throw std::invalid_argument("there is no arm \"" + name + "\"");
  }
  Results results;
  progress("which peers are there");
  const std::vector<const Arm*> arms = present_arms(plan, results);
  results.cells = cells_of(plan, arms);
  std::vector<Cell*> order;
  for (Cell& cell : results.cells) order.push_back(&cell);
  std::mt19937_64 random(plan.seed);
  for (unsigned round = 1; round <= plan.rounds; ++round) {
    shuffle(order, random);
    for (Cell* const cell : order) {
      if (!cell->error.empty()) continue;
      progress("round " + std::to_string(round) + " of " + std::to_string(plan.rounds) + ": " +
               cell->arm + ", " + std::string(to_string(cell->work)) + ", " +
               std::to_string(cell->workers) + " workers");
      try {
        cell->tasks_per_second.push_back(
            speed(plan, *find_arm(cell->arm), cell->work, cell->workers));
      } catch (const std::exception& problem) {
        cell->error = problem.what();
      }
    }
  }
  for (const Arm* const arm : arms) {
    if (!plan.kills || !has_kill(*arm)) continue;
    progress("a kill: " + std::string(arm->name));
    results.kills.push_back(kill(plan, *arm));
  }
  return results;
}

}  // namespace revenant::bench::peers
