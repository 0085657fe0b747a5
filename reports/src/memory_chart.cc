#include "reports/src/charts.h"
#include "reports/src/curves.h"
#include "reports/src/number_text.h"

namespace revenant::reports {

std::optional<Chart> memory_chart(const Figures& figures, const std::string& note) {
  const auto of = [&](const char* counter) {
    return points_of(figures.memory, "workers", counter);
  };
  const auto worker = of("worker_kib");
  if (worker.size() < 2) return std::nullopt;
  return chart_of(
      {.name = "memory",
       .title = "Memory over workers",
       .caption = "Of an idle pool. Proportional set size: a page that n processes share "
                  "counts a n-th for each. Private: what would be free if the worker were "
                  "gone.",
       .x_title = "workers",
       .x_text = number_text,
       .panels = {{"a worker",
                   kib_text,
                   false,
                   {{"proportional", CurveStyle::median, worker},
                    {"private", CurveStyle::second, of("worker_private_kib")}}},
                  {"the rest of the pool",
                   kib_text,
                   true,
                   {{"supervisor", CurveStyle::median, of("supervisor_kib")},
                    {"nursery", CurveStyle::second, of("nursery_kib")}}}}},
      note);
}

}  // namespace revenant::reports
