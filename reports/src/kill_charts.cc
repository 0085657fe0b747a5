// Recovery from one kill over what may slow it down: workers, and what is resident in the victim
// and in the supervisor.
#include <string>

#include "reports/src/charts.h"
#include "reports/src/curves.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr const char* kFromSignal =
    "From SIGKILL of the one busy worker, at a random phase: median with the least and greatest "
    "of the repetitions, and 99th percentile. ";

// Those at which all but one argument have the values of the ordinary case.
std::vector<Benchmark> varied(const std::vector<Benchmark>& all, const std::string& argument,
                              double spares) {
  std::vector<Benchmark> kept = all;
  std::erase_if(kept, [&](const Benchmark& benchmark) {
    if (!benchmark.argument(argument) || benchmark.argument("spares") != spares) return true;
    for (const auto& [name, value] : benchmark.arguments) {
      const double ordinary = name == "workers" ? 1 : 0;
      if (name != argument && name != "spares" && value != ordinary) return true;
    }
    return false;
  });
  return kept;
}

std::vector<Benchmark> sized(const Figures& figures, const std::string& floor) {
  std::vector<Benchmark> kept = figures.sized_floors;
  std::erase_if(kept, [&](const Benchmark& each) { return each.family != "floor/" + floor; });
  return kept;
}

// The floor over the size of a process; that of an empty one is the benchmark without an argument.
std::vector<CurvePoint> floor_over(const Figures& figures, const std::string& floor,
                                   const std::string& argument) {
  std::vector<CurvePoint> points = points_of(sized(figures, floor), argument, "p50");
  const auto empty = figures.floor_spread(floor);
  if (empty && (points.empty() || points.front().x > 0)) points.insert(points.begin(), {0, *empty});
  return points;
}

std::vector<Curve> curves_of(const std::vector<Benchmark>& kills, const std::string& argument,
                             const std::string& stage) {
  return {{"median", CurveStyle::median, points_of(kills, argument, stage + "p50")},
          {"p99", CurveStyle::percentile, points_of(kills, argument, stage + "p99")}};
}

void add(std::vector<Curve>& curves, const char* name, CurveStyle style,
         std::vector<CurvePoint> points) {
  curves.push_back({name, style, std::move(points)});
}

// A floor that does not depend on what varies: as wide as what is measured.
std::vector<CurvePoint> level_below(const Figures& figures, const std::string& floor,
                                    const std::vector<Curve>& curves) {
  const auto& points = curves.front().points;
  if (points.empty()) return {};
  return level(figures.floor_spread(floor), points.front().x, points.back().x);
}

}  // namespace

std::optional<Chart> kill_over_workers_chart(const Figures& figures, const std::string& note) {
  const std::vector<Benchmark> kills = varied(figures.one_kill, "workers", 1);
  std::vector<Curve> detect = curves_of(kills, "workers", "detect_");
  std::vector<Curve> task = curves_of(kills, "workers", "task_");
  if (detect.front().points.size() < 2) return std::nullopt;
  for (auto* const curves : {&detect, &task}) {
    add(*curves, "pidfd, median", CurveStyle::floor,
        level_below(figures, "kill_to_pidfd", *curves));
    add(*curves, "futex, median", CurveStyle::other_floor,
        level_below(figures, "kill_to_robust_futex", *curves));
  }
  return chart_of(
      {.name = "kill-workers",
       .title = "One kill, over workers",
       .caption = std::string(kFromSignal) +
                  "Dashed, the medians of the floors of the same run: until the kernel reports "
                  "the death of an empty process by its pidfd, and by its robust futex.",
       .x_title = "workers",
       .x_text = number_text,
       .panels = {{"death detected", time_text, true, std::move(detect)},
                  {"the task's result, from another worker", time_text, true, std::move(task)}}},
      note);
}

std::optional<Chart> kill_over_victim_chart(const Figures& figures, const std::string& note) {
  const std::vector<Benchmark> kills = varied(figures.one_kill, "victim_mib", 1);
  std::vector<Curve> detect = curves_of(kills, "victim_mib", "detect_");
  std::vector<Curve> task = curves_of(kills, "victim_mib", "task_");
  if (detect.front().points.size() < 2) return std::nullopt;
  for (auto* const curves : {&detect, &task}) {
    add(*curves, "pidfd, median", CurveStyle::floor,
        floor_over(figures, "kill_to_pidfd", "victim_mib"));
    add(*curves, "futex, median", CurveStyle::other_floor,
        floor_over(figures, "kill_to_robust_futex", "victim_mib"));
  }
  return chart_of(
      {.name = "kill-victim",
       .title = "One kill, over the size of the victim",
       .caption = std::string(kFromSignal) +
                  "Dashed, the medians of the floors of the same run for a process of that size: "
                  "the kernel frees its memory before the pidfd becomes readable, and after the "
                  "robust futex is woken.",
       .x_title = "MiB resident in the worker that is killed",
       .x_text = number_text,
       .panels = {{"death detected", time_text, true, std::move(detect)},
                  {"the task's result, from another worker", time_text, true, std::move(task)}}},
      note);
}

std::optional<Chart> kill_over_supervisor_chart(const Figures& figures, const std::string& note) {
  const std::vector<Benchmark> kills = varied(figures.one_kill, "supervisor_mib", 0);
  std::vector<Curve> detect = curves_of(kills, "supervisor_mib", "detect_");
  std::vector<Curve> task = curves_of(kills, "supervisor_mib", "task_");
  if (detect.front().points.size() < 2) return std::nullopt;
  add(detect, "pidfd, median", CurveStyle::floor, level_below(figures, "kill_to_pidfd", detect));
  add(detect, "futex, median", CurveStyle::other_floor,
      level_below(figures, "kill_to_robust_futex", detect));
  add(task, "a plain fork, median", CurveStyle::floor,
      floor_over(figures, "fork_first_message", "caller_mib"));
  return chart_of(
      {.name = "kill-supervisor",
       .title = "One kill, over the size of the supervisor",
       .caption = std::string(kFromSignal) +
                  "No spare: the first result comes from a worker that is forked "
                  "after the kill. Dashed on the right, what fork() from a process of "
                  "that size needs to its child's first byte, without a death.",
       .x_title = "MiB resident in the supervisor",
       .x_text = number_text,
       .panels = {{"death detected", time_text, true, std::move(detect)},
                  {"first result of the new worker", time_text, true, std::move(task)}}},
      note);
}

}  // namespace revenant::reports
