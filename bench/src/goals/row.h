// One line of the table of goals: what was wanted, what was measured, and what follows from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/src/median_ratio.h"

namespace revenant::bench::goals {

enum class Sense { at_least, at_most };

// What is wanted. A bar may hold for several rows, each with its own `what`.
struct Bar {
  int goal = 0;      // its number in the table of goals
  std::string what;  // "numerator / denominator" where it is a ratio
  Sense sense = Sense::at_least;
  double goal_value = 0;
  std::optional<double> stretch = std::nullopt;
  std::string unit{};  // empty: a ratio
};

enum class Standing {
  met,           // the whole interval is on the right side of the bar
  not_met,       // the whole interval is on the wrong side of it
  undecided,     // the bar lies within the interval
  not_measured,  // the note says why
};

[[nodiscard]] std::string_view to_string(Standing standing) noexcept;

struct Row {
  Bar bar;
  std::optional<Estimate> measured = std::nullopt;
  std::string note{};  // the figures behind it, or why there are none

  [[nodiscard]] Standing standing() const noexcept;
};

using Rows = std::vector<Row>;

// Not measured if a denominator is not positive.
[[nodiscard]] Row ratio_row(Bar bar, std::span<const double> numerators,
                            std::span<const double> denominators, std::string note);
[[nodiscard]] Row value_row(Bar bar, std::span<const double> values, std::string note);
// What is counted, not timed: no interval.
[[nodiscard]] Row exact_row(Bar bar, double value, std::string note);
[[nodiscard]] Row missing_row(Bar bar, std::string why);

}  // namespace revenant::bench::goals
