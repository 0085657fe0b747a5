// Goal 13: whether workers that could work do work.
#include <array>

#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goodput/spin_task.h"
#include "bench/src/utilisation/utilisation.h"

namespace revenant::bench::goals {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

struct BatchQuestion {
  const char* what;
  Mix mix;
  std::chrono::nanoseconds mean;
};

const std::array kBatchQuestions{
    BatchQuestion{"tasks of 10 us", {.usual = microseconds(10)}, microseconds(10)},
    BatchQuestion{"tasks of 100 us", {.usual = microseconds(100)}, microseconds(100)},
    BatchQuestion{"tasks of 1 ms", {.usual = milliseconds(1)}, milliseconds(1)},
    BatchQuestion{"tasks of 100 ms", {.usual = milliseconds(100)}, milliseconds(100)},
    BatchQuestion{"tasks of 10 us, each tenth 1 ms",
                  {.usual = microseconds(10), .other = milliseconds(1), .one_in = 10},
                  microseconds(109)},
};

Row measure_batches(const BatchQuestion& question, const GoalSettings& settings) {
  const std::size_t workers = processors();
  const std::chrono::duration<double> time(settings.effort.round_seconds);
  const std::vector<Turns> batch =
      make_batch(question.mix, batch_size(question.mean, workers, time));
  Series ours, best;
  // Tasks a second: the more, the better, as the bar has it.
  const auto rate = [&](std::chrono::nanoseconds took) {
    return static_cast<double>(batch.size()) / std::chrono::duration<double>(took).count();
  };
  const std::string what = question.what;
  interleave(
      {{what + ", the pool", [&] { ours.push_back(rate(pool_batch_time(batch, workers))); }},
       {what + ", bare processes", [&] { best.push_back(rate(bare_batch_time(batch, workers))); }}},
      settings.effort.rounds);
  return ratio_row({13, what + ", a worker a processor / bare processes that share a counter",
                    Sense::at_least, 0.95},
                   ours, best,
                   rate_beside(ours, best) + ", batches of " + std::to_string(batch.size()));
}

}  // namespace

Rows measure_utilisation(const GoalSettings& settings) {
  Rows rows;
  for (const BatchQuestion& question : kBatchQuestions)
    rows.push_back(measure_batches(question, settings));
  const ShortTasks among = watch_short_among_long(settings.effort.idle_time);
  rows.push_back(exact_row({13, "short tasks that waited for a long one while a worker was free",
                            Sense::at_most, 0, std::nullopt, "tasks"},
                           static_cast<double>(among.late),
                           "of " + std::to_string(among.tasks) +
                               " among sleeping ones of 100 ms: more than 20 ms. p99 " +
                               duration(among.p99_us) + ", max " + duration(among.max_us)));
  return rows;
}

}  // namespace revenant::bench::goals
