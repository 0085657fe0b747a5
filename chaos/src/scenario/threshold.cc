#include "chaos/src/scenario/threshold.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace revenant::chaos {
namespace {

constexpr std::size_t kTextBytesMax = 1000;
constexpr unsigned kBracketsMax = 20;

// The longer ones first.
constexpr std::array<std::pair<std::string_view, Comparison>, 6> kComparisons{
    {{"<=", Comparison::at_most},
     {">=", Comparison::at_least},
     {"==", Comparison::equal},
     {"!=", Comparison::unequal},
     {"<", Comparison::less},
     {">", Comparison::greater}}};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_of_a_name(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("_./:-").find(c) != std::string_view::npos;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Threshold parse() {
    Threshold threshold;
    threshold.text = std::string(text_);
    if (text_.size() > kTextBytesMax) {
      throw ThresholdError(0, fmt::format("longer than {} characters", kTextBytesMax));
    }
    parse_sum(threshold.left, 0);
    skip_spaces();
    threshold.offset = at_;
    const auto comparison = take_comparison();
    if (!comparison) {
      throw ThresholdError(at_, "expected one of < <= > >= == != here, as in task.p99 < 50ms");
    }
    threshold.comparison = *comparison;
    parse_sum(threshold.right, 0);
    skip_spaces();
    if (at_ < text_.size()) {
      throw ThresholdError(at_, fmt::format("\"{}\": expected the end here", text_.substr(at_)));
    }
    return threshold;
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  [[nodiscard]] char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::optional<Comparison> take_comparison() {
    for (const auto& [word, comparison] : kComparisons) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return comparison;
    }
    return std::nullopt;
  }

  void parse_sum(Expression& out, unsigned depth) {
    parse_product(out, depth);
    for (skip_spaces(); next() == '+' || next() == '-'; skip_spaces()) {
      const Step step{.kind = next() == '+' ? Step::Kind::add : Step::Kind::subtract,
                      .offset = at_++};
      parse_product(out, depth);
      out.push_back(step);
    }
  }

  void parse_product(Expression& out, unsigned depth) {
    parse_factor(out, depth);
    for (skip_spaces(); next() == '*' || next() == '/'; skip_spaces()) {
      const Step step{.kind = next() == '*' ? Step::Kind::multiply : Step::Kind::divide,
                      .offset = at_++};
      parse_factor(out, depth);
      out.push_back(step);
    }
  }

  // The depth is limited, so the recursion is.
  void parse_factor(Expression& out, unsigned depth) {
    skip_spaces();
    const char c = next();
    if (c == '(') {
      const std::size_t open = at_++;
      if (depth == kBracketsMax) throw ThresholdError(open, "too many brackets");
      parse_sum(out, depth + 1);
      skip_spaces();
      if (next() != ')') throw ThresholdError(open, "this bracket is not closed");
      ++at_;
    } else if (is_digit(c) || c == '.' || c == '-') {
      out.push_back(take_number());
    } else if (is_letter(c)) {
      const std::size_t start = at_;
      out.push_back({.kind = Step::Kind::figure, .name = take_name(), .offset = start});
    } else {
      throw ThresholdError(at_, "expected a number or the name of a figure here");
    }
  }

  std::string take_name() {
    const std::size_t start = at_;
    while (is_of_a_name(next())) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  Step take_number() {
    Step step{.offset = at_};
    const char* const begin = text_.data() + at_;
    const auto parsed = std::from_chars(begin, text_.data() + text_.size(), step.value);
    if (parsed.ec != std::errc() || !std::isfinite(step.value)) {
      throw ThresholdError(at_, fmt::format("\"{}\": not a number", text_.substr(at_)));
    }
    at_ += static_cast<std::size_t>(parsed.ptr - begin);
    if (const Unit* const unit = take_unit()) {
      step.value *= unit->factor;
      step.dimension = unit->dimension;
    }
    return step;
  }

  // "/s" is a unit, "/ 2" and "/s_per_task" are divisions.
  const Unit* take_unit() {
    std::size_t start = at_;
    while (start < text_.size() && text_[start] == ' ') ++start;
    std::size_t end = start;
    if (end < text_.size() && (text_[end] == '/' || text_[end] == '%')) ++end;
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    const std::string_view word = text_.substr(start, end - start);
    const bool starts_a_unit = !word.empty() && (is_letter(word[0]) || word == "/s" || word == "%");
    if (!starts_a_unit) return nullptr;
    const Unit* const unit = unit_named(word);
    if (unit == nullptr) {
      throw ThresholdError(start, fmt::format("\"{}\": no such unit; there are {}", word,
                                              fmt::join(unit_names(), " ")));
    }
    at_ = end;
    return unit;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Threshold parse_threshold(std::string_view text) { return Parser(text).parse(); }

std::string_view to_string(Comparison comparison) noexcept {
  for (const auto& [word, each] : kComparisons) {
    if (each == comparison) return word;
  }
  return "?";
}

bool holds(double left, Comparison comparison, double right) noexcept {
  switch (comparison) {
    case Comparison::less:
      return left < right;
    case Comparison::at_most:
      return left <= right;
    case Comparison::greater:
      return left > right;
    case Comparison::at_least:
      return left >= right;
    case Comparison::equal:
      return left == right;
    case Comparison::unequal:
      return left != right;
  }
  return false;
}

}  // namespace revenant::chaos
