// A scenario file becomes runs; what is wrong with it is told with line and column.
#include "chaos/src/scenario/scenario.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "chaos/src/chaos_scenario.h"
#include "chaos/src/command_line.h"
#include "chaos/src/scenario/schema.h"

namespace revenant::chaos {
namespace {

using Words = std::vector<std::string>;

Scenario parse(const std::string& text, const Words& arguments = {}) {
  return parse_scenario(text, "f.toml", chaos_vocabulary(), arguments);
}

std::string joined(const Words& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

TEST(Scenario, MakesARunForEachCombinationOfItsMatrix) {
  const Scenario scenario = parse(R"(
tasks = 20000
[[run]]
name = "under fire"
schedule = "poisson:50"
matrix = { pool_workers = [1, 4], fault = ["kill", ["stop", "segv"]] }
thresholds = ["task.p99 < 50ms"]
[[run]]
name = "calm"
)");
  ASSERT_EQ(scenario.runs.size(), 5u);
  EXPECT_EQ(scenario.runs[0].name, "under fire pool_workers=1 fault=kill");
  EXPECT_EQ(scenario.runs[1].name, "under fire pool_workers=1 fault=stop+segv");
  EXPECT_EQ(scenario.runs[2].name, "under fire pool_workers=4 fault=kill");
  EXPECT_EQ(joined(scenario.runs[3].arguments),
            "--tasks 20000 --schedule poisson:50 --pool-workers 4 --fault stop --fault segv");
  EXPECT_EQ(joined(scenario.runs[4].arguments), "--tasks 20000");
}

TEST(Scenario, DemandsThatTheVerdictIsPassWhereNoThresholdNamesIt) {
  const Scenario scenario = parse(R"(
[[run]]
thresholds = ["lost == 0"]
[[run]]
thresholds = ["verdict == fail"]
)");
  ASSERT_EQ(scenario.runs[0].demands.size(), 2u);
  EXPECT_EQ(scenario.runs[0].demands[0].threshold.text, "verdict == pass");
  ASSERT_EQ(scenario.runs[1].demands.size(), 1u);
}

TEST(Scenario, GivesWayToTheCommandLine) {
  const char* const file = R"(
tasks = 20000
schedule = "poisson:50"
[[run]]
outstanding = 8
matrix = { pool_workers = [1, 4] }
command = ["./their_pool"]
)";
  EXPECT_EQ(parse(file, {"--pool-workers=2"}).runs.size(), 1u) << "the matrix has no say then";
  EXPECT_EQ(
      joined(parse(file, {"--duration", "5", "--rate=9", "--pool-workers", "2"}).runs[0].arguments),
      "--schedule poisson:50 --duration 5 --rate=9 --pool-workers 2 -- ./their_pool")
      << "--duration is instead of --tasks, --rate instead of --outstanding";
  EXPECT_EQ(joined(parse(file, {"--at", "kill@3", "--", "./mine"}).runs[0].arguments),
            "--tasks 20000 --outstanding 8 --pool-workers 1 --at kill@3 -- ./mine");
}

TEST(Scenario, ARunOverridesWhatHoldsForAll) {
  const Scenario scenario = parse(R"(
tasks = 100
fault = ["kill", "segv"]
[[run]]
duration = "1.5min"
fault = "stop"
[[run]]
matrix = { tasks = [1, 2] }
)");
  EXPECT_EQ(joined(scenario.runs[0].arguments), "--duration 90 --fault stop");
  EXPECT_EQ(joined(scenario.runs[1].arguments), "--fault kill --fault segv --tasks 1");
}

TEST(Scenario, TakesTimesWithAUnitOrWithout) {
  const auto arguments = [](const std::string& line) {
    return joined(parse("[[run]]\n" + line).runs[0].arguments);
  };
  EXPECT_EQ(arguments("duration = 20"), "--duration 20");
  EXPECT_EQ(arguments("duration = \"500ms\""), "--duration 0.5");
  EXPECT_EQ(arguments("op_ms = \"2s\""), "--op-ms 2000");
  EXPECT_EQ(arguments("recover_within = 250"), "--recover-within 250");
}

struct WrongFile {
  const char* text;
  const char* says;
};
void PrintTo(const WrongFile& wrong, std::ostream* out) { *out << wrong.text; }

class AWrongFile : public testing::TestWithParam<WrongFile> {};
TEST_P(AWrongFile, IsRefusedWithLineAndColumn) {
  try {
    parse(GetParam().text);
    FAIL() << "was accepted";
  } catch (const ScenarioError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with(GetParam().says)) << error.what();
  }
}
INSTANTIATE_TEST_SUITE_P(
    Of, AWrongFile,
    testing::Values(
        WrongFile{"", "f.toml:1:1: no run"}, WrongFile{"[run]\n", "f.toml:1:2: run: write [[run]]"},
        WrongFile{"[[run]]\ntasks = \n", "f.toml:2:"},
        WrongFile{"[[run]]\ntask = 5\n", "f.toml:2:1: task: no such key, did you mean tasks?"},
        WrongFile{"[[run]]\n  frobnicate = 5\n", "f.toml:2:3: frobnicate: no such key; the keys"},
        WrongFile{"[[run]]\njson = true\n", "f.toml:2:1: json: no such key"},
        WrongFile{"[[run]]\ntasks = \"many\"\n", "f.toml:2:9: tasks: expected a whole number"},
        WrongFile{"[[run]]\ntasks = true\n", "f.toml:2:9: tasks: expected a whole number"},
        WrongFile{"[[run]]\ntasks = [1, 2]\n", "f.toml:2:9: tasks: takes one value; several"},
        WrongFile{"[[run]]\nduration = \"20 parsecs\"\n",
                  "f.toml:2:12: duration: \"20 parsecs\" is not a time"},
        WrongFile{"[[run]]\nduration = \"20\"\n", "f.toml:2:12: duration: \"20\" is not a time"},
        WrongFile{"[[run]]\nduration = \"5MiB\"\n", "f.toml:2:12: duration: \"5MiB\" is not"},
        WrongFile{"[[run]]\nduration = 2026-01-01\n", "f.toml:2:12: a date or time has no meaning"},
        WrongFile{"[[run]]\ncommand = \"./pool\"\n", "f.toml:2:11: command: expected a list"},
        WrongFile{"[[run]]\nmatrix = { tasks = 5 }\n",
                  "f.toml:2:20: matrix: tasks: expected a list"},
        WrongFile{"[[run]]\nmatrix = { taks = [5] }\n", "f.toml:2:12: taks: no such key, did you"},
        WrongFile{"[[run]]\ntasks = 5\nmatrix = { tasks = [5] }\n",
                  "f.toml:2:9: tasks: is in the matrix of this run too"},
        WrongFile{"name = \"x\"\n[[run]]\n", "f.toml:1:1: name: belongs below a [[run]]"},
        WrongFile{"[[run]]\nthresholds = [\n  \"lost == 0\",\n  \"task.p99 < 0ms\",\n]\n",
                  "f.toml:4:4: threshold: \"task.p99 < 0ms\" can never hold"},
        WrongFile{"[[run]]\nthresholds = [\"task.p99 < 50\"]\n",
                  "f.toml:2:27: threshold: a number compared with a time"},
        WrongFile{"[[run]]\nthresholds = [\"verdict == maybe\"]\n",
                  "f.toml:2:27: threshold: maybe: no such figure"},
        WrongFile{"[[run]]\nthresholds = [7]\n", "f.toml:2:15: thresholds: expected strings"}));

TEST(Scenario, HasNoMoreRunsThanAThousand) {
  std::string values = "[0";
  for (int i = 1; i < 100; ++i) values += "," + std::to_string(i);
  const std::string text = "[[run]]\nmatrix = { tasks = " + values + "], seed = " + values + "] }";
  EXPECT_THROW(parse(text), ScenarioError);
}

TEST(Scenario, RefusesWhatIsNoFileOfItsSize) {
  const auto refusal_of = [](const std::string& file) {
    try {
      static_cast<void>(read_scenario(file, chaos_vocabulary(), {}));
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(refusal_of("/dev"), "/dev: is a folder; name the scenario in it");
  EXPECT_EQ(refusal_of("/dev/zero"), "/dev/zero: is larger than 1 MiB, so it is hardly a scenario");
  EXPECT_EQ(refusal_of("/dev/null/x"), "/dev/null/x: Not a directory");
}

TEST(Scenario, KnowsThePlaceOfWhatTheVerbRefuses) {
  const Scenario scenario = parse("[[run]]\ntasks = 5\nschedule = \"poison:5\"\n");
  try {
    static_cast<void>(parse_command_line(scenario.runs[0].arguments));
    FAIL() << "was accepted";
  } catch (const UsageError& error) {
    EXPECT_EQ(to_string(place_of_refusal(scenario.runs[0], error.what())), "f.toml:3:12");
  }
}

// The files are committed, for editors to find; they are made from the parser's own keys.
TEST(Schema, KnowsEveryKeyOfChaosAndNoOther) {
  const std::string made = scenario_schema(chaos_vocabulary());
  std::ostringstream committed;
  committed << std::ifstream(REVENANT_SCHEMA).rdbuf();
  EXPECT_TRUE(committed.str() == made)
      << "is not that of: revenant chaos --scenario-schema > " REVENANT_SCHEMA;
  const auto schema = nlohmann::json::parse(made);
  const auto& run = schema["properties"]["run"]["items"]["properties"];
  for (const std::string& name : names_of_keys(chaos_vocabulary())) {
    EXPECT_TRUE(run.contains(name)) << name;
  }
  EXPECT_TRUE(run.contains("op_ms") && run.contains("schedule") && !run.contains("json"));
}

TEST(TakeScenarioOption, LeavesTheProgramsOwnAlone) {
  Words arguments = {"--seed", "1", "--scenario=a.toml", "--", "pool", "--scenario", "b"};
  EXPECT_EQ(take_scenario_option(arguments), "a.toml");
  EXPECT_EQ(joined(arguments), "--seed 1 -- pool --scenario b");
  EXPECT_EQ(take_scenario_option(arguments), std::nullopt);
  Words nameless = {"--scenario"};
  EXPECT_THROW(static_cast<void>(take_scenario_option(nameless)), std::invalid_argument);
}

}  // namespace
}  // namespace revenant::chaos
