// Samples as machines give them, from a seed.
#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace revenant::reports::compare {

enum class Shape { lognormal, long_tail, two_modes };

class Noise {
 public:
  explicit Noise(std::uint64_t seed) : random_(seed) {}

  // Around 1, spread by about `spread`.
  double draw(Shape shape, double spread) {
    const double body = std::exp(spread * normal_(random_));
    if (shape == Shape::lognormal) return body;
    if (shape == Shape::long_tail) return 1 - spread * std::log(1 - uniform_(random_));
    return uniform_(random_) < 0.3 ? (1 + 3 * spread) * body : body;
  }

  std::vector<double> draw_many(std::size_t count, Shape shape, double spread, double factor = 1) {
    std::vector<double> values(count);
    for (double& value : values) value = factor * draw(shape, spread);
    return values;
  }

  bool coin() { return (random_() & 1) == 0; }

 private:
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_;
};

}  // namespace revenant::reports::compare
