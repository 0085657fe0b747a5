// Goal 12: what work is left when workers are killed all the time.
#include <array>

#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goodput/goodput.h"
#include "bench/src/goodput/spin_task.h"

namespace revenant::bench::goals {
namespace {

struct Rate {
  double kills_per_second;
  double bar;
};

constexpr std::array kRates{Rate{10, 0.95}, Rate{100, 0.95}, Rate{500, 0.90}};

}  // namespace

Rows measure_goodput(const GoalSettings& settings) {
  const std::chrono::duration<double> time(settings.effort.goodput_seconds);
  std::uint64_t seed = 0;
  std::vector<Goodput> calm, killed;
  std::array<std::vector<Goodput>, kRates.size()> pool;
  std::vector<Arm> arms{{"bare processes", [&] { calm.push_back(bare_goodput(0, time, ++seed)); }},
                        {"bare processes, 500 kills/s", [&] {
                           killed.push_back(bare_goodput(kCalibrationKillsPerSecond, time, ++seed));
                         }}};
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    arms.push_back({"the pool, " + figure(kRates[i].kills_per_second) + " kills/s", [&, i] {
                      pool[i].push_back(pool_goodput(kRates[i].kills_per_second, time, ++seed));
                    }});
  }
  interleave(arms, settings.effort.rounds);

  Rows rows;
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    Series ours, theory, kills, costs;
    for (std::size_t round = 0; round < pool[i].size(); ++round) {
      const GoodputTheory curve = calibrate(calm[round], killed[round], processors());
      ours.push_back(pool[i][round].tasks_per_second);
      theory.push_back(curve.tasks_per_second(pool[i][round].kills_per_second));
      kills.push_back(pool[i][round].kills_per_second);
      costs.push_back(curve.kill_seconds * 1e6);
    }
    rows.push_back(ratio_row({12,
                              "goodput of 1 ms tasks, 4 workers, " +
                                  figure(kRates[i].kills_per_second) + " kills/s / theory",
                              Sense::at_least, kRates[i].bar},
                             ours, theory,
                             rate_beside(ours, theory) + "; " + figure(middle(kills)) +
                                 " kills/s, of which each costs " + duration(middle(costs))));
  }
  return rows;
}

}  // namespace revenant::bench::goals
