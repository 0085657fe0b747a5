#include "chaos/src/workload.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "chaos/src/crc32.h"
#include "chaos/src/digest.h"

namespace revenant::chaos {
namespace {

using nlohmann::json;

RunOptions with(Operation operation, PayloadRange payload = {}) {
  RunOptions options;
  options.seed = 7;
  options.operation = operation;
  options.payload = payload;
  return options;
}

TEST(Workload, ATaskIsOneLineOfTheProtocolAndKnowsItsResult) {
  Workload workload(with(Operation::crc32, {.min = 0, .max = 300}), "");
  for (std::uint64_t id = 1; id <= 500; ++id) {
    std::string line;
    const auto task = workload.draw(id, line);
    ASSERT_EQ(line.find('\n'), line.size() - 1);
    const json message = json::parse(line);
    EXPECT_EQ(message["type"], "task");
    EXPECT_EQ(message["id"], id);
    EXPECT_EQ(message["op"], "crc32");
    const auto& argument = message["arg"].get_ref<const std::string&>();
    ASSERT_LE(argument.size(), 300U);
    EXPECT_EQ(task.want, digest_of_number(crc32(argument)));
  }
}

TEST(Workload, AnEchoWantsItsOwnArgument) {
  Workload workload(with(Operation::echo), "");
  std::string line;
  const auto task = workload.draw(1, line);
  const std::string argument = json::parse(line)["arg"];
  EXPECT_EQ(argument.size(), 64U);
  EXPECT_EQ(task.want, digest_of_string(argument));
}

TEST(Workload, TheSameSeedGivesTheSameTasks) {
  std::string first;
  std::string second;
  Workload a(with(Operation::mix, {.min = 0, .max = 100}), "");
  Workload b(with(Operation::mix, {.min = 0, .max = 100}), "");
  for (std::uint64_t id = 1; id <= 50; ++id) {
    static_cast<void>(a.draw(id, first));
    static_cast<void>(b.draw(id, second));
  }
  EXPECT_EQ(first, second);
}

TEST(Workload, AMixDrawsFromWhatTheTargetAnnounces) {
  Workload workload(with(Operation::mix), "");
  ASSERT_FALSE(workload.restrict_to({"echo", "sleep", "something else"}));
  std::set<std::string_view> seen;
  for (std::uint64_t id = 1; id <= 100; ++id) {
    std::string line;
    seen.insert(workload.draw(id, line).operation);
  }
  EXPECT_EQ(seen, (std::set<std::string_view>{"echo", "sleep"}));
}

TEST(Workload, AnOperationThatTheTargetLacksIsNamed) {
  Workload workload(with(Operation::record), "");
  EXPECT_EQ(workload.restrict_to({"echo", "crc32"}), "record");
}

TEST(Workload, ADeathIsNeverASigkillAndWantsNoResult) {
  Workload workload(with(Operation::die), "");
  for (std::uint64_t id = 1; id <= 50; ++id) {
    std::string line;
    EXPECT_FALSE(workload.draw(id, line).want);
    EXPECT_NE(json::parse(line)["arg"].value("signal", 0), 9);
  }
}

TEST(Workload, ARecordNamesItsFileAndWantsItsKey) {
  Workload workload(with(Operation::record), "/tmp/a \"file\"");
  std::string line;
  const auto task = workload.draw(3, line);
  const json message = json::parse(line);
  EXPECT_EQ(message["arg"]["path"], "/tmp/a \"file\"");
  EXPECT_EQ(task.want, digest_of_string(message["arg"]["key"].get<std::string>()));
}

TEST(Workload, ALineMayBeAsLongAsTheLargestEchoNeeds) {
  EXPECT_EQ(line_bytes_max(with(Operation::echo)), std::size_t{1} << 20);
  EXPECT_GE(line_bytes_max(with(Operation::echo, {.min = 0, .max = 2'000'000})), 12'000'000U);
  EXPECT_EQ(line_bytes_max(with(Operation::crc32, {.min = 0, .max = 2'000'000})),
            std::size_t{1} << 20);
}

}  // namespace
}  // namespace revenant::chaos
