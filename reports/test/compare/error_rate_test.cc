// How often a comparison is wrong, and how often it sees what is there. Seeds are fixed: a number
// here changes only with the code. Where a method promises a rate, the bound is what it keeps with
// a probability of 0.999 whatever the seed (the binomial distribution's).
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "reports/src/compare/comparison.h"
#include "reports/src/compare/detectable.h"
#include "reports/src/compare/mann_whitney.h"
#include "reports/test/compare/noise.h"

namespace revenant::reports::compare {
namespace {

constexpr int kTries = 200;
constexpr Certainty kCertainty{.alpha = 0.05, .resamples = 1000, .seed = 3};

Figure figure(const std::string& name, std::vector<double> a, std::vector<double> b) {
  return {name, Better::less, Unit::plain, std::move(a), std::move(b)};
}

// In how many tries a figure of times that grew by `factor` is called slower.
int times_found(double factor, double spread, std::size_t samples) {
  Noise noise(17);
  int found = 0;
  for (int i = 0; i < kTries; ++i) {
    const auto a = noise.draw_many(samples, Shape::lognormal, spread);
    const auto b = noise.draw_many(samples, Shape::lognormal, spread, factor);
    const auto rows = compare_samples({figure("time", a, b)}, kCertainty);
    found += rows.front().answer == Answer::slower ? 1 : 0;
  }
  return found;
}

TEST(ErrorRate, TheSameAgainstItselfStaysSilentInTwoHundredTries) {
  Noise noise(11);
  int wrong = 0;
  for (int i = 0; i < kTries; ++i) {
    std::vector<Figure> figures;
    for (const Shape shape : {Shape::lognormal, Shape::long_tail, Shape::two_modes}) {
      figures.push_back(figure(std::to_string(figures.size()), noise.draw_many(10, shape, 0.1),
                               noise.draw_many(10, shape, 0.1)));
    }
    const auto rows = compare_samples(figures, kCertainty);
    wrong += std::any_of(rows.begin(), rows.end(), [](const Row& row) {
      return row.answer == Answer::faster || row.answer == Answer::slower;
    });
  }
  EXPECT_LE(wrong, 21);  // 5 % are 10
  EXPECT_GT(wrong, 0);   // else nothing was tested at that rate
}

TEST(ErrorRate, IntervalsHoldTheTruthAsOftenAsTheySay) {
  constexpr int kIntervals = 500;
  for (const Shape shape : {Shape::lognormal, Shape::long_tail, Shape::two_modes}) {
    for (const std::size_t samples : {5u, 12u}) {
      Noise noise(samples);
      int held = 0;
      for (std::uint64_t i = 0; i < kIntervals; ++i) {
        const auto a = noise.draw_many(samples, shape, 0.1);
        const auto b = noise.draw_many(samples, shape, 0.1);
        const auto interval = percentile_interval(bootstrap_ratios(b, a, 400, i), 0.95);
        held += interval.low <= 1 && interval.high >= 1 ? 1 : 0;
      }
      EXPECT_GE(held, 459) << samples << " samples of shape " << static_cast<int>(shape);
      EXPECT_LE(held, 496) << samples << " samples of shape " << static_cast<int>(shape);
    }
  }
}

TEST(ErrorRate, TwentyPercentAreFoundWithFewRepetitions) {
  EXPECT_GE(times_found(1.25, 0.05, 5), 190);
}

TEST(ErrorRate, FivePercentAreFoundWithEnoughRepetitionsAndNotWithFew) {
  EXPECT_GE(times_found(1.05, 0.05, 50), 180);
  EXPECT_LE(times_found(1.05, 0.05, 5), 70);
}

TEST(ErrorRate, WhatIsSaidToBeDetectableIsFoundInFourOfFiveTries) {
  for (const std::size_t samples : {7u, 10u, 30u}) {
    Noise noise(23);
    int found = 0;
    for (int i = 0; i < kTries; ++i) {
      const auto a = noise.draw_many(samples, Shape::lognormal, 0.1);
      const auto alike = noise.draw_many(samples, Shape::lognormal, 0.1);
      const double factor = detectable_factor(a, alike, 0.05);
      const auto b = noise.draw_many(samples, Shape::lognormal, 0.1, factor);
      found += mann_whitney_p(a, b) <= 0.05 ? 1 : 0;
    }
    EXPECT_GE(found, 136) << samples;  // 160, and the spread of 0.1 is itself an estimate
    EXPECT_LE(found, 186) << samples;
  }
}

TEST(Comparison, TimesAndRatesThatGotBetterAreBothAboveOne) {
  Noise noise(5);
  const auto fast = noise.draw_many(10, Shape::lognormal, 0.02);
  const auto slow = noise.draw_many(10, Shape::lognormal, 0.02, 1.5);
  Figure time = figure("time", slow, fast);
  Figure rate = figure("rate", fast, slow);
  rate.better = Better::more;
  for (const Row& row : compare_samples({time, rate}, kCertainty)) {
    EXPECT_EQ(row.answer, Answer::faster) << row.name;
    EXPECT_NEAR(row.ratio, 1.5, 0.05) << row.name;
    EXPECT_GT(row.interval->low, 1.4) << row.name;
  }
}

TEST(Comparison, TooFewSamplesAreSaidToBeSoWithTheNumberNeeded) {
  const auto one = compare_samples({figure("time", {1, 2, 3}, {4, 5, 6})}, kCertainty);
  EXPECT_EQ(one.front().answer, Answer::too_few);
  EXPECT_EQ(one.front().needed, 4u);
  EXPECT_FALSE(one.front().interval);
  // Five figures at once: four a side would do for each by itself, but not for all.
  std::vector<Figure> figures(5, figure("time", {1, 2, 4, 3}, {1.5, 2.5, 3.5, 4.5}));
  for (const Row& row : compare_samples(figures, kCertainty)) {
    EXPECT_EQ(row.answer, Answer::too_few);
    EXPECT_EQ(row.needed, 5u);
  }
}

TEST(Comparison, ACountThatNeverChangesIsTheSame) {
  const auto rows = compare_samples({figure("calls", {3, 3}, {3, 3})}, kCertainty);
  EXPECT_EQ(rows.front().answer, Answer::same);
  EXPECT_EQ(ratio_interval(figure("calls", {3}, {3}), 0.95, kCertainty)->low, 1);
}

}  // namespace
}  // namespace revenant::reports::compare
