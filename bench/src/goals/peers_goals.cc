// Goal 16: this pool beside those that people use.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/peers/peers.h"
#include "bench/src/progress.h"

namespace revenant::bench::goals {
namespace {

struct PeerQuestion {
  const char* peer;
  std::string_view ours;
  const char* what;
  double bar;
  double stretch;
};

constexpr unsigned kPeerWorkers = 2;
constexpr std::array kPeerQuestions{
    PeerQuestion{"node_fork", peers::kOwnArm, "this pool / Node's IPC", 25, 75},
    PeerQuestion{"concurrent_futures", peers::kOwnArm, "this pool / concurrent.futures", 500, 1000},
    PeerQuestion{"jest_worker", peers::kOwnArm, "this pool / jest-worker", 500, 1000},
    PeerQuestion{"multiprocessing_1000", peers::kOwnBatchArm,
                 "the batch call / multiprocessing.Pool.map, chunks of 1000", 2, 4},
};

peers::Plan plan_of(const Effort& effort) {
  peers::Plan plan;
  for (const PeerQuestion& question : kPeerQuestions) {
    plan.arms.emplace_back(question.peer);
    plan.arms.emplace_back(question.ours);
  }
  std::sort(plan.arms.begin(), plan.arms.end());
  plan.arms.erase(std::unique(plan.arms.begin(), plan.arms.end()), plan.arms.end());
  plan.works = {peers::Work::noop};
  plan.workers = {kPeerWorkers};
  plan.rounds = effort.rounds;
  plan.run_time = std::chrono::milliseconds(static_cast<int>(effort.round_seconds * 1000) + 1);
  plan.kills = false;
  return plan;
}

// The arm's samples, or why there are none.
const Series* series_of(const peers::Results& results, std::string_view arm, std::string& why) {
  for (const peers::Absent& absent : results.absent) {
    if (absent.arm == arm) why = absent.reason + "; run bench/peers/install";
  }
  for (const peers::Cell& cell : results.cells) {
    if (cell.arm != arm) continue;
    if (cell.error.empty()) return &cell.tasks_per_second;
    why = cell.error;
  }
  return nullptr;
}

}  // namespace

Rows measure_peers(const GoalSettings& settings) {
  const peers::Results results = peers::measure(
      plan_of(settings.effort), [](const std::string& what) { const ProgressLine progress(what); });
  Rows rows;
  for (const PeerQuestion& question : kPeerQuestions) {
    Bar bar{16, std::string("no-op tasks of 64 B, 2 workers: ") + question.what, Sense::at_least,
            question.bar, question.stretch};
    std::string why = "not measured";
    const Series* const ours = series_of(results, question.ours, why);
    const Series* const peer = series_of(results, question.peer, why);
    rows.push_back(ours != nullptr && peer != nullptr
                       ? ratio_row(std::move(bar), *ours, *peer, rate_beside(*ours, *peer))
                       : missing_row(std::move(bar), why));
  }
  return rows;
}

}  // namespace revenant::bench::goals
