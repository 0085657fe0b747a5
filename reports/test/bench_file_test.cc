#include "reports/src/bench_file.h"

#include <gtest/gtest.h>

#include "reports/src/figures.h"
#include "reports/src/input_error.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

BenchFile read(const std::string& text) {
  const ScratchFolder folder;
  return read_bench_file(folder.write("bench.json", text));
}

std::string message_for(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

std::string row(const std::string& name, const std::string& rest) {
  return "{\"name\":\"" + name + "\",\"run_name\":\"" + name + "\"," + rest + "}";
}

std::string file(const std::string& rows) {
  return "{\"context\":{\"kernel\":\"Linux\"},\"benchmarks\":[" + rows + "]}";
}

TEST(BenchFile, BringsTheRepetitionsOfOneBenchmarkTogether) {
  const std::string name = "throughput/noop/workers:4/payload:64/min_time:0.3/repeats:3/real_time";
  const BenchFile bench = read(
      file(row(name, "\"run_type\":\"iteration\",\"items_per_second\":30.0,\"window\":64") + "," +
           row(name, "\"run_type\":\"iteration\",\"items_per_second\":10.0,\"window\":64") + "," +
           row(name, "\"run_type\":\"iteration\",\"items_per_second\":20.0,\"window\":64") + "," +
           row(name,
               "\"run_type\":\"aggregate\",\"aggregate_name\":\"mean\","
               "\"items_per_second\":999.0")));
  ASSERT_EQ(bench.benchmarks.size(), 1u);
  const Benchmark& benchmark = bench.benchmarks[0];
  EXPECT_EQ(benchmark.name, "throughput/noop/workers:4/payload:64");
  EXPECT_EQ(benchmark.family, "throughput/noop");
  EXPECT_EQ(benchmark.argument("workers"), 4);
  const Spread rate = benchmark.counter("items_per_second").value();
  EXPECT_EQ(rate.median, 20);
  EXPECT_EQ(rate.min, 10);
  EXPECT_EQ(rate.max, 30);
  EXPECT_EQ(rate.repetitions, 3u);
}

TEST(BenchFile, TakesOtherThreadsForAnotherBenchmarkAndNoRepetition) {
  const BenchFile bench = read(file(row("copy/threads:1", "\"items_per_second\":10.0") + "," +
                                    row("copy/threads:4", "\"items_per_second\":30.0")));
  ASSERT_EQ(bench.benchmarks.size(), 2u);
  EXPECT_EQ(bench.benchmarks[1].name, "copy/threads:4");
  EXPECT_EQ(bench.benchmarks[1].counter("items_per_second").value().repetitions, 1u);
}

TEST(BenchFile, TakesTheMedianWhereThereAreOnlyAggregates) {
  const BenchFile bench =
      read(file(row("a",
                    "\"run_type\":\"aggregate\",\"aggregate_name\":\"mean\",\"real_time\":5.0,"
                    "\"time_unit\":\"ms\"") +
                "," +
                row("a",
                    "\"run_type\":\"aggregate\",\"aggregate_name\":\"median\",\"real_time\":4.0,"
                    "\"time_unit\":\"ms\"")));
  EXPECT_EQ(bench.benchmarks[0].counter("real_time").value().median, 4000);
}

TEST(BenchFile, HasNoFigureForABenchmarkOfWhichOneRepetitionFailed) {
  const BenchFile bench = read(
      file(row("a", "\"run_type\":\"iteration\",\"real_time\":5.0,\"time_unit\":\"us\"") + "," +
           row("a",
               "\"run_type\":\"iteration\",\"error_occurred\":true,"
               "\"error_message\":\"fork refused\"") +
           "," +
           row("a",
               "\"run_type\":\"iteration\",\"error_occurred\":true,"
               "\"error_message\":\"an earlier one failed\"")));
  EXPECT_TRUE(bench.benchmarks[0].counters.empty());
  EXPECT_EQ(bench.benchmarks[0].error, "fork refused") << "the first reason is the cause";
  EXPECT_EQ(figures_of(bench).unmeasured.at(0).reason, "fork refused");
}

TEST(BenchFile, RefusesWhatIsNotOneAndSaysWhereAndWhatToDo) {
  EXPECT_NE(message_for("{\"a\":\n  nonsense}").find("line 2, column 4: not JSON"),
            std::string::npos)
      << message_for("{\"a\":\n  nonsense}");
  EXPECT_NE(message_for("[]").find("expected a JSON object, found array"), std::string::npos);
  EXPECT_NE(message_for("{\"verdict\":\"pass\"}").find("or a run folder"), std::string::npos);
  EXPECT_NE(message_for(file("")).find("nothing was measured"), std::string::npos);
  EXPECT_NE(message_for("").find("not JSON"), std::string::npos);
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_NE(message_for("{\"benchmarks\":" + deep + "}").find("nested deeper than 32"),
            std::string::npos);
  EXPECT_THROW(read_bench_file("/nonexistent.json"), InputError);
}

TEST(BenchFile, RemarksOnABusyMachineAndOnWhatABenchmarkSaysOfItself) {
  const BenchFile busy =
      read("{\"context\":{\"num_cpus\":2,\"load_avg\":[7.5,1,1]},\"benchmarks\":[" +
           row("a", "\"real_time\":1.0,\"label\":\"the pair shared a processor\"") + "," +
           row("b", "\"real_time\":1.0,\"label\":\"early notice\"") + "]}");
  ASSERT_EQ(busy.remarks.size(), 2u);
  EXPECT_NE(busy.remarks[0].find("load average was 7.5 on 2 processors"), std::string::npos);
  EXPECT_EQ(busy.remarks[1], "a: the pair shared a processor.");
  const BenchFile idle = read("{\"context\":{\"num_cpus\":2,\"load_avg\":[0.5]},\"benchmarks\":[" +
                              row("a", "\"real_time\":1.0") + "]}");
  EXPECT_TRUE(idle.remarks.empty());
}

TEST(Figures, KeepRecoveryUnderOtherConditionsApartAndLeaveOutWhatHadNoSample) {
  const std::string times =
      "\"detect_p50\":1,\"detect_p90\":2,\"detect_p99\":3,\"detect_max\":4,"
      "\"task_p50\":0,\"task_p90\":0,\"task_p99\":0,\"task_max\":0";
  const Figures figures = figures_of(
      read(file(row("recovery_no_spare/workers:1", times) + "," +
                row("recovery/workers:16", times) + "," + row("recovery/workers:2", times))));
  ASSERT_EQ(figures.recovery.size(), 3u);
  EXPECT_EQ(figures.recovery[0].workers, 2);
  EXPECT_EQ(figures.recovery[1].workers, 16);
  EXPECT_EQ(figures.recovery[2].condition, "no spare");
  EXPECT_EQ(figures.recovery[0].by_stage.size(), 1u) << "zeros are no task time";
}

TEST(Figures, SetThroughputBesideTheFloorsOfItsOwnPayload) {
  const Figures figures = figures_of(
      read(file(row("throughput/noop/workers:2/payload:64", "\"items_per_second\":20") + "," +
                row("throughput/noop/workers:1/payload:64", "\"items_per_second\":10") + "," +
                row("throughput/noop/workers:1/payload:4096", "\"items_per_second\":5") + "," +
                row("floor/ring_pair/payload:64", "\"items_per_second\":40") + "," +
                row("floor/socketpair_stream/payload:4096", "\"items_per_second\":2"))));
  ASSERT_EQ(figures.throughput.size(), 2u);
  EXPECT_EQ(figures.throughput[0].points.at(0).workers, 1);
  EXPECT_EQ(figures.throughput[0].ring_pair.value().median, 40);
  EXPECT_FALSE(figures.throughput[0].socketpair);
  EXPECT_FALSE(figures.throughput[1].ring_pair);
  EXPECT_EQ(figures.throughput[1].socketpair.value().median, 2);
}

TEST(Figures, TakeRecoveryAndLatencyFloorsFromTheirCounters) {
  const std::string times = "\"p50\":1,\"p90\":2,\"p99\":3,\"max\":4";
  const Figures figures = figures_of(read(file(
      row("recovery/workers:4",
          "\"detect_p50\":1,\"detect_p90\":2,\"detect_p99\":3,"
          "\"detect_max\":4,\"ready_p50\":5,\"kills\":200") +
      "," + row("floor/kill_to_pidfd", times) + "," + row("somebody/elses", "\"real_time\":1"))));
  ASSERT_EQ(figures.recovery.size(), 1u);
  EXPECT_EQ(figures.recovery[0].kills, 200);
  EXPECT_EQ(figures.recovery[0].by_stage.size(), 1u)
      << "a stage without all quantiles is not shown";
  EXPECT_EQ(figures.floor_p50("kill_to_pidfd"), 1);
  EXPECT_EQ(figures.floor_p50("kill_to_robust_futex"), std::nullopt);
  EXPECT_EQ(figures.others.at(0).name, "somebody/elses");
}

}  // namespace
}  // namespace revenant::reports
