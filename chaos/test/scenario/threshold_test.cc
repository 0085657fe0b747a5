// The language of thresholds: what is read, and where a mistake is.
#include "chaos/src/scenario/threshold.h"

#include <gtest/gtest.h>

#include "chaos/src/scenario/chaos_figures.h"
#include "chaos/src/scenario/threshold_check.h"
#include "chaos/src/scenario/threshold_result.h"

namespace revenant::chaos {
namespace {

TEST(Threshold, ReadsUnitsAsBaseUnits) {
  EXPECT_DOUBLE_EQ(parse_threshold("task.p99 < 50ms").right.front().value, 0.05);
  EXPECT_DOUBLE_EQ(parse_threshold("task.p99 < 2 min").right.front().value, 120);
  EXPECT_DOUBLE_EQ(parse_threshold("a < 1.5MiB").right.front().value, 1.5 * 1024 * 1024);
  EXPECT_EQ(parse_threshold("a < 10/s").right.front().dimension, kRate);
  EXPECT_DOUBLE_EQ(parse_threshold("a < 5%").right.front().value, 0.05);
  EXPECT_DOUBLE_EQ(parse_threshold("a > 1e6").right.front().value, 1e6);
}

TEST(Threshold, TakesTheNamesOfBenchmarksAsTheyAre) {
  const char* const name = "throughput/noop/workers:2/payload:64.items_per_second";
  const Threshold ratio =
      parse_threshold(std::string(name) + " / floor/ring_pair/payload:64.real_time > 0.5");
  ASSERT_EQ(ratio.left.size(), 3u);
  EXPECT_EQ(ratio.left[0].name, name);
  EXPECT_EQ(ratio.left[1].name, "floor/ring_pair/payload:64.real_time");
  EXPECT_EQ(ratio.left[2].kind, Step::Kind::divide);
}

TEST(Threshold, MultipliesBeforeItAdds) {
  const auto measured = [](const std::string&) { return Measured{2, "2"}; };
  const FigureCatalogue any{.find = [](const std::string&) { return Figure{}; }, .names = {}};
  const auto ruling = [&](const char* text) {
    return judge_threshold(parse_threshold(text), {}, any, measured).ruling;
  };
  EXPECT_EQ(ruling("a + 3 * a == 8"), Ruling::pass);
  EXPECT_EQ(ruling("(a + 3) * a == 10"), Ruling::pass);
  EXPECT_EQ(ruling("12 / a / 3 == a"), Ruling::pass);
  EXPECT_EQ(ruling("10 - a - a == 6"), Ruling::pass);
  EXPECT_EQ(ruling("a - 1 != 1"), Ruling::fail);
}

struct Mistake {
  const char* text;
  std::size_t offset;
  const char* says;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.text; }

class AMistake : public testing::TestWithParam<Mistake> {};
TEST_P(AMistake, IsToldWithItsCharacter) {
  try {
    check_threshold(parse_threshold(GetParam().text), chaos_figures());
    FAIL() << "was accepted";
  } catch (const ThresholdError& error) {
    EXPECT_EQ(error.offset, GetParam().offset) << error.what();
    EXPECT_NE(std::string(error.what()).find(GetParam().says), std::string::npos) << error.what();
  }
}
INSTANTIATE_TEST_SUITE_P(
    Of, AMistake,
    testing::Values(
        Mistake{"", 0, "expected a number or the name"}, Mistake{"lost", 4, "expected one of <"},
        Mistake{"lost =< 3", 5, "expected one of <"}, Mistake{"lost < ", 7, "expected a number"},
        Mistake{"lost < 3 results", 9, "\"results\": no such unit"},
        Mistake{"task.p99 < 50sec", 13, "\"sec\": no such unit"},
        Mistake{"(lost < 3", 0, "not closed"}, Mistake{"lost < 3 < 4", 9, "expected the end"},
        Mistake{"task.p98 < 5ms", 0, "did you mean task.p90?"},
        Mistake{"frobs < 5", 0, "no such figure"},
        Mistake{"task.p99 < 50", 11, "give it a unit: us, ms, s"},
        Mistake{"task.p99 < 50/s", 11, "a rate compared with a time"},
        Mistake{"lost < 50ms", 7, "a time compared with a number"},
        Mistake{"chaos_rate > 5ms", 13, "a time compared with a rate"},
        Mistake{"task.p99 < lost", 0, "a time compared with a number"},
        Mistake{"task.p99 + lost < 5ms", 9, "have no sum"},
        Mistake{"verdict == maybe", 11, "no such figure"}, Mistake{"verdict < fail", 8, "== or !="},
        Mistake{"verdict + 1 == pass", 8, "no number to calculate with"},
        Mistake{"verdict == 1", 11, "compared with a verdict"},
        Mistake{"task.p99 < 0ms", 0, "can never hold"},
        Mistake{"task.p99 <= -1ms", 0, "can never hold"},
        Mistake{"lost == 0.5", 0, "can never hold"}, Mistake{"lost == -1", 0, "can never hold"},
        Mistake{"0 > 2 * lost", 0, "can never hold"},
        Mistake{"chaos_rate / calm_rate < 0", 0, "can never hold"},
        Mistake{"lost < lost", 0, "both sides are the same"},
        Mistake{"lost >= 0", 0, "always holds"}, Mistake{"lost != -1", 0, "always holds"},
        Mistake{"1 < 2", 0, "names no figure"}, Mistake{"pass == pass", 0, "names no figure"},
        Mistake{"lost / 0 < 5", 5, "a division by zero"}));

class AThreshold : public testing::TestWithParam<const char*> {};
TEST_P(AThreshold, IsAccepted) {
  EXPECT_NO_THROW(check_threshold(parse_threshold(GetParam()), chaos_figures()));
}
INSTANTIATE_TEST_SUITE_P(
    Of, AThreshold,
    testing::Values("verdict == pass", "verdict != fail", "fail == verdict", "task.p99 < 50ms",
                    "full_capacity.max<500ms", "chaos_rate >= 0.9 * calm_rate",
                    "chaos_rate / calm_rate > 90%", "chaos_rate > 1000", "chaos_rate > 1000/s",
                    "lost == 0", "lost <= 0", "lost < 1", "kills >= 100", "task.n > 10",
                    "task.p99 <= task.p50 * 10", "task.p99 - task.p50 < 5ms", "lost + failed <= 3",
                    "results / 10s > 5/s", "blast_radius < 0.5"));

// The defect that is looked for: a threshold that passes without data.
TEST(ThresholdResult, IsUnknownWithoutData) {
  Verdict verdict;
  const auto judge = [&](const char* text) {
    const Threshold threshold = parse_threshold(text);
    check_threshold(threshold, chaos_figures());
    return judge_threshold(threshold, {}, chaos_figures(), measurements_of(verdict));
  };
  EXPECT_EQ(judge("task.p99 < 50ms").ruling, Ruling::unknown);
  EXPECT_EQ(judge("task.p99 < 50ms").says, "task.p99 was not measured");
  EXPECT_EQ(judge("chaos_rate >= 0.9 * calm_rate").ruling, Ruling::unknown);
  EXPECT_EQ(judge("blast_radius < 1").ruling, Ruling::unknown);
  verdict.throughput_per_s = {.calm = 1000, .chaos = 899};
  EXPECT_EQ(judge("chaos_rate >= 0.9 * calm_rate").ruling, Ruling::fail);
  verdict.recovery_us.task = {.n = 412, .p50 = 100, .p90 = 200, .p99 = 49'999, .max = 60'000};
  EXPECT_EQ(judge("task.p99 < 50ms").ruling, Ruling::pass);
  EXPECT_EQ(judge("task.p99 < 50ms").says, "task.p99 is 50 ms of 412");
  EXPECT_EQ(judge("task.max < 50ms").ruling, Ruling::fail);
}

TEST(ThresholdResult, ShowsWhatWasCalculatedInDigitsThatAReaderCanHoldAgainstIt) {
  Verdict verdict;
  verdict.throughput_per_s = {.calm = 14651, .chaos = 14643};
  const Threshold threshold = parse_threshold("chaos_rate >= 0.9 * calm_rate");
  EXPECT_EQ(judge_threshold(threshold, {}, chaos_figures(), measurements_of(verdict)).says,
            "chaos_rate is 14643/s, calm_rate is 14651/s: 14643 against 13186");
  verdict.throughput_per_s = {.calm = 3, .chaos = 2};
  EXPECT_EQ(judge_threshold(threshold, {}, chaos_figures(), measurements_of(verdict)).says,
            "chaos_rate is 2/s, calm_rate is 3/s: 2 against 2.7");
}

TEST(ThresholdResult, OfAVerdictThatIsUnknownIsUnknown) {
  Verdict verdict;
  const auto ruling = [&](const char* text) {
    return judge_threshold(parse_threshold(text), {}, chaos_figures(), measurements_of(verdict))
        .ruling;
  };
  verdict.ruling = Ruling::unknown;
  EXPECT_EQ(ruling("verdict == pass"), Ruling::unknown);
  EXPECT_EQ(ruling("fail == verdict"), Ruling::unknown);
  EXPECT_EQ(ruling("verdict == unknown"), Ruling::pass);
  verdict.ruling = Ruling::fail;
  EXPECT_EQ(ruling("verdict == pass"), Ruling::fail);
  EXPECT_EQ(ruling("verdict == fail"), Ruling::pass);
  EXPECT_EQ(ruling("verdict == unknown"), Ruling::fail);
}

TEST(ChaosFigures, AreAllFoundByTheirNames) {
  const FigureCatalogue catalogue = chaos_figures();
  Verdict verdict;
  verdict.counts.faults_installed = 1;
  verdict.throughput_per_s = {.calm = 1, .chaos = 1};
  const Quantiles some{.n = 1, .p50 = 1, .p90 = 1, .p99 = 1, .max = 1};
  verdict.recovery_us = {some, some, some, some, some};
  for (const std::string& name : catalogue.names) {
    EXPECT_TRUE(catalogue.find(name)) << name;
    EXPECT_TRUE(measurements_of(verdict)(name)) << name;
  }
}

}  // namespace
}  // namespace revenant::chaos
