// What a target that speaks no protocol can be asked for, and what not.
#include "chaos/src/without_protocol.h"

#include <gtest/gtest.h>

#include "chaos/src/command_line.h"
#include "chaos/src/probe_attempt.h"

namespace revenant::chaos {
namespace {

using std::chrono_literals::operator""s;

RunOptions parsed(std::vector<std::string> arguments) {
  return parse_command_line(arguments).options;
}

std::string refusal_of(std::vector<std::string> arguments) {
  try {
    static_cast<void>(parse_command_line(arguments));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(WithoutProtocol, AServerHasOtherDefaultsThanAPool) {
  const RunOptions server = parsed({"--no-protocol", "--probe", "true", "--", "server"});
  EXPECT_EQ(server.target_kind, TargetKind::program);
  EXPECT_EQ(server.duration, 10s);
  EXPECT_EQ(server.rate, 20);
  EXPECT_EQ(server.claim, Claim::contains);
  EXPECT_EQ(server.recover_within, 5s);
}

TEST(WithoutProtocol, WhatIsSaidIsTaken) {
  const RunOptions server =
      parsed({"--attach", "4711", "--probe-tcp", "localhost:80", "--tasks", "50", "--rate", "7",
              "--claim", "completes", "--schedule", "every:100", "--recover-within", "900"});
  EXPECT_EQ(server.attach_to, 4711);
  EXPECT_FALSE(server.duration);
  EXPECT_EQ(server.rate, 7);
  EXPECT_EQ(server.claim, Claim::completes);
  EXPECT_EQ(server.schedules.front().kind, Schedule::Kind::every);
  EXPECT_EQ(server.recover_within.count(), 900);
}

TEST(WithoutProtocol, WhatMakesNoSenseIsRefusedByName) {
  const auto refuses = [](std::vector<std::string> arguments, const std::string& what) {
    const std::string why = refusal_of(std::move(arguments));
    EXPECT_NE(why.find(what), std::string::npos) << what << ": " << why;
  };
  refuses({"--no-protocol"}, "name the program");
  refuses({"--attach", "4711", "--", "server"}, "runs already");
  refuses({"--attach", "0"}, "--attach 0");
  refuses({"--probe", "true", "--", "pool"}, "--no-protocol or --attach");
  refuses({"--no-protocol", "--op", "sleep", "--", "server"}, "--op");
  refuses({"--no-protocol", "--tasks", "5", "--", "server"}, "--duration");
  refuses({"--no-protocol", "--tasks", "5", "--duration", "5", "--", "server"}, "--tasks");
  refuses({"--no-protocol", "--schedule", "idle:3", "--", "server"}, "--probe");
  refuses({"--no-protocol", "--fault", "exit0", "--", "server"}, "exit0");
  refuses({"--attach", "4711", "--fault", "spawn-fails"}, "spawn-fails");
  refuses({"--attach", "4711", "--fault", "kill-group"}, "kill-group");
  refuses({"--attach", "4711", "--probe-tcp", "localhost"}, "HOST:PORT");
}

TEST(WithoutProtocol, AnAddressIsAHostAndAPort) {
  EXPECT_EQ(split_host_port("localhost:8080"),
            std::pair(std::string("localhost"), std::string("8080")));
  EXPECT_EQ(split_host_port("[::1]:80"), std::pair(std::string("::1"), std::string("80")));
  EXPECT_THROW(split_host_port(":80"), std::invalid_argument);
  EXPECT_THROW(split_host_port("localhost:"), std::invalid_argument);
}

}  // namespace
}  // namespace revenant::chaos
