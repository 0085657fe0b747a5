// What a worker makes of an operation and its argument; no process is started.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

#include "pool/os/clock.h"
#include "pool/target/crc32.h"
#include "pool/target/operations.h"

namespace revenant::target {
namespace {

std::string value_of(Operation operation, const std::string& arg) {
  std::string value;
  perform(static_cast<char>(operation) + arg, value);
  return value;
}

std::string refusal_of(Operation operation, const std::string& arg) {
  try {
    return "no refusal, but " + value_of(operation, arg);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST(Crc32, GivesTheCheckValuesOfItsSpecification) {
  EXPECT_EQ(crc32(""), 0u);
  EXPECT_EQ(crc32("123456789"), 0xCBF43926u);
  EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414FA339u);
  EXPECT_EQ(crc32(std::string(32, '\0')), 0x190A55ADu);
}

// The definition, bit by bit.
std::uint32_t slow_crc32(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

TEST(Crc32, AgreesWithTheDefinitionAtEveryLengthAndByte) {
  std::string bytes;
  for (int length = 0; length < 600; ++length) {
    ASSERT_EQ(crc32(bytes), slow_crc32(bytes)) << "of " << length << " bytes";
    bytes += static_cast<char>(length * 37 + length / 256);
  }
}

TEST(Operations, EchoGivesTheStringBackAsItWasWritten) {
  EXPECT_EQ(value_of(Operation::echo, R"("plain")"), R"("plain")");
  EXPECT_EQ(value_of(Operation::echo, R"("\u00e9\n\"\ud83d\ude00")"),
            R"("\u00e9\n\"\ud83d\ude00")");
  EXPECT_EQ(value_of(Operation::echo, R"("")"), R"("")");
}

TEST(Operations, EchoRefusesWhatIsNoString) {
  EXPECT_EQ(refusal_of(Operation::echo, "17"), "echo needs a string as its arg, not 17");
  EXPECT_EQ(refusal_of(Operation::echo, ""), "echo needs a string as its arg, not none");
  EXPECT_EQ(refusal_of(Operation::echo, R"("\q")"),
            R"(echo needs a string with valid escapes as its arg, not "\q")");
  EXPECT_EQ(refusal_of(Operation::echo, R"("\ud800")"),
            R"(echo needs a string with valid escapes as its arg, not "\ud800")");
}

TEST(Operations, Crc32CountsTheBytesThatTheStringStandsFor) {
  EXPECT_EQ(value_of(Operation::crc32, R"("123456789")"), std::to_string(0xCBF43926u));
  EXPECT_EQ(value_of(Operation::crc32, R"("\u0031\u0032\u0033456789")"),
            std::to_string(0xCBF43926u));
  EXPECT_EQ(value_of(Operation::crc32, "\"\xC3\xA9\""), std::to_string(crc32("\xC3\xA9")));
  EXPECT_EQ(value_of(Operation::crc32, R"("\u00e9")"), std::to_string(crc32("\xC3\xA9")));
}

TEST(Operations, SleepTakesAtLeastItsTimeAndGivesTheNumberBack) {
  const auto before = os::now();
  EXPECT_EQ(value_of(Operation::sleep, "15.5"), "15.5");
  EXPECT_GE(os::now() - before, std::chrono::microseconds(15'500));
}

TEST(Operations, SpinBurnsItsTimeOnTheProcessor) {
  const std::clock_t before = std::clock();
  EXPECT_EQ(value_of(Operation::spin, "20"), "20");
  EXPECT_GE(std::clock() - before, CLOCKS_PER_SEC / 1000 * 20);
}

TEST(Operations, TimesThatCannotBeAreRefused) {
  for (const char* arg :
       {"-1", "\"5\"", "5x", "1e300", "86400001", "null", "[5]", "{}", "nan", ""}) {
    EXPECT_TRUE(refusal_of(Operation::sleep, arg).starts_with("sleep needs a number")) << arg;
    EXPECT_TRUE(refusal_of(Operation::spin, arg).starts_with("spin needs a number")) << arg;
  }
}

TEST(Operations, RecordAppendsOneLineWithKeyAndPidAndGivesTheKeyBack) {
  std::string path = "/tmp/revenant-record-XXXXXX";
  ::close(::mkstemp(path.data()));
  EXPECT_EQ(value_of(Operation::record, R"({"path":")" + path + R"(","key":"k 1"})"), R"("k 1")");
  EXPECT_EQ(value_of(Operation::record, R"({"key": 17 ,"path":")" + path + R"("})"), "17");
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::string pid = std::to_string(::getpid());
  EXPECT_EQ(text, "k 1 " + pid + "\n17 " + pid + "\n");
  ::unlink(path.c_str());
}

TEST(Operations, RecordSaysWhatTheSystemRefused) {
  try {
    value_of(Operation::record, R"({"path":"/nowhere/at/all","key":1})");
    FAIL() << "it was accepted";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOENT);
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all"), std::string::npos);
  }
}

TEST(Operations, RecordRefusesArgumentsWithoutPathOrKey) {
  for (const char* arg : {"null", "{}", R"({"path":"/tmp/x"})", R"({"key":1})", R"("x")",
                          R"({"path":1,"key":1})", R"({"path":"/tmp/x","key":"two\nlines"})",
                          R"({"path":"/tmp/x","key":1.5})", R"({"path":"/tmp/x","key":)"}) {
    EXPECT_TRUE(refusal_of(Operation::record, arg).starts_with("record needs")) << arg;
  }
}

TEST(Operations, DieRefusesWhatDoesNotSayHow) {
  for (const char* arg : {"null", "9", "{}", R"({"signal":0})", R"({"signal":65})",
                          R"({"signal":"KILL"})", R"({"exit":256})", R"({"exit":-1})"}) {
    EXPECT_TRUE(refusal_of(Operation::die, arg).starts_with("die needs")) << arg;
  }
}

TEST(Operations, DieOfASignalThatEndsNobodyIsRefused) {
  EXPECT_NE(refusal_of(Operation::die, R"({"signal":18})").find("does not end a process"),
            std::string::npos);
}

TEST(OperationsDeathTest, DieEndsTheProcessAsAsked) {
  EXPECT_EXIT(value_of(Operation::die, R"({"signal":9})"), testing::KilledBySignal(SIGKILL), "");
  EXPECT_EXIT(value_of(Operation::die, R"({"exit":7})"), testing::ExitedWithCode(7), "");
}

TEST(Operations, ARefusedArgumentIsShownOnlyInPart) {
  EXPECT_LT(refusal_of(Operation::sleep, '"' + std::string(1'000'000, 'x') + '"').size(), 200u);
}

}  // namespace
}  // namespace revenant::target
