#include "bench/src/goals/figures.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "bench/src/median_ratio.h"

namespace revenant::bench::goals {

std::string figure(double value) {
  std::array<char, 40> text;
  const double size = std::fabs(value);
  const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
  std::snprintf(text.data(), text.size(), "%.*f", value == 0 ? 0 : decimals, value);
  return text.data();
}

std::string per_second(double rate) {
  if (rate >= 1e6) return figure(rate / 1e6) + " M/s";
  if (rate >= 1e3) return figure(rate / 1e3) + " k/s";
  return figure(rate) + " /s";
}

std::string duration(double microseconds) {
  if (microseconds >= 1e6) return figure(microseconds / 1e6) + " s";
  if (microseconds >= 1e3) return figure(microseconds / 1e3) + " ms";
  return figure(microseconds) + " us";
}

double middle(const Series& series) { return median_of(series).median; }

std::string rate_beside(const Series& ours, const Series& floor) {
  return per_second(middle(ours)) + " beside " + per_second(middle(floor));
}

std::string time_beside(const Series& ours, const Series& floor) {
  return duration(middle(ours)) + " beside " + duration(middle(floor));
}

}  // namespace revenant::bench::goals
