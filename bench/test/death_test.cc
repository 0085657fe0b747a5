// Processes of a benchmark that die when they should not, and such as should not be left.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "bench/test/bench_process.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr auto kPatience = std::chrono::seconds(60);

bool eventually(const std::function<bool()>& condition) {
  const os::TimePoint until = os::now() + kPatience;
  while (!condition()) {
    if (os::now() > until) return false;
    ::usleep(1000);
  }
  return true;
}

void kill_children(pid_t parent) {
  for (const pid_t pid : os::read_children(parent)) {
    const auto child = os::Process::open(pid);
    // The pid may have changed hands since the list was read.
    const auto stat = os::read_proc_stat(pid);
    if (!child || !stat || stat->parent_pid != parent) continue;
    if (stat->start_time_ticks == child->start_time_ticks()) child->send_signal(SIGKILL);
  }
}

class FloorWhosePeerIsKilled : public testing::TestWithParam<const char*> {};

// The benchmark would run for ten minutes otherwise, or its repetitions for a while.
TEST_P(FloorWhosePeerIsKilled, EndsInAnErrorRowAndNotInAHang) {
  BenchProcess bench({std::string("--benchmark_filter=") + GetParam(), "--benchmark_min_time=600",
                      "--benchmark_repetitions=20"});
  const bool ended = eventually([&] {
    kill_children(bench.process().pid());
    return bench.process().has_ended();
  });
  ASSERT_TRUE(ended);
  EXPECT_EQ(bench.wait(), 1) << bench.errors();
  EXPECT_NE(bench.output().find("ERROR OCCURRED"), std::string::npos) << bench.output();
  const std::string named = "  " + std::string(GetParam()) + ": the peer process died";
  EXPECT_NE(bench.errors().find(named), std::string::npos) << bench.errors();
}

std::string test_name(const testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == ':'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Floors, FloorWhosePeerIsKilled,
                         testing::Values("floor/ring_pair/payload:64",
                                         "floor/socketpair_stream/payload:4096",
                                         "floor/shm_round_trip", "floor/futex_round_trip",
                                         "floor/socketpair_round_trip"),
                         test_name);

class InterruptedBenchmark : public testing::TestWithParam<const char*> {};

TEST_P(InterruptedBenchmark, LeavesNoChildBehindAndNoResult) {
  BenchProcess bench({std::string("--benchmark_filter=") + GetParam(), "--benchmark_min_time=600"});
  std::vector<pid_t> children;
  ASSERT_TRUE(eventually([&] {
    children = os::read_children(bench.process().pid());
    return !children.empty();
  }));
  const auto child = os::Process::open(children.front());
  ASSERT_TRUE(child.has_value());
  bench.process().send_signal(SIGKILL);
  EXPECT_EQ(bench.wait(), BenchProcess::kKilled);
  EXPECT_TRUE(child->wait_ended(60'000));
  EXPECT_FALSE(std::filesystem::exists(bench.path("revenant-bench.json")));
}

INSTANTIATE_TEST_SUITE_P(Benchmarks, InterruptedBenchmark,
                         testing::Values("floor/ring_pair/payload:64",
                                         "floor/socketpair_stream/payload:64",
                                         "throughput/noop/workers:2/payload:64"),
                         test_name);

}  // namespace
}  // namespace revenant::bench
