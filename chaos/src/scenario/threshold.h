// The language of thresholds: "task.p99 < 50ms", "chaos_rate >= 0.9 * calm_rate".
//
//   threshold   = expression ( < | <= | > | >= | == | != ) expression
//   expression  = product { ( + | - ) product }
//   product     = factor { ( * | / ) factor }
//   factor      = number [ unit ] | figure | ( expression )
//
// A figure's name may hold `/`, `:`, `.` and `-` ("throughput/noop/workers:2.items_per_second"); an
// operator between two figures therefore stands between spaces.
//
// Pure functions of the text. A mistake is a ThresholdError, which knows the character.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "chaos/src/scenario/quantity.h"

namespace revenant::chaos {

struct ThresholdError : std::runtime_error {
  ThresholdError(std::size_t at, const std::string& what) : std::runtime_error(what), offset(at) {}
  std::size_t offset;  // of the character in the text, from 0
};

// One step of an expression in postfix order: operands push, operators take two and push one.
struct Step {
  enum class Kind { number, figure, add, subtract, multiply, divide };
  Kind kind = Kind::number;
  double value = 0;          // of a number, in base units
  Dimension dimension = {};  // of a number
  std::string name = {};     // of a figure
  std::size_t offset = 0;

  friend bool operator==(const Step& a, const Step& b) {
    return a.kind == b.kind && a.value == b.value && a.dimension == b.dimension && a.name == b.name;
  }
};
using Expression = std::vector<Step>;

enum class Comparison { less, at_most, greater, at_least, equal, unequal };

struct Threshold {
  std::string text;  // as it was given
  Expression left;
  Expression right;
  Comparison comparison = Comparison::less;
  std::size_t offset = 0;  // of the comparison
};

[[nodiscard]] Threshold parse_threshold(std::string_view text);

[[nodiscard]] std::string_view to_string(Comparison comparison) noexcept;
[[nodiscard]] bool holds(double left, Comparison comparison, double right) noexcept;

}  // namespace revenant::chaos
