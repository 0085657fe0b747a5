#include "chaos/src/protocol_message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "chaos/src/digest.h"
#include "chaos/src/json_string.h"
#include "chaos/src/payload.h"

namespace revenant::chaos {
namespace {

bool same(const TaskResult& a, const TaskResult& b) {
  return a.id == b.id && a.value == b.value && a.worker == b.worker && a.attempts == b.attempts;
}

std::string why_unreadable(const std::string& line) {
  const Message message = parse_message(line);
  const auto* const unreadable = std::get_if<UnreadableMessage>(&message);
  return unreadable != nullptr ? unreadable->why : "readable";
}

TEST(ProtocolMessage, TheFastWayAndTheFullWayAgreeOnResultsOfEveryShape) {
  const std::vector<std::string> lines = {
      R"({"type":"result","id":1,"value":"x"})",
      R"({"type":"result","id":1,"value":""})",
      R"({"type":"result","id":999999999999999,"value":0})",
      R"({"type": "result", "id": 17, "value": 4294967295, "worker": 42, "attempts": 3})",
      R"({"type":"result","id":17,"value":5,"worker":42})",
      R"({"type":"result","id":17,"value":5,"attempts":2})",
      R"({"type":"result","id":17,"value":"a string of more than eight bytes","worker":1})",
      R"({"type":"result","id":17,"value":"del)"
      "\x7f"
      R"("})",
  };
  for (const std::string& line : lines) {
    TaskResult fast;
    ASSERT_TRUE(parse_common_result(line, fast)) << line;
    const Message full = parse_any_message(line);
    const auto* const result = std::get_if<TaskResult>(&full);
    ASSERT_NE(result, nullptr) << line;
    EXPECT_TRUE(same(fast, *result)) << line;
  }
}

// Whatever the fast way accepts, the full way reads the same; all else it must leave alone.
TEST(ProtocolMessage, TheFastWayNeverReadsALineThatTheFullWayReadsOtherwise) {
  Random random(1, RandomStream::workload);
  const std::string base =
      R"({"type": "result","id":17,"value":"plain text","worker":4711,"attempts":1})";
  const std::string_view bytes = "{}[]\",:\\ 0179.eE-+tfn\x01\x1f\x7f\xc3\xa9\xff u";
  int accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string line = base;
    for (std::uint64_t edits = random.between(1, 3); edits > 0; --edits) {
      const auto at = static_cast<std::size_t>(random.below(line.size()));
      const char byte = bytes[random.below(bytes.size())];
      switch (random.below(3)) {
        case 0:
          line[at] = byte;
          break;
        case 1:
          line.insert(at, 1, byte);
          break;
        default:
          line.erase(at, 1);
      }
    }
    TaskResult fast;
    if (!parse_common_result(line, fast)) continue;
    ++accepted;
    const Message full = parse_any_message(line);
    const auto* const result = std::get_if<TaskResult>(&full);
    ASSERT_NE(result, nullptr) << line;
    ASSERT_TRUE(same(fast, *result)) << line;
  }
  EXPECT_GT(accepted, 10'000);
}

TEST(ProtocolMessage, AStringIsComparedByItsValueNotByItsSpelling) {
  const auto plain =
      std::get<TaskResult>(parse_message("{\"type\":\"result\",\"id\":1,\"value\":\"\xc3\xa9/\"}"));
  const auto escaped =
      std::get<TaskResult>(parse_message(R"({"type":"result","id":1,"value":"\u00e9\/"})"));
  EXPECT_EQ(plain.value, escaped.value);
  EXPECT_EQ(plain.value, digest_of_string("\xc3\xa9/"));
}

TEST(ProtocolMessage, EveryPayloadComesBackAsItself) {
  Random random(5, RandomStream::workload);
  std::string text;
  for (std::size_t bytes = 0; bytes < 400; ++bytes) {
    draw_payload(random, bytes, text);
    ASSERT_EQ(text.size(), bytes);
    std::string line = R"({"type":"result","id":1,"value":)";
    append_json_string(line, text);
    line += "}";
    const Message message = parse_message(line);
    ASSERT_TRUE(std::holds_alternative<TaskResult>(message)) << line;
    ASSERT_EQ(std::get<TaskResult>(message).value, digest_of_string(text)) << line;
  }
}

TEST(ProtocolMessage, AWholeNumberMayBeWrittenWithAFraction) {
  const auto result = std::get<TaskResult>(
      parse_message(R"({"type":"result","id":17.0,"value":5.0,"worker":3.0})"));
  EXPECT_EQ(result.id, 17U);
  EXPECT_EQ(result.value, digest_of_number(5));
  EXPECT_EQ(result.worker, 3);
}

TEST(ProtocolMessage, ReadySaysWorkersAndOperationsOrNothingOfThem) {
  const auto bare = std::get<ReadyMessage>(parse_message(R"({"type":"ready"})"));
  EXPECT_FALSE(bare.workers);
  EXPECT_FALSE(bare.operations);
  const auto full = std::get<ReadyMessage>(parse_message(
      R"({"workers":[3,4],"ops":["echo"],"name":"p","type":"ready","future":{"x":[1]}})"));
  EXPECT_EQ(*full.workers, (std::vector<pid_t>{3, 4}));
  EXPECT_EQ(*full.operations, std::vector<std::string>{"echo"});
  EXPECT_EQ(full.name, "p");
}

TEST(ProtocolMessage, AFailedTaskKeepsItsReason) {
  const auto failed = std::get<TaskFailed>(
      parse_message(R"({"type":"failed","id":9,"reason":"three deaths","attempts":3})"));
  EXPECT_EQ(failed.id, 9U);
  EXPECT_EQ(failed.reason, "three deaths");
  EXPECT_EQ(failed.attempts, 3U);
}

TEST(ProtocolMessage, ALineThatIsNoMessageSaysWhy) {
  EXPECT_NE(why_unreadable("hello").find("not JSON at byte"), std::string::npos);
  EXPECT_NE(why_unreadable("").find("not JSON"), std::string::npos);
  EXPECT_NE(why_unreadable("[1]").find("not a JSON object"), std::string::npos);
  EXPECT_NE(why_unreadable("{}").find("\"type\" is missing"), std::string::npos);
  EXPECT_NE(why_unreadable(R"({"type":"hello"})").find("hello"), std::string::npos);
  EXPECT_NE(why_unreadable(R"({"type":"result","value":1})").find("\"id\" is missing"),
            std::string::npos);
  EXPECT_NE(why_unreadable(R"({"type":"result","id":1})").find("\"value\""), std::string::npos);
  EXPECT_NE(why_unreadable(R"({"type":"ready","workers":7})").find("workers"), std::string::npos);
}

TEST(ProtocolMessage, AnIdIsAWholeNumberBelowTwoToThe53) {
  for (const std::string id : {"-1", "1.5", "\"1\"", "null", "9007199254740992", "1e400", "01"}) {
    EXPECT_NE(why_unreadable(R"({"type":"result","value":1,"id":)" + id + "}"), "readable") << id;
  }
  EXPECT_EQ(why_unreadable(R"({"type":"result","value":1,"id":9007199254740991})"), "readable");
}

TEST(ProtocolMessage, InvalidUtf8IsUnreadable) {
  for (const std::string bytes : {"\xff", "\xc3", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xc0\xaf"}) {
    EXPECT_NE(why_unreadable(R"({"type":"result","id":1,"value":")" + bytes + "\"}"), "readable");
  }
}

TEST(ProtocolMessage, ADepthOfAHundredThousandIsRefusedAndTakesNoStack) {
  const std::string deep = R"({"type":"result","id":1,"value":)" + std::string(100'000, '[');
  EXPECT_NE(why_unreadable(deep).find("nested deeper"), std::string::npos);
  const std::string objects = [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "{\"a\":";
    return text;
  }();
  EXPECT_NE(why_unreadable(objects).find("nested deeper"), std::string::npos);
}

}  // namespace
}  // namespace revenant::chaos
