// What can be said of the difference between two sides, figure by figure. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/src/compare/bootstrap.h"
#include "reports/src/compare/inputs.h"

namespace revenant::reports::compare {

enum class Answer : std::uint8_t {
  faster,         // B is the better one, and that is no accident
  slower,         // B is the worse one
  equal,          // whatever the difference is, it lies within the margin
  same,           // every sample of both sides is the same number: nothing to test
  no_difference,  // none that this many samples could show
  too_few,        // so few samples that no difference could have been shown
};

struct Row {
  std::string name;
  Better better = Better::less;
  Unit unit = Unit::plain;
  std::size_t samples_a = 0;
  std::size_t samples_b = 0;
  double median_a = 0;
  double median_b = 0;
  double ratio = 1;  // performance of B by that of A: above 1 is better, for times as for rates
  std::optional<Interval> interval;  // of the ratio, for this figure by itself
  double p = 1;
  double p_corrected = 1;  // by Holm, for the number of figures
  Answer answer = Answer::no_difference;
  std::optional<double> detectable;  // the least factor that would have been found in 4 of 5 tries
  std::size_t needed = 0;            // too_few: so many samples a side are not
};

struct Certainty {
  double alpha = 0.05;  // that any figure at all is called different although none is
  std::size_t resamples = 10'000;
  std::uint64_t seed = 1;
};

// Mann-Whitney with Holm's correction says whether, a percentile bootstrap how much. A difference
// is called one only where both agree.
std::vector<Row> compare_samples(const std::vector<Figure>& figures, const Certainty& certainty);

// The bootstrap's interval of one figure at a level of its own; nothing if there are too few
// samples for a difference at that level.
std::optional<Interval> ratio_interval(const Figure& figure, double level,
                                       const Certainty& certainty);

// Whether an answer is one: everything but no_difference and too_few.
bool is_known(Answer answer);

}  // namespace revenant::reports::compare
