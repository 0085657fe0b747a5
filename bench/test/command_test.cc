// What `revenant bench` promises of its command line, its file and its exit code.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "bench/test/bench_process.h"

namespace revenant::bench {
namespace {

using nlohmann::json;

constexpr int kWrongUsage = 3;

json read_json(const std::string& path) { return json::parse(std::ifstream(path)); }

std::set<std::string> keys_of(const json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

std::vector<std::string> promised_names(const std::string& family) {
  std::vector<std::string> names;
  for (const char* workers : {"1", "2", "4", "8", "16"}) {
    const std::string name = family + "/workers:" + workers;
    if (family == "throughput/noop") {
      names.push_back(name + "/payload:64");
      names.push_back(name + "/payload:4096");
    } else {
      names.push_back(name);
    }
  }
  return names;
}

// What every row of that name has to carry.
std::set<std::string> promised_counters(const std::string& name) {
  if (name.find("payload:") != std::string::npos) {
    return {"items_per_second", "bytes_per_second", "window"};
  }
  if (!name.starts_with("recovery")) return {"p50", "p90", "p99", "max", "samples"};
  std::set<std::string> counters{"kills", "kills_running", "kills_waiting", "kills_idle"};
  for (const std::string what : {"detect_", "ready_", "refill_", "task_"}) {
    for (const std::string figure : {"p50", "p90", "p99", "max"}) counters.insert(what + figure);
  }
  return counters;
}

TEST(BenchCommand, WritesEveryPromisedNameWithItsCountersAndNoError) {
  BenchProcess bench({"--smoke", "--out", "bench.json"});
  ASSERT_EQ(bench.wait(), 0) << bench.errors();
  std::vector<std::string> wanted{"floor/ring_pair/payload:64",
                                  "floor/ring_pair/payload:4096",
                                  "floor/socketpair_stream/payload:64",
                                  "floor/socketpair_stream/payload:4096",
                                  "floor/shm_round_trip",
                                  "floor/futex_round_trip",
                                  "floor/socketpair_round_trip",
                                  "floor/fork_first_message",
                                  "floor/kill_to_pidfd",
                                  "floor/kill_to_robust_futex",
                                  "floor/kill_sleeping_to_pidfd",
                                  "floor/kill_sleeping_to_robust_futex"};
  for (const char* family :
       {"throughput/noop", "recovery", "recovery_idle_processors", "recovery_no_spare"}) {
    for (const std::string& name : promised_names(family)) wanted.push_back(name);
  }
  std::multiset<std::string> found;
  const json results = read_json(bench.path("bench.json"));
  for (const json& row : results["benchmarks"]) {
    const std::string name = row["name"];
    found.insert(name);
    EXPECT_FALSE(row.contains("error_occurred")) << row;
    const std::set<std::string> keys = keys_of(row);
    const bool no_task = row.contains("kills") && row["kills"] == row["kills_idle"];
    for (const std::string& counter : promised_counters(name)) {
      if (no_task && counter.starts_with("task_")) continue;
      EXPECT_TRUE(keys.contains(counter)) << name << " has no " << counter;
    }
  }
  EXPECT_EQ(found, std::multiset<std::string>(wanted.begin(), wanted.end()));
  EXPECT_FALSE(std::filesystem::exists(bench.path("bench.json.partial")));
}

TEST(BenchCommand, WritesTheMachineTheBuildAndTheOptionsIntoTheContext) {
  BenchProcess bench({"--smoke", "--benchmark_filter=shm_round_trip"});
  ASSERT_EQ(bench.wait(), 0) << bench.errors();
  const json context = read_json(bench.path("revenant-bench.json"))["context"];
  for (const char* key : {"kernel", "cpu_model", "cores", "memory_bytes", "commit", "compiler",
                          "build_type", "revenant_version", "options", "command_line"}) {
    ASSERT_TRUE(context.contains(key)) << key;
    EXPECT_FALSE(context[key].get<std::string>().empty()) << key;
  }
  EXPECT_EQ(context["command_line"], "revenant bench --smoke --benchmark_filter=shm_round_trip");
  EXPECT_NE(context["kernel"], "unknown");
  EXPECT_NE(context["cores"], "unknown");
}

TEST(BenchCommand, ListsThePlainNamesAndWritesNoFile) {
  BenchProcess bench({"--benchmark_list_tests", "--benchmark_filter=/kill_to"});
  ASSERT_EQ(bench.wait(), 0) << bench.errors();
  EXPECT_EQ(bench.output(), "floor/kill_to_pidfd\nfloor/kill_to_robust_futex");
  EXPECT_FALSE(std::filesystem::exists(bench.path("revenant-bench.json")));
}

TEST(BenchCommand, TakesAFilterThatIsAnchoredAtTheEndOfThePlainName) {
  BenchProcess bench({"--benchmark_list_tests",
                      "--benchmark_filter=noop/workers:1/payload:64$|^recovery/workers:(1|2)$"});
  ASSERT_EQ(bench.wait(), 0) << bench.errors();
  EXPECT_EQ(bench.output(),
            "throughput/noop/workers:1/payload:64\nrecovery/workers:1\nrecovery/workers:2");
}

TEST(BenchCommand, PrintsJsonWithPlainNamesWhereThatIsTheFormat) {
  BenchProcess bench({"--smoke", "--benchmark_format=json", "--benchmark_filter=shm_round_trip"});
  ASSERT_EQ(bench.wait(), 0) << bench.errors();
  EXPECT_EQ(json::parse(bench.output())["benchmarks"][0]["name"], "floor/shm_round_trip");
}

TEST(BenchCommand, LetsARepetitionCountThatIsGivenWinOverItsOwn) {
  BenchProcess bench({"--smoke", "--benchmark_repetitions=3", "--benchmark_filter=shm_round_trip"});
  ASSERT_EQ(bench.wait(), 0) << bench.errors();
  int repetitions = 0;
  const json results = read_json(bench.path("revenant-bench.json"));
  for (const json& row : results["benchmarks"]) {
    if (row["run_type"] == "iteration") ++repetitions;
  }
  EXPECT_EQ(repetitions, 3);
}

struct WrongUsage {
  std::string name;
  std::vector<std::string> arguments;
  std::string message;
};

void PrintTo(const WrongUsage& usage, std::ostream* out) { *out << usage.name; }

class BenchCommandRefuses : public testing::TestWithParam<WrongUsage> {};

TEST_P(BenchCommandRefuses, SayingWhatIsWrongAndLeavingNoFile) {
  BenchProcess bench(GetParam().arguments);
  EXPECT_EQ(bench.wait(), kWrongUsage);
  EXPECT_NE(bench.errors().find(GetParam().message), std::string::npos) << bench.errors();
  EXPECT_EQ(bench.output(), "");
  EXPECT_FALSE(std::filesystem::exists(bench.path("revenant-bench.json")));
  EXPECT_FALSE(std::filesystem::exists(bench.path("revenant-bench.json.partial")));
}

INSTANTIATE_TEST_SUITE_P(
    Usage, BenchCommandRefuses,
    testing::Values(
        WrongUsage{"AnUnknownOption", {"--fast"}, "--fast"},
        WrongUsage{"AnArgumentThatIsNoOption", {"floor"}, "floor"},
        WrongUsage{"TwoEfforts", {"--quick", "--smoke"}, "--smoke"},
        WrongUsage{"AnOptionWithoutItsValue", {"--out"}, "--out"},
        WrongUsage{"AFileInNoFolder", {"--out", "no/folder/x.json"}, "no/folder/x.json"},
        WrongUsage{"AFileThatIsAFolder", {"--out", "."}, "is not a file"},
        WrongUsage{"AFileThatIsADevice", {"--out", "/dev/null"}, "is not a file"},
        WrongUsage{"AnEmptyFileName", {"--out="}, "--out"},
        WrongUsage{"AnUnknownLibraryFlag", {"--benchmark_speed=1"}, "--benchmark_speed=1"},
        WrongUsage{"AnUnknownFormat", {"--benchmark_format=xml"}, "console, json or csv"},
        WrongUsage{"AFileThatIsNotJson", {"--benchmark_out_format=csv"}, "--benchmark_format=csv"},
        WrongUsage{"AnUnknownTimeUnit", {"--benchmark_time_unit=h"}, "ns, us, ms or s"},
        WrongUsage{"NoRepetitions", {"--benchmark_repetitions=0"}, "a whole number from 1"},
        WrongUsage{"RepetitionsInWords", {"--benchmark_repetitions=many"}, "a whole number from 1"},
        WrongUsage{"HalfARepetition", {"--benchmark_repetitions=1.5"}, "a whole number from 1"},
        WrongUsage{"ANegativeTime", {"--benchmark_min_time=-1"}, "not negative"},
        WrongUsage{"AnEndlessTime", {"--benchmark_min_time=inf"}, "not negative"},
        WrongUsage{"AFilterWithoutAMatch", {"--benchmark_filter=no_such_name"}, "no_such_name"},
        WrongUsage{"AFilterThatIsNoExpression", {"--benchmark_filter=("}, "regular"}),
    [](const auto& usage) { return usage.param.name; });

}  // namespace
}  // namespace revenant::bench
