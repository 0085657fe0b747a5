// The range of a logarithmic axis around a set of values. Pure.
#pragma once

#include <algorithm>
#include <cmath>

namespace revenant::reports {

class AxisRange {
 public:
  // Values that cannot stand on a logarithmic axis are left out.
  void include(double value) {
    if (!(value > 0)) return;
    least_ = std::min(least_, value);
    greatest_ = std::max(greatest_, value);
  }
  // The next of 1, 2, 5, 10, 20 … below all values and above all.
  [[nodiscard]] double low() const { return greatest_ == 0 ? 1 : round_down(least_); }
  [[nodiscard]] double high() const {
    return greatest_ == 0 ? 10 : std::max(round_up(greatest_), 2 * low());
  }
  // The next power of ten.
  [[nodiscard]] double low_decade() const {
    return greatest_ == 0 ? 1 : std::pow(10, std::floor(std::log10(least_) + kSlack));
  }
  [[nodiscard]] double high_decade() const {
    return greatest_ == 0 ? 10
                          : std::max(std::pow(10, std::ceil(std::log10(greatest_) - kSlack)),
                                     10 * low_decade());
  }

 private:
  static constexpr double kSlack = 1e-9;  // so that a value on a power of ten does not pass it
  static double round_down(double value) {
    const double ten = std::pow(10, std::floor(std::log10(value) + kSlack));
    const double lead = value / ten;
    return ten * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
  }
  static double round_up(double value) {
    const double ten = std::pow(10, std::floor(std::log10(value) + kSlack));
    const double lead = value / ten;
    return ten * (lead <= 1 + kSlack ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }

  double least_ = 1e300;
  double greatest_ = 0;
};

}  // namespace revenant::reports
