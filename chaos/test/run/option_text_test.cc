#include "chaos/src/option_text.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace revenant::chaos {
namespace {

// What a parser says of a text that it refuses.
template <typename Parse>
std::string refusal(Parse parse, const std::string& text) {
  try {
    static_cast<void>(parse(text));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(OptionText, AScheduleIsReadAndWrittenBackTheSame) {
  for (const std::string text :
       {"poisson:10", "poisson:0.5", "every:200", "burst:4/250", "idle:20", "blocked:3",
        "at-read:3", "at-write:1", "booting:2", "before-ready:9", "draining:4"}) {
    EXPECT_EQ(to_string(parse_schedule(text)), text);
  }
}

TEST(OptionText, AFaultIsReadAndWrittenBackTheSame) {
  for (const std::string text :
       {"kill", "kill:3", "kill-all", "stop", "stop:200", "stop:200=3", "kill=7", "kill:2=4",
        "segv", "abort", "term", "exit0", "kill-main", "kill-group", "spawn-fails",
        "spawn-fails:100", "oom"}) {
    EXPECT_EQ(to_string(parse_fault(text)), text);
  }
}

TEST(OptionText, APayloadIsOneSizeOrARange) {
  EXPECT_EQ(parse_payload("64").max, 64U);
  EXPECT_EQ(parse_payload("0-2000000").min, 0U);
  EXPECT_EQ(parse_payload("0-2000000").max, 2'000'000U);
}

TEST(OptionText, AnImpossibleScheduleIsRefusedWithWhatWouldBeRight) {
  EXPECT_NE(refusal(parse_schedule, "poisson:x").find("as in poisson:10"), std::string::npos);
  EXPECT_NE(refusal(parse_schedule, "sometimes").find("burst:K/MS"), std::string::npos);
  for (const std::string text : {"poisson", "poisson:", "poisson:0", "poisson:-1", "poisson:nan",
                                 "poisson:1e9", "every:0", "every:-5", "every:1.5", "burst:4",
                                 "burst:0/10", "burst:4/", "idle:0", "idle:-1", "idle:5x", ""}) {
    const std::string said = refusal(parse_schedule, text);
    EXPECT_EQ(said.rfind("'" + text + "'", 0), 0U) << text << ": " << said;
  }
}

TEST(OptionText, AnImpossibleFaultIsRefused) {
  for (const std::string text :
       {"kil", "kill:0", "kill:x", "segv:3", "kill-all:2", "stop:", "stop:-1", "stop:0", "kill=0",
        "kill=-1", "kill=", "stop:1.5", ""}) {
    EXPECT_NE(refusal(parse_fault, text), "accepted") << text;
  }
}

TEST(OptionText, AnImpossiblePayloadIsRefused) {
  for (const std::string text : {"-1", "5-2", "x", "", "1-", "1-2-3", "99999999999999999999"}) {
    EXPECT_NE(refusal(parse_payload, text), "accepted") << text;
  }
}

TEST(OptionText, TheNumberOfWorkersIsNoSelectionAndTheMessageSaysWhereItGoes) {
  EXPECT_NE(refusal(parse_workers, "0").find("--pool-workers"), std::string::npos);
  EXPECT_NE(refusal(parse_workers, "match:[").find("regular expression"), std::string::npos);
  EXPECT_EQ(parse_workers("match:worker.js").second, "worker.js");
}

}  // namespace
}  // namespace revenant::chaos
