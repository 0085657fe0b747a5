#include "chaos/src/command_line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "chaos/src/reproduce.h"

namespace revenant::chaos {
namespace {

using std::chrono::milliseconds;

std::string refusal(const std::vector<std::string>& arguments) {
  try {
    static_cast<void>(parse_command_line(arguments));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

::testing::AssertionResult refused(const std::vector<std::string>& arguments,
                                   const std::string& saying) {
  const std::string said = refusal(arguments);
  if (said.find(saying) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "said: " << said << "; wanted: " << saying;
}

TEST(CommandLine, WithoutAnythingItRunsTheOwnPoolWithTheDefaults) {
  const CommandLine line = parse_command_line({});
  EXPECT_TRUE(line.uses_own_pool);
  EXPECT_EQ(line.options.command,
            (std::vector<std::string>{"/proc/self/exe", "pool", "--attempts", "100"}));
  EXPECT_EQ(line.options.tasks, 10'000U);
  EXPECT_EQ(line.options.operation, Operation::crc32);
  EXPECT_EQ(line.options.outstanding, 64U);
  EXPECT_EQ(line.options.schedules.at(0).per_second, 10);
  EXPECT_EQ(line.options.claim, Claim::completes);
}

TEST(CommandLine, EveryOptionReachesTheRun) {
  const CommandLine line = parse_command_line({"--duration",
                                               "2.5",
                                               "--op",
                                               "sleep",
                                               "--op-ms",
                                               "5",
                                               "--payload",
                                               "0-9",
                                               "--rate",
                                               "100",
                                               "--fault",
                                               "kill=3",
                                               "--fault",
                                               "stop:200",
                                               "--schedule",
                                               "idle:20",
                                               "--seed",
                                               "7",
                                               "--claim",
                                               "reports",
                                               "--recover-within",
                                               "10",
                                               "--stall-after",
                                               "20",
                                               "--faults-min",
                                               "4",
                                               "--workers",
                                               "match:x",
                                               "--out",
                                               "o",
                                               "--name",
                                               "n",
                                               "--json",
                                               "--",
                                               "./p",
                                               "--json",
                                               "a b"});
  const RunOptions& options = line.options;
  EXPECT_EQ(options.duration, milliseconds(2500));
  EXPECT_EQ(options.operation, Operation::sleep);
  EXPECT_EQ(options.operation_time, milliseconds(5));
  EXPECT_EQ(options.payload.max, 9U);
  EXPECT_EQ(options.rate, 100);
  ASSERT_EQ(options.faults.size(), 2U);
  EXPECT_EQ(options.faults[0].weight, 3U);
  EXPECT_EQ(options.faults[1].stop_for, milliseconds(200));
  EXPECT_EQ(options.schedules.at(0).kind, Schedule::Kind::idle);
  EXPECT_EQ(options.seed, 7U);
  EXPECT_EQ(options.claim, Claim::reports);
  EXPECT_EQ(options.recover_within, milliseconds(10));
  EXPECT_EQ(options.stall_after, milliseconds(20));
  EXPECT_EQ(options.faults_min, 4U);
  EXPECT_EQ(options.worker_regex, "x");
  EXPECT_EQ(options.out, "o");
  EXPECT_EQ(options.name, "n");
  EXPECT_TRUE(line.json);
  EXPECT_FALSE(line.quiet);
  EXPECT_EQ(options.command, (std::vector<std::string>{"./p", "--json", "a b"}));
}

TEST(CommandLine, PoolOptionsAreHandedOnToTheOwnPool) {
  const CommandLine line =
      parse_command_line({"--pool-workers", "8", "--tasks", "5", "--pool-spares=0"});
  EXPECT_EQ(line.options.command,
            (std::vector<std::string>{"/proc/self/exe", "pool", "--workers", "8", "--spares=0",
                                      "--attempts", "100"}));
  EXPECT_EQ(line.options.tasks, 5U);
}

TEST(CommandLine, TheOwnPoolsAttemptsAreItsUsersWhereTheySayThem) {
  EXPECT_EQ(parse_command_line({"--pool-attempts", "2"}).options.command,
            (std::vector<std::string>{"/proc/self/exe", "pool", "--attempts", "2"}));
  EXPECT_EQ(parse_command_line({"--op", "die"}).options.command,
            (std::vector<std::string>{"/proc/self/exe", "pool"}));
}

TEST(CommandLine, ATaskThatEndsItsWorkersLeavesTheOwnPoolItsBudget) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--fault", "exit0"}, {"--at", "exit0@5"}, {"--op", "die"}}) {
    const auto command = parse_command_line(arguments).options.command;
    EXPECT_EQ(std::count(command.begin(), command.end(), "--attempts"), 0) << arguments.back();
  }
}

TEST(CommandLine, ImpossibleValuesAreRefusedWithTheirOption) {
  EXPECT_TRUE(refused({"--workers", "0"}, "--workers '0'"));
  EXPECT_TRUE(refused({"--schedule", "poisson:x"}, "--schedule 'poisson:x'"));
  EXPECT_TRUE(refused({"--tasks", "0"}, "--tasks 0"));
  EXPECT_TRUE(refused({"--tasks", "-5"}, "--tasks -5"));
  EXPECT_TRUE(refused({"--duration", "-1"}, "--duration -1"));
  EXPECT_TRUE(refused({"--stall-after", "-1"}, "--stall-after -1"));
  EXPECT_TRUE(refused({"--recover-within", "0"}, "--recover-within 0"));
  EXPECT_TRUE(refused({"--op-ms", "-2"}, "--op-ms -2"));
  EXPECT_TRUE(refused({"--outstanding", "0"}, "--outstanding 0"));
  EXPECT_TRUE(refused({"--rate", "0"}, "--rate 0"));
  EXPECT_TRUE(refused({"--claim", "perfect"}, "completes"));
  EXPECT_TRUE(refused({"--fault", "explode"}, "kill-all"));
  EXPECT_TRUE(refused({"--seed", "x"}, "--seed x"));
  EXPECT_TRUE(refused({"--tasks"}, "--tasks"));
}

TEST(CommandLine, TasksAndDurationTogetherAskForBoth) {
  EXPECT_EQ(parse_command_line({"--duration", "5"}).options.tasks_min, 0U);
  const RunOptions both = parse_command_line({"--tasks", "500", "--duration", "5"}).options;
  EXPECT_EQ(both.tasks_min, 500U);
  EXPECT_EQ(both.duration, std::chrono::seconds(5));
}

TEST(CommandLine, ImpossibleCombinationsAreRefused) {
  EXPECT_TRUE(refused({"--rate", "5", "--outstanding", "5"}, "--rate"));
  EXPECT_TRUE(refused({"--pool-workers", "5", "--", "./p"}, "--pool-"));
  EXPECT_TRUE(refused({"--schedule", "idle:20", "--tasks", "10"}, "--tasks 40"));
  EXPECT_TRUE(refused({"--payload", "1000000000", "--outstanding", "100"}, "16 GiB"));
  EXPECT_TRUE(refused({"--"}, "name the program"));
  EXPECT_TRUE(refused({"--at", "exit0@5,when=at-write"}, "exit0 is a task"));
  EXPECT_TRUE(refused({"--fault", "exit0", "--schedule", "booting:3"}, "exit0 is a task"));
}

TEST(CommandLine, AnUnknownOptionSaysWhichOneWasMeant) {
  EXPECT_TRUE(refused({"--shedule", "idle:5"}, "did you mean --schedule?"));
  EXPECT_TRUE(refused({"--quite"}, "did you mean --quiet?"));
  EXPECT_TRUE(refused({"--frobnicate"}, "--help"));
  EXPECT_EQ(refusal({"--frobnicate"}).find("did you mean"), std::string::npos);
}

TEST(CommandLine, AProgramWithoutDashesSaysWhereTheyGo) {
  EXPECT_TRUE(refused({"./my_pool"}, "-- ./my_pool"));
}

TEST(CommandLine, HelpTeaches) {
  const std::string help = parse_command_line({"--help"}).help;
  for (const std::string part : {"Usage: revenant chaos [OPTIONS] [-- PROGRAM ARGS...]",
                                 "poisson:PER_S", "Examples:", "Exit codes:", "--pool-NAME"}) {
    EXPECT_NE(help.find(part), std::string::npos) << part;
  }
}

TEST(Reproduce, TheCommandHasTheSeedAndIsQuotedForAShell) {
  const std::string line =
      reproduce_line({"--fault", "kill", "--", "./my pool", "it's", "--seed"}, 7);
  EXPECT_NE(line.find(R"( chaos --fault kill --seed 7 -- './my pool' 'it'\''s' --seed)"),
            std::string::npos)
      << line;
}

TEST(Reproduce, ASeedThatWasGivenIsNotGivenTwice) {
  EXPECT_EQ(reproduce_line({"--seed", "5"}, 5).find("--seed 5 --seed"), std::string::npos);
  EXPECT_EQ(reproduce_line({"--seed=5"}, 5).find("--seed 5"), std::string::npos);
}

}  // namespace
}  // namespace revenant::chaos
