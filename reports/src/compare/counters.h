// Which numbers of a benchmark are figures, and whether more of it is better. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/src/compare/samples.h"

namespace revenant::reports::compare {

struct CounterKind {
  Better better = Better::less;
  Unit unit = Unit::plain;
  bool replaces_time = false;  // a rate or a quantile: then the mean time says nothing more
};

// What a user says of counters whose names say nothing: patterns over names of figures.
struct CounterRules {
  std::vector<std::string> more_is_better;
  std::vector<std::string> less_is_better;
  bool cpu_time = false;  // compare that as well
};

// Rates (`items_per_second`), quantiles (`p99`, `task_p50`), and quantities with their unit
// (`task_us`, `worker_kib`) are known by their names. Nothing: the name does not say.
std::optional<CounterKind> kind_of_counter(std::string_view counter, const std::string& figure,
                                           const CounterRules& rules);

}  // namespace revenant::reports::compare
