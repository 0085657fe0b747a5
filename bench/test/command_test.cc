// What `revenant bench` promises of its command line, its file and its exit code.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "bench/src/exit_codes.h"
#include "bench/test/bench_process.h"

namespace revenant::bench {
namespace {

using nlohmann::json;

json read_json(const std::string& path) { return json::parse(std::ifstream(path)); }

std::set<std::string> keys_of(const json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

using Strings = std::vector<std::string>;

// FAMILY/NAME:VALUE for each value.
void append(Strings& names, const std::string& family, const std::string& parameter,
            const Strings& values, const std::string& rest = "") {
  for (const std::string& value : values) {
    names.push_back(family + "/" + parameter + ":" + value + rest);
  }
}

// At smoke size, which leaves out what is large.
Strings promised_names() {
  Strings names{"floor/shm_round_trip",
                "floor/futex_round_trip",
                "floor/futex_round_trip_after_pause",
                "floor/socketpair_round_trip",
                "round_trip/spinning",
                "round_trip/asleep",
                "floor/fork_first_message",
                "floor/kill_to_pidfd",
                "floor/kill_to_robust_futex",
                "floor/kill_sleeping_to_pidfd",
                "floor/kill_sleeping_to_robust_futex"};
  const Strings workers{"1", "2", "4", "8", "16"};
  const Strings many{"1", "2", "4", "8", "16", "64"};
  const Strings sizes{"1", "16", "64"};
  append(names, "floor/ring_pair", "payload", {"8", "64", "512", "4096"});
  append(names, "floor/ring_pair_copy", "payload",
         {"64", "512", "4096", "65536", "1048576", "16777216"});
  append(names, "floor/socketpair_stream", "payload", {"64", "4096"});
  append(names, "floor/fork_first_message", "caller_mib", {"16"});
  append(names, "floor/kill_to_pidfd", "victim_mib", sizes);
  append(names, "floor/kill_to_robust_futex", "victim_mib", sizes);
  append(names, "floor/fork_loop", "processes", many);
  append(names, "start", "workers", many);
  append(names, "throughput/noop", "workers", many, "/payload:64");
  append(names, "throughput/noop", "workers", workers, "/payload:4096");
  append(names, "throughput/noop/workers:1", "payload",
         {"8", "512", "65536", "1048576", "16777216"});
  for (const char* family : {"recovery", "recovery_idle_processors", "recovery_no_spare"}) {
    append(names, family, "workers", workers);
  }
  append(names, "one_kill", "workers", many, "/spares:1/victim_mib:0/supervisor_mib:0");
  append(names, "one_kill/workers:1/spares:1", "victim_mib", sizes, "/supervisor_mib:0");
  append(names, "one_kill/workers:1/spares:0/victim_mib:0", "supervisor_mib", {"0"});
  append(names, "goodput", "kills_per_second", {"0", "10", "50", "100", "200", "500", "1000"});
  append(names, "utilisation", "task_us", {"10", "100", "1000", "10000", "100000"});
  append(names, "memory", "workers", many);
  append(names, "system_calls", "workers", many);
  return names;
}

std::set<std::string> percentiles(const Strings& prefixes) {
  std::set<std::string> counters;
  for (const std::string& prefix : prefixes) {
    for (const char* figure : {"p50", "p90", "p99", "max"}) counters.insert(prefix + figure);
  }
  return counters;
}

// What every row of that name has to carry.
std::set<std::string> promised_counters(const std::string& name) {
  std::set<std::string> counters;
  if (name.starts_with("recovery")) {
    counters = percentiles({"detect_", "ready_", "refill_", "task_"});
    counters.insert({"kills", "kills_running", "kills_waiting", "kills_idle"});
  } else if (name.starts_with("one_kill")) {
    counters = percentiles({"detect_", "task_", "refill_", "late_"});
    counters.insert("kills");
  } else if (name.starts_with("goodput")) {
    counters = {"items_per_second", "theory_per_second", "kills",
                "task_us",          "kill_cost_us",      "processors"};
  } else if (name.starts_with("utilisation")) {
    counters = {"items_per_second", "best_per_second"};
  } else if (name.starts_with("memory")) {
    counters = {"worker_kib", "worker_private_kib", "worker_used_kib", "nursery_kib",
                "supervisor_kib"};
  } else if (name.starts_with("system_calls")) {
    counters = {"calls_per_task", "allocations_per_task", "tasks"};
  } else if (name.starts_with("start") || name.starts_with("floor/fork_loop")) {
    counters = {"items_per_second"};
  } else if (name.find("payload:") != std::string::npos) {
    counters = {"items_per_second", "bytes_per_second", "window"};
  } else {
    counters = percentiles({""});
    counters.insert({"mean", "samples"});
  }
  return counters;
}

// Whether this machine lets system calls be counted (perf_event_open).
bool may_be_refused(const json& row) {
  return std::string(row["name"]).starts_with("system_calls") && row.contains("error_occurred") &&
         std::string(row["error_message"]).find("cannot be counted here") != std::string::npos;
}

TEST(BenchCommand, WritesEveryPromisedNameWithItsCountersAndNoError) {
  BenchProcess bench({"--smoke", "--out", "bench.json"});
  const int code = bench.wait();
  const Strings wanted = promised_names();
  bool refused = false;
  std::multiset<std::string> found;
  const json results = read_json(bench.path("bench.json"));
  for (const json& row : results["benchmarks"]) {
    const std::string name = row["name"];
    found.insert(name);
    if (may_be_refused(row)) {
      refused = true;
      continue;
    }
    EXPECT_FALSE(row.contains("error_occurred")) << row;
    const std::set<std::string> keys = keys_of(row);
    const bool no_task = row.contains("kills") && row["kills"] == row["kills_idle"];
    for (const std::string& counter : promised_counters(name)) {
      if (no_task && counter.starts_with("task_")) continue;
      EXPECT_TRUE(keys.contains(counter)) << name << " has no " << counter;
    }
  }
  EXPECT_EQ(code, refused ? 1 : 0) << bench.errors();
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
  BenchProcess bench({"--benchmark_list_tests", "--benchmark_filter=/kill_to_[a-z_]*$"});
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
