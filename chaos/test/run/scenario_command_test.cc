// `revenant chaos --scenario` as a process: what it exits with, ends with, and leaves behind.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "chaos/src/child_output.h"
#include "chaos/test/run/scratch_folder.h"

namespace revenant::chaos {
namespace {

class ScenarioCommand : public ::testing::Test {
 protected:
  // Twenty tasks of the small pool, one idle worker killed; then `text`.
  ChildOutput run(const std::string& text, const std::vector<std::string>& more = {}) {
    std::ofstream(folder_.file("fire.toml"))
        << "tasks = 20\nschedule = \"idle:1\"\nstall_after = \"30s\"\nrecover_within = \"30s\"\n"
        << "command = [\"" SMALL_POOL "\"]\n"
        << text;
    std::vector<std::string> command = {
        CHAOS_MAIN, "chaos", "--scenario", folder_.file("fire.toml"), "--out", folder_.path()};
    command.insert(command.end(), more.begin(), more.end());
    return run_child(command);
  }

  static std::string last_line(const std::string& text) {
    const auto end = text.find_last_not_of('\n');
    const auto start = text.rfind('\n', end);
    return text.substr(start + 1, end - start);
  }

  ScratchFolder folder_;
};

TEST_F(ScenarioCommand, ABrokenThresholdIsTheLastLineAndInJUnitXml) {
  const ChildOutput command = run(R"(
[[run]]
name = "good"
[[run]]
name = "greedy"
thresholds = ["lost == 0", "results < 20"]
)");
  EXPECT_EQ(command.exit_code, 1) << command.standard_output << command.standard_error;
  EXPECT_EQ(last_line(command.standard_output),
            "FAIL  greedy: results < 20 is broken: results is 20 (" + folder_.file("fire.toml") +
                ":11:28)");
  EXPECT_NE(command.standard_output.find("held     lost == 0        lost is 0"), std::string::npos)
      << command.standard_output;
  const std::string junit = read_whole(folder_.file("latest/junit.xml"));
  EXPECT_NE(junit.find(R"( failures="1" errors="0">)"), std::string::npos) << junit.substr(0, 300);
  EXPECT_NE(junit.find(R"(<failure type="threshold" message="results is 20">)"), std::string::npos);
  const auto outcome = nlohmann::json::parse(read_whole(folder_.file("latest/scenario.json")));
  EXPECT_EQ(outcome["verdict"], "fail");
  EXPECT_EQ(outcome["runs"][0]["verdict"], "pass");
  const std::string of_the_run = outcome["runs"][1]["run_folder"];
  EXPECT_NE(read_whole(of_the_run + "/junit.xml").find("results is 20"), std::string::npos);
  if (std::system("command -v xmllint > /dev/null") != 0) return;
  const std::string check = "xmllint --noout --schema " JUNIT_SCHEMA " " +
                            folder_.file("latest/junit.xml") + " 2> /dev/null";
  EXPECT_EQ(std::system(check.c_str()), 0) << junit;
}

TEST_F(ScenarioCommand, AThresholdWithoutDataIsUnknown) {
  const ChildOutput command = run("[[run]]\nthresholds = [\"full_capacity.p99 < 1h\"]\n");
  EXPECT_EQ(command.exit_code, 2) << command.standard_output;
  EXPECT_NE(last_line(command.standard_output).find("full_capacity.p99 was not measured"),
            std::string::npos)
      << command.standard_output;
}

TEST_F(ScenarioCommand, WhatIsWrongIsSaidBeforeAnythingRuns) {
  const std::string file = folder_.file("fire.toml");
  EXPECT_EQ(run("[[run]]\n[[run]]\nop = \"ecko\"\n")
                .standard_error.find("revenant chaos: " + file + ":8:6: --op"),
            0U);
  EXPECT_EQ(run("[[run]]\n[[run]]\nthresholds = [\"task.p99 < 0ms\"]\n").exit_code, 3);
  EXPECT_EQ(run("[[run]]\ncommand = [\"./no_such_pool\"]\n").standard_error,
            "revenant chaos: " + file + ":7:11: ./no_such_pool: no such program\n");
  // A process of the machine is never attached to by a file, nor beside one.
  EXPECT_EQ(run("[[run]]\nattach = 1\n").exit_code, 3);
  EXPECT_EQ(run("[[run]]\n", {"--attach", "1", "--yes"}).exit_code, 3);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("latest")));
}

TEST_F(ScenarioCommand, ARunWhoseRatesAreAskedForTakesTheTimeToMeasureThem) {
  const std::string file = folder_.file("fire.toml");
  const auto with = [&](const std::string& lines) {
    std::ofstream(file) << "command = [\"" SMALL_POOL "\"]\n[[run]]\ntasks = 20\n" << lines;
    const ChildOutput command = run_child({CHAOS_MAIN, "chaos", "--scenario", file, "--dry-run"});
    EXPECT_EQ(command.exit_code, 0) << command.standard_error;
    return command.standard_output;
  };
  const std::string rates = "thresholds = [\"chaos_rate >= 0.9 * calm_rate\"]\n";
  EXPECT_NE(with(rates).find("--tasks 20 --duration 5 "), std::string::npos) << with(rates);
  EXPECT_EQ(with("thresholds = [\"lost == 0\"]\n").find("--duration"), std::string::npos);
  // What counts moments has its own time, and a time that is given is kept.
  EXPECT_EQ(with("schedule = \"idle:1\"\n" + rates).find("--duration"), std::string::npos);
  EXPECT_NE(with("duration = 0.5\n" + rates).find("--duration 0.5"), std::string::npos);
}

TEST_F(ScenarioCommand, ADryRunNamesTheRunsAndStartsNothing) {
  const ChildOutput command =
      run("[[run]]\nname = \"x\"\nmatrix = { seed = [1, 2] }\n", {"--dry-run"});
  EXPECT_EQ(command.exit_code, 0) << command.standard_error;
  EXPECT_NE(command.standard_output.find("x seed=2\n"), std::string::npos)
      << command.standard_output;
  EXPECT_FALSE(std::filesystem::exists(folder_.file("latest")));
}

}  // namespace
}  // namespace revenant::chaos
