#include "chaos/src/scenario/threshold_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "chaos/src/nearest_word.h"

namespace revenant::chaos {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// All values that an expression can have, whatever is measured.
struct Span {
  double min = 0;
  double max = 0;
  Dimension dimension = {};
  bool whole = false;     // whole numbers alone
  bool constant = false;  // without any figure
};

[[noreturn]] void refuse(std::size_t at, const std::string& why) { throw ThresholdError(at, why); }

Span span_of_figure(const Step& step, const FigureCatalogue& catalogue) {
  const auto figure = catalogue.find(step.name);
  if (!figure) {
    const auto near = nearest_word(step.name, catalogue.names);
    refuse(step.offset, fmt::format("{}: no such figure{}", step.name,
                                    near ? "; did you mean " + *near + "?" : std::string()));
  }
  return {figure->min, figure->max, figure->dimension, figure->whole, figure->min == figure->max};
}

// 0 times what has no limit is 0 here: every value that is measured has one.
double times(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }

void widen_to(Span& span, std::array<double, 4> corners) {
  span.min = *std::min_element(corners.begin(), corners.end());
  span.max = *std::max_element(corners.begin(), corners.end());
}

Span product(const Span& a, const Span& b) {
  Span span{.whole = a.whole && b.whole, .constant = a.constant && b.constant};
  span.dimension = {.seconds = a.dimension.seconds + b.dimension.seconds,
                    .bytes = a.dimension.bytes + b.dimension.bytes};
  widen_to(span,
           {times(a.min, b.min), times(a.min, b.max), times(a.max, b.min), times(a.max, b.max)});
  return span;
}

Span quotient(const Span& a, const Span& b, std::size_t at) {
  if (b.min == 0 && b.max == 0) refuse(at, "a division by zero");
  Span span{.constant = a.constant && b.constant};
  span.dimension = {.seconds = a.dimension.seconds - b.dimension.seconds,
                    .bytes = a.dimension.bytes - b.dimension.bytes};
  if (b.min > 0) {
    const double least = b.max == kInfinity ? 0 : 1 / b.max;
    widen_to(span, {times(a.min, least), times(a.min, 1 / b.min), times(a.max, least),
                    times(a.max, 1 / b.min)});
  } else {
    span.min = a.min >= 0 && b.min >= 0 ? 0 : -kInfinity;
    span.max = kInfinity;
  }
  return span;
}

Span sum(const Span& a, const Span& b, bool minus) {
  return {.min = minus ? a.min - b.max : a.min + b.min,
          .max = minus ? a.max - b.min : a.max + b.max,
          .dimension = a.dimension,
          .whole = a.whole && b.whole,
          .constant = a.constant && b.constant};
}

Span apply(const Step& step, const Span& a, const Span& b) {
  if (a.dimension == kRuling || b.dimension == kRuling) {
    refuse(step.offset, "a verdict is no number to calculate with");
  }
  if (step.kind == Step::Kind::multiply) return product(a, b);
  if (step.kind == Step::Kind::divide) return quotient(a, b, step.offset);
  if (a.dimension != b.dimension) {
    refuse(step.offset,
           fmt::format("{} and {} have no sum", describe(a.dimension), describe(b.dimension)));
  }
  return sum(a, b, step.kind == Step::Kind::subtract);
}

Span span_of(const Expression& expression, const FigureCatalogue& catalogue) {
  std::vector<Span> stack;
  for (const Step& step : expression) {
    if (step.kind == Step::Kind::number) {
      const bool whole = step.dimension == kCount && step.value == std::floor(step.value);
      stack.push_back({step.value, step.value, step.dimension, whole, true});
    } else if (step.kind == Step::Kind::figure) {
      stack.push_back(span_of_figure(step, catalogue));
    } else {
      const Span right = stack.back();
      stack.pop_back();
      stack.back() = apply(step, stack.back(), right);
    }
  }
  return stack.back();
}

bool is_bare_bound_of_a_rate(const Span& bound, const Span& other) {
  return bound.constant && bound.dimension == kCount && other.dimension.seconds == -1;
}

void check_units(const Threshold& threshold, const Span& left, const Span& right) {
  if (left.dimension == right.dimension) return;
  if (is_bare_bound_of_a_rate(left, right) || is_bare_bound_of_a_rate(right, left)) return;
  const bool right_is_bound = right.constant;
  const std::size_t at = (right_is_bound ? threshold.right : threshold.left).front().offset;
  const Dimension& given = (right_is_bound ? right : left).dimension;
  const Dimension& other = (right_is_bound ? left : right).dimension;
  std::string what = fmt::format("{} compared with {}", describe(given), describe(other));
  if (given == kCount && other == kTime) what += "; give it a unit: us, ms, s, min";
  if (given == kCount && other == kBytes) what += "; give it a unit: B, KiB, MiB, GiB";
  refuse(at, what);
}

// Whether some values of the two satisfy the comparison.
bool can_hold(const Span& left, Comparison comparison, const Span& right) {
  const bool apart = left.max < right.min || right.max < left.min;
  const auto is_fraction = [](const Span& span) {
    return span.constant && span.min != std::floor(span.min);
  };
  switch (comparison) {
    case Comparison::less:
      return left.min < right.max;
    case Comparison::at_most:
      return left.min <= right.max;
    case Comparison::greater:
      return left.max > right.min;
    case Comparison::at_least:
      return left.max >= right.min;
    case Comparison::equal:
      return !apart && !(left.whole && is_fraction(right)) && !(right.whole && is_fraction(left));
    case Comparison::unequal:
      return !(left.min == left.max && right.min == right.max && left.min == right.min);
  }
  return true;
}

Comparison opposite(Comparison comparison) {
  switch (comparison) {
    case Comparison::less:
      return Comparison::at_least;
    case Comparison::at_most:
      return Comparison::greater;
    case Comparison::greater:
      return Comparison::at_most;
    case Comparison::at_least:
      return Comparison::less;
    case Comparison::equal:
      return Comparison::unequal;
    case Comparison::unequal:
      return Comparison::equal;
  }
  return comparison;
}

}  // namespace

void check_threshold(const Threshold& threshold, const FigureCatalogue& catalogue) {
  const Span left = span_of(threshold.left, catalogue);
  const Span right = span_of(threshold.right, catalogue);
  check_units(threshold, left, right);
  if (left.constant && right.constant) {
    refuse(0, "names no figure of the run, so it says nothing about it");
  }
  const Comparison comparison = threshold.comparison;
  const bool is_equality = comparison == Comparison::equal || comparison == Comparison::unequal;
  if (left.dimension == kRuling && !is_equality) {
    refuse(threshold.offset, "a verdict is compared with == or !=");
  }
  if (threshold.left == threshold.right) refuse(0, "both sides are the same");
  if (!can_hold(left, comparison, right)) {
    refuse(0, fmt::format("\"{}\" can never hold", threshold.text));
  }
  if (!can_hold(left, opposite(comparison), right)) {
    refuse(0, fmt::format("\"{}\" always holds, so it says nothing", threshold.text));
  }
}

}  // namespace revenant::chaos
