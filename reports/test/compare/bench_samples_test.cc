#include "reports/src/compare/bench_samples.h"

#include <gtest/gtest.h>

#include "reports/src/input_error.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports::compare {
namespace {

std::string file_of(const std::string& rows) { return R"({"benchmarks":[)" + rows + "]}"; }

std::string row(const std::string& name, const std::string& rest) {
  return R"({"run_name":")" + name + R"(","name":")" + name + R"(",)" + rest + "}";
}

constexpr const char* kIteration = R"("run_type":"iteration","time_unit":"ns",)";

class BenchSamples : public testing::Test {
 protected:
  Side read(const std::string& rows, SampleOf sample_of = SampleOf::repetition,
            const CounterRules& rules = {}) {
    return read_bench_samples(scratch_.write("bench.json", file_of(rows)), sample_of, rules);
  }
  std::string complaint_about(const std::string& text) {
    try {
      read_bench_samples(scratch_.write("bench.json", text), SampleOf::repetition, {});
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  }
  ScratchFolder scratch_;
};

TEST_F(BenchSamples, RepetitionsAreSamplesAndTimesAreMicroseconds) {
  const std::string one = row("BM_a/8/repeats:2/real_time",
                              std::string(kIteration) + R"("real_time":2000,"cpu_time":1)");
  const std::string other = row("BM_a/8/repeats:2/real_time", R"("real_time":3,"time_unit":"us")");
  const Side side = read(one + "," + other);
  ASSERT_EQ(side.figures.size(), 1u);
  EXPECT_EQ(side.figures.begin()->first, "BM_a/8/real_time");
  EXPECT_EQ(side.figures.begin()->second.values, (std::vector<double>{2, 3}));
  EXPECT_EQ(side.figures.begin()->second.unit, Unit::microseconds);
}

TEST_F(BenchSamples, ThreadsAreAnotherBenchmark) {
  const std::string time = std::string(kIteration) + R"("real_time":1)";
  EXPECT_EQ(read(row("a/threads:1", time) + "," + row("a/threads:2", time)).figures.size(), 2u);
}

TEST_F(BenchSamples, ARateOrAQuantileStandsForTheTime) {
  const Side side = read(
      row("a",
          std::string(kIteration) + R"("real_time":1,"items_per_second":9,"bytes_per_second":72)") +
      "," + row("b", std::string(kIteration) + R"("real_time":1,"task_p50":7,"worker_kib":4)") +
      "," + row("c", std::string(kIteration) + R"("real_time":1,"heap_bytes":4)"));
  EXPECT_TRUE(side.figures.contains("a/items_per_second"));
  EXPECT_EQ(side.figures.at("a/items_per_second").better, Better::more);
  EXPECT_EQ(side.figures.at("b/task_p50").better, Better::less);
  EXPECT_FALSE(side.figures.contains("a/real_time"));
  EXPECT_FALSE(side.figures.contains("a/bytes_per_second"));
  EXPECT_FALSE(side.figures.contains("b/real_time"));
  EXPECT_TRUE(side.figures.contains("c/real_time"));
  EXPECT_TRUE(side.figures.contains("c/heap_bytes"));
}

TEST_F(BenchSamples, CountersThatDoNotSayWhatIsBetterAreNamedUnlessTheUserSays) {
  const std::string rows =
      row("a", std::string(kIteration) + R"("real_time":1,"misses":4,"hits":3)");
  const Side side = read(rows);
  EXPECT_EQ(side.figures.size(), 1u);
  ASSERT_EQ(side.notes.size(), 1u);
  EXPECT_NE(side.notes[0].find("hits, misses"), std::string::npos);
  const Side told = read(rows, SampleOf::repetition, {{"*/hits"}, {"*/misses"}, true});
  EXPECT_EQ(told.figures.at("a/hits").better, Better::more);
  EXPECT_EQ(told.figures.at("a/misses").better, Better::less);
}

TEST_F(BenchSamples, AggregatesAreNoSamples) {
  const std::string aggregate =
      R"("run_type":"aggregate","aggregate_name":"median","time_unit":"us","real_time":5)";
  const std::string mean =
      R"("run_type":"aggregate","aggregate_name":"mean","time_unit":"us","real_time":9)";
  const std::string both = row("a", aggregate) + "," + row("a", mean);
  EXPECT_EQ(read(both).figures.size(), 0u);
  EXPECT_NE(read(both).spoiled.at("a/real_time").find("aggregates only"), std::string::npos);
  EXPECT_EQ(read(both, SampleOf::input).figures.at("a/real_time").values, (std::vector<double>{5}));
}

TEST_F(BenchSamples, AnInputThatIsOneSampleIsItsMedian) {
  std::string rows;
  for (const char* time : {"1", "2", "9"}) {
    rows += (rows.empty() ? "" : ",") +
            row("a", R"("time_unit":"us","real_time":)" + std::string(time));
  }
  EXPECT_EQ(read(rows, SampleOf::input).figures.at("a/real_time").values, (std::vector<double>{2}));
}

TEST_F(BenchSamples, OneFailedRepetitionSpoilsAll) {
  const Side side = read(row("a", std::string(kIteration) + R"("real_time":1)") + "," +
                         row("a", R"("error_occurred":true,"error_message":"no pool")") + "," +
                         row("a/8", std::string(kIteration) + R"("real_time":1)"));
  EXPECT_FALSE(side.figures.contains("a/real_time"));
  EXPECT_TRUE(side.figures.contains("a/8/real_time"));
  EXPECT_EQ(side.spoiled.at("a"), "ended in an error: no pool");
}

TEST_F(BenchSamples, WhatIsNoResultIsRefusedWithThePlace) {
  EXPECT_NE(complaint_about("hello").find("line 1, column 1: not JSON"), std::string::npos);
  EXPECT_NE(complaint_about("{\"benchmarks\":[\n{\"name\":\"a\"").find("line 2"),
            std::string::npos);
  EXPECT_NE(complaint_about("{\"benchmarks\":[\n{\"real_time\":NaN}]}").find("line 2, column 14"),
            std::string::npos);
  EXPECT_NE(complaint_about("{}").find("has no list \"benchmarks\""), std::string::npos);
  EXPECT_NE(complaint_about("[1]").find("expected a JSON object"), std::string::npos);
}

}  // namespace
}  // namespace revenant::reports::compare
