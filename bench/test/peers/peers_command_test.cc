// `revenant bench --peers` beside stand-ins for the peers: what it prints, writes and returns.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/test/bench_process.h"
#include "bench/test/peers/stand_ins.h"

namespace revenant::bench::peers {
namespace {

using nlohmann::json;

constexpr int kPass = 0;
constexpr int kFail = 1;
constexpr int kUnknown = 2;
constexpr int kWrongUsage = 3;

const char* const kGoodPeer = R"(
case "$*" in
  --version) echo "stand-in 1.0" ;;
  *kill*) echo '{"tasks": 40, "completed": 38, "failed": 1, "next_result_ms": 5,
                 "new_worker_ms": -1, "completed_afterwards": 10, "tasks_afterwards": 10,
                 "workers_afterwards": 1, "program_ended": ""}' ;;
  *) echo '{"tasks": 10, "seconds": 2}' ;;
esac
)";

std::vector<std::string> arguments(const StandIns& folder, std::vector<std::string> more) {
  std::vector<std::string> all{"--peers", "--smoke", "--peers-folder", folder.folder()};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

json read_json(const std::string& path) { return json::parse(std::ifstream(path)); }

TEST(PeersCommand, HoldsAPeerAgainstThisPoolAndWritesBoth) {
  const StandIns folder;
  folder.add("jest_worker.js", kGoodPeer);
  BenchProcess bench(arguments(folder, {"--arms", "jest_worker"}));
  ASSERT_EQ(bench.wait(), kPass) << bench.errors();
  EXPECT_NE(bench.output().find("goes on with one worker"), std::string::npos) << bench.output();
  const json file = read_json(bench.path("revenant-peers.json"));
  EXPECT_EQ(file["peers"]["versions"]["jest_worker"], "stand-in 1.0");
  const json& speeds = file["peers"]["speeds"];
  ASSERT_EQ(speeds.size(), 4u) << speeds;  // two arms, two kinds of work
  EXPECT_EQ(speeds[1]["arm"], "jest_worker");
  EXPECT_EQ(speeds[1]["tasks_per_second"]["median"], 5);
  EXPECT_GT(speeds[1]["ratio"]["median"], 1);
  EXPECT_EQ(file["benchmarks"][1]["name"], "peers/noop/jest_worker/workers:2");
  EXPECT_EQ(file["peers"]["kills"][1]["unanswered"], 1);
  EXPECT_TRUE(file["context"].contains("kernel"));
}

TEST(PeersCommand, PrintsTheSameJsonWhereThatIsAskedFor) {
  const StandIns folder;
  folder.add("xargs.sh", kGoodPeer);
  BenchProcess bench(arguments(folder, {"--arms", "xargs", "--json"}));
  ASSERT_EQ(bench.wait(), kPass) << bench.errors();
  EXPECT_EQ(json::parse(bench.output()), read_json(bench.path("revenant-peers.json")));
}

TEST(PeersCommand, LeavesOutWhatIsNotThereWithTheReason) {
  const StandIns folder;
  folder.add("xargs.sh", kGoodPeer);
  folder.add("workerpool.js", "echo 'workerpool is not installed' >&2; exit 1\n");
  BenchProcess bench(arguments(folder, {"--arms", "xargs,workerpool"}));
  ASSERT_EQ(bench.wait(), kPass) << bench.errors();
  EXPECT_NE(bench.output().find("left out: workerpool: ended with code 1: workerpool is not"),
            std::string::npos)
      << bench.output();
}

TEST(PeersCommand, IsUnknownWhereNoPeerIsThere) {
  const StandIns folder;
  BenchProcess bench(arguments(folder, {"--arms", "xargs"}));
  EXPECT_EQ(bench.wait(), kUnknown) << bench.errors();
}

TEST(PeersCommand, FailsWhereAPeerAnswersNonsenseAndShowsNoNumberForIt) {
  const StandIns folder;
  folder.add("xargs.sh", "[ $1 = --version ] && echo 1 || echo nonsense\n");
  BenchProcess bench(arguments(folder, {"--arms", "xargs"}));
  EXPECT_EQ(bench.wait(), kFail);
  EXPECT_NE(bench.output().find("error: xargs -P, noop, 2 workers: its answer \"nonsense"),
            std::string::npos)
      << bench.output();
  const json file = read_json(bench.path("revenant-peers.json"));
  EXPECT_FALSE(file["peers"]["speeds"][1].contains("ratio"));
  EXPECT_TRUE(file["benchmarks"].back()["error_occurred"]);
}

TEST(PeersCommand, RefusesAnArmThatIsNoneAndNamesThoseThatAre) {
  BenchProcess bench({"--peers", "--arms", "celery"});
  EXPECT_EQ(bench.wait(), kWrongUsage);
  EXPECT_NE(bench.errors().find("\"celery\"; they are revenant revenant_map node_fork"),
            std::string::npos)
      << bench.errors();
}

TEST(PeersCommand, RefusesAFileThatCannotBeWrittenBeforeAnythingIsRun) {
  BenchProcess bench({"--peers", "--out", "no/folder/x.json"});
  EXPECT_EQ(bench.wait(), kWrongUsage);
  EXPECT_NE(bench.errors().find("no/folder/x.json"), std::string::npos) << bench.errors();
}

}  // namespace
}  // namespace revenant::bench::peers
