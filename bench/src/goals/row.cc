#include "bench/src/goals/row.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace revenant::bench::goals {

std::string_view to_string(Standing standing) noexcept {
  switch (standing) {
    case Standing::met:
      return "met";
    case Standing::not_met:
      return "not met";
    case Standing::undecided:
      return "could not be told";
    case Standing::not_measured:
      return "not measured";
  }
  return "?";
}

Standing Row::standing() const noexcept {
  if (!measured) return Standing::not_measured;
  const bool low_is_good = bar.sense == Sense::at_least ? measured->low >= bar.goal_value
                                                        : measured->low <= bar.goal_value;
  const bool high_is_good = bar.sense == Sense::at_least ? measured->high >= bar.goal_value
                                                         : measured->high <= bar.goal_value;
  if (low_is_good && high_is_good) return Standing::met;
  return low_is_good || high_is_good ? Standing::undecided : Standing::not_met;
}

Row ratio_row(Bar bar, std::span<const double> numerators, std::span<const double> denominators,
              std::string note) {
  const auto is_no_floor = [](double value) { return !(value > 0) || !std::isfinite(value); };
  if (std::any_of(denominators.begin(), denominators.end(), is_no_floor)) {
    return missing_row(std::move(bar), "a round without a floor: it was too short, or disturbed");
  }
  return {.bar = std::move(bar),
          .measured = median_ratio(numerators, denominators),
          .note = std::move(note)};
}

Row value_row(Bar bar, std::span<const double> values, std::string note) {
  return {.bar = std::move(bar), .measured = median_of(values), .note = std::move(note)};
}

Row exact_row(Bar bar, double value, std::string note) {
  return {.bar = std::move(bar),
          .measured = Estimate{.median = value, .low = value, .high = value},
          .note = std::move(note)};
}

Row missing_row(Bar bar, std::string why) {
  return {.bar = std::move(bar), .note = std::move(why)};
}

}  // namespace revenant::bench::goals
