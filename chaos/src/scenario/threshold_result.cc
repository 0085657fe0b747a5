#include "chaos/src/scenario/threshold_result.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <string_view>
#include <vector>

namespace revenant::chaos {
namespace {

bool is_constant(const Step& step, const FigureCatalogue& catalogue) {
  const auto figure = catalogue.find(step.name);
  return figure && figure->min == figure->max;
}

double apply(Step::Kind kind, double a, double b) {
  switch (kind) {
    case Step::Kind::add:
      return a + b;
    case Step::Kind::subtract:
      return a - b;
    case Step::Kind::multiply:
      return a * b;
    case Step::Kind::divide:
      return a / b;
    case Step::Kind::number:
    case Step::Kind::figure:
      break;
  }
  return std::nan("");
}

class Evaluation {
 public:
  Evaluation(const FigureCatalogue& catalogue, const Measurements& measured)
      : catalogue_(catalogue), measured_(measured) {}

  // Not a number where there is no data, or a division by zero was measured.
  double value(const Expression& expression) {
    std::vector<double> stack;
    for (const Step& step : expression) {
      if (step.kind == Step::Kind::number) {
        stack.push_back(step.value);
      } else if (step.kind == Step::Kind::figure) {
        stack.push_back(figure(step));
      } else {
        const double right = stack.back();
        stack.pop_back();
        stack.back() = apply(step.kind, stack.back(), right);
      }
    }
    return stack.back();
  }

  [[nodiscard]] const std::string& says() const { return says_; }

 private:
  double figure(const Step& step) {
    if (is_constant(step, catalogue_)) return catalogue_.find(step.name)->min;
    const auto found = measured_(step.name);
    if (told_.insert(step.name).second) {
      says_ += says_.empty() ? "" : ", ";
      says_ += step.name + (found ? " is " + found->shown : " was not measured");
    }
    return found ? found->value : std::nan("");
  }

  const FigureCatalogue& catalogue_;
  const Measurements& measured_;
  std::set<std::string> told_;
  std::string says_;
};

// Four digits, but no exponent before there are a million: 14640.
std::string number_text(double value) {
  const bool is_long = std::fabs(value) >= 1e4 && std::fabs(value) < 1e6;
  return is_long ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

bool is_calculated(const Expression& side) { return side.size() > 1; }

bool names(const Expression& side, std::string_view figure) {
  return side.front().kind == Step::Kind::figure && side.front().name == figure;
}

// `verdict == pass` of a run whose verdict is unknown is neither held nor broken.
bool asks_more_than_is_known(const Threshold& threshold, const Measurements& measured) {
  if (threshold.comparison != Comparison::equal) return false;
  const Expression& demanded = names(threshold.left, "verdict") ? threshold.right : threshold.left;
  const Expression& other = names(threshold.left, "verdict") ? threshold.left : threshold.right;
  if (!names(other, "verdict") || names(demanded, "unknown")) return false;
  return measured("verdict")->value == value_of(Ruling::unknown);
}

}  // namespace

double value_of(Ruling ruling) noexcept {
  switch (ruling) {
    case Ruling::pass:
      return 0;
    case Ruling::unknown:
      return 1;
    case Ruling::fail:
      break;
  }
  return 2;
}

ThresholdResult judge_threshold(const Threshold& threshold, const Place& place,
                                const FigureCatalogue& catalogue, const Measurements& measured) {
  Evaluation evaluation(catalogue, measured);
  const double left = evaluation.value(threshold.left);
  const double right = evaluation.value(threshold.right);
  ThresholdResult result{.text = threshold.text, .place = place, .says = evaluation.says()};
  if (std::isnan(left) || std::isnan(right)) return result;
  if (is_calculated(threshold.left) || is_calculated(threshold.right)) {
    result.says += ": " + number_text(left) + " against " + number_text(right);
  }
  if (asks_more_than_is_known(threshold, measured)) return result;
  result.ruling = holds(left, threshold.comparison, right) ? Ruling::pass : Ruling::fail;
  return result;
}

}  // namespace revenant::chaos
