// `revenant bench --scenario`: figures of a file, and a run with thresholds that hold and break.
#include "chaos/src/scenario/scenario.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "bench/src/scenario/bench_figures.h"
#include "bench/src/scenario/bench_scenario.h"
#include "chaos/src/scenario/schema.h"

namespace revenant::bench {
namespace {

const std::vector<std::string> kNames = {"floor/futex_round_trip",
                                         "throughput/noop/workers:2/payload:64"};

class BenchScenario : public testing::Test {
 protected:
  BenchScenario()
      : folder_(std::filesystem::temp_directory_path() /
                ("revenant-bench-scenario-" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(folder_);
  }
  ~BenchScenario() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string write(const char* name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  const std::filesystem::path folder_;
};

TEST_F(BenchScenario, FiguresAreMediansInBaseUnits) {
  const std::string file = write("bench.json", R"({"benchmarks": [
    {"name": "a", "run_type": "iteration", "real_time": 3.0, "time_unit": "us", "p99": 8.0},
    {"name": "a", "run_type": "iteration", "real_time": 1.0, "time_unit": "us", "p99": 6.0},
    {"name": "a", "run_type": "iteration", "real_time": 2.0, "time_unit": "us", "p99": 7.0},
    {"name": "a", "run_type": "aggregate", "real_time": 9.0, "time_unit": "us"},
    {"name": "b", "run_type": "iteration", "real_time": 2.0, "time_unit": "us", "error_occurred": true}
  ]})");
  const auto measured = read_measurements(file, chaos::Ruling::pass);
  EXPECT_DOUBLE_EQ(measured("a.real_time")->value, 2e-6);
  EXPECT_DOUBLE_EQ(measured("a.p99")->value, 7e-6);
  EXPECT_EQ(measured("a.real_time")->shown, "2 us, the median of 3");
  EXPECT_FALSE(measured("b.real_time")) << "it ended in an error";
}

TEST_F(BenchScenario, AFigureOfABenchmarkThatThereIsNotIsRefusedWithItsPlace) {
  const auto refusal = [](const std::string& threshold) -> std::string {
    try {
      static_cast<void>(chaos::parse_scenario("[[run]]\nthresholds = [\"" + threshold + "\"]\n",
                                              "b.toml", bench_vocabulary(kNames), {}));
      return "";
    } catch (const chaos::ScenarioError& error) {
      return error.what();
    }
  };
  EXPECT_EQ(refusal("throughput/noop/workers:2/payload:64.items_per_second > 1e6"), "");
  EXPECT_EQ(refusal("floor/futex_round_trip.real_time / floor/futex_round_trip.p99 < 2"), "");
  EXPECT_TRUE(
      refusal("floor/futex_roundtrip.real_time < 5us")
          .starts_with("b.toml:2:16: threshold: floor/futex_roundtrip.real_time: no such figure; "
                       "did you mean floor/futex_round_trip.real_time?"));
  EXPECT_NE(refusal("floor/futex_round_trip.real_time < 5").find("give it a unit"),
            std::string::npos);
}

TEST_F(BenchScenario, ABrokenThresholdIsTheLastLine) {
  const std::string file = write("b.toml", R"(
smoke = true
filter = "floor/futex_round_trip$"
[[run]]
thresholds = ["floor/futex_round_trip.real_time > 0ns", "floor/futex_round_trip.real_time > 1h"]
)");
  const ScenarioResult result = run_bench_scenario(file, {"--out", folder_ / "runs"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(result.last_line.starts_with(
      "FAIL  run 1: floor/futex_round_trip.real_time > 1h is broken: "))
      << result.last_line;
  EXPECT_TRUE(std::filesystem::exists(result.junit));
}

TEST(BenchSchema, KnowsEveryKeyAndNoOther) {
  std::ostringstream committed;
  committed << std::ifstream(REVENANT_SCHEMA).rdbuf();
  EXPECT_TRUE(committed.str() == chaos::scenario_schema(bench_vocabulary({})))
      << "is not that of: revenant bench --scenario-schema > " REVENANT_SCHEMA;
}

}  // namespace
}  // namespace revenant::bench
