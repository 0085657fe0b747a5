// What became of a scenario, in words and as JUnit XML.
#include "chaos/src/scenario/set_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace revenant::chaos {
namespace {

ThresholdResult threshold(Ruling ruling, std::string says = "task.p99 is 61.3 ms of 412") {
  return {.text = "task.p99 < 50ms",
          .place = {"fire.toml", 6, 15},
          .ruling = ruling,
          .says = std::move(says)};
}

SetReport set_of(std::vector<Ruling> rulings) {
  SetReport set{.verb = "chaos", .scenario = "ci/fire.toml", .folder = {}, .runs = {}};
  for (const Ruling ruling : rulings) {
    set.runs.push_back({.name = "run " + std::to_string(set.runs.size() + 1) + ".0",
                        .folder = "runs/x",
                        .reproduce = "revenant chaos --seed 7",
                        .thresholds = {threshold(Ruling::pass, "fine"), threshold(ruling)},
                        .findings = {}});
  }
  set.runs_planned = set.runs.size();
  return set;
}

TEST(SetReport, IsAsBadAsItsWorstThreshold) {
  EXPECT_EQ(ruling_of(set_of({Ruling::pass, Ruling::pass})), Ruling::pass);
  EXPECT_EQ(ruling_of(set_of({Ruling::pass, Ruling::unknown})), Ruling::unknown);
  EXPECT_EQ(ruling_of(set_of({Ruling::fail, Ruling::unknown})), Ruling::fail);
  EXPECT_EQ(ruling_of(set_of({})), Ruling::unknown) << "nothing was shown";
  SetReport interrupted = set_of({Ruling::pass});
  interrupted.runs_planned = 2;
  EXPECT_EQ(ruling_of(interrupted), Ruling::unknown);
}

TEST(SetReport, EndsWithTheReason) {
  EXPECT_EQ(last_line(set_of({Ruling::pass})),
            "PASS  ci/fire.toml: all 2 thresholds of 1 runs held");
  EXPECT_EQ(last_line(set_of({Ruling::unknown, Ruling::fail, Ruling::fail})),
            "FAIL  run 2.0: task.p99 < 50ms is broken: task.p99 is 61.3 ms of 412 "
            "(fire.toml:6:15); and 1 more above");
  EXPECT_EQ(last_line(set_of({Ruling::unknown})),
            "UNKNOWN  run 1.0: task.p99 < 50ms is undecided: task.p99 is 61.3 ms of 412 "
            "(fire.toml:6:15)");
}

TEST(SetReport, ShowsEachThresholdWithItsValue) {
  const std::string text = thresholds_text(set_of({Ruling::fail}).runs.front(), {});
  EXPECT_EQ(text,
            "  thresholds\n"
            "    held     task.p99 < 50ms  fine\n"
            "    BROKEN   task.p99 < 50ms  task.p99 is 61.3 ms of 412\n");
}

TEST(SetReport, IsASuiteARunWithACaseAThreshold) {
  const std::vector<JunitSuite> suites = junit_suites(set_of({Ruling::pass, Ruling::fail}));
  ASSERT_EQ(suites.size(), 2u);
  EXPECT_EQ(suites[0].name, "run 1.0");
  EXPECT_EQ(suites[0].cases[0].classname, "fire.run 1_0");
  EXPECT_EQ(suites[0].cases[1].outcome, "");
  EXPECT_EQ(suites[1].cases[1].outcome, "failure");
  EXPECT_EQ(suites[1].cases[1].message, "task.p99 is 61.3 ms of 412");
  EXPECT_NE(suites[1].cases[1].body.find("At: fire.toml:6:15"), std::string::npos);
  EXPECT_EQ(junit_suites(set_of({Ruling::unknown}))[0].cases[1].outcome, "error");
}

TEST(SetReport, SaysInJsonWhatHeldAndWhatIsNotKnown) {
  const auto json = nlohmann::json::parse(set_json(set_of({Ruling::unknown})));
  EXPECT_EQ(json["verdict"], "unknown");
  EXPECT_EQ(json["runs"][0]["thresholds"][0]["held"], true);
  EXPECT_TRUE(json["runs"][0]["thresholds"][1]["held"].is_null());
}

}  // namespace
}  // namespace revenant::chaos
