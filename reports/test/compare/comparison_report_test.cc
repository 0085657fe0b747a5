#include "reports/src/compare/comparison_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace revenant::reports::compare {
namespace {

Row row(const std::string& name, Answer answer) {
  Row made;
  made.name = name;
  made.answer = answer;
  made.samples_a = made.samples_b = 10;
  made.unit = Unit::microseconds;
  made.median_a = 1500;
  made.median_b = 2000;
  made.ratio = 0.75;
  made.p = 0.001;
  made.p_corrected = 0.002;
  if (answer != Answer::too_few) made.interval = Interval{0.7, 0.8};
  if (answer == Answer::no_difference) made.detectable = 1.042;
  made.needed = 5;
  return made;
}

ComparisonReport report() {
  ComparisonReport made;
  made.a = "old.json";
  made.b = "new.json";
  made.method = "By a method.";
  made.sample = "sample";
  made.rows = {row("slow/real_time", Answer::slower), row("unsure", Answer::no_difference),
               row("few", Answer::too_few)};
  made.left_out = {{"gone", "is missing (new.json)"}};
  made.gates = {{parse_gate("slow* > 0.95"),
                 {{"slow/real_time", 0.75, Interval{0.7, 0.8}, GateOutcome::broken, ""}},
                 GateOutcome::broken}};
  made.conclusion = conclude(made.rows, made.gates, Kind::files);
  return made;
}

std::string last_line(std::string text) {
  text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

TEST(ComparisonReport, TheTextIsATableAndEndsWithTheReason) {
  const std::string text = as_text(report(), Colour::none);
  EXPECT_NE(text.find("slow/real_time  1.50 ms  2.00 ms  0.750  0.700 to 0.800  0.0020  slower\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("none shown; 4.2 % would be\n"), std::string::npos);
  EXPECT_NE(text.find("too few: 5 samples a side are needed\n"), std::string::npos);
  EXPECT_NE(text.find("left out: gone is missing (new.json)\n"), std::string::npos);
  EXPECT_EQ(last_line(text),
            "gate 'slow* > 0.95' is broken: slow/real_time is at 0.750 (0.700 to 0.800)");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(as_text(report(), Colour::terminal).find("\x1b[31mslower\x1b[0m"), std::string::npos);
}

TEST(ComparisonReport, NothingOfANameBecomesMarkup) {
  ComparisonReport hostile = report();
  hostile.rows[0].name = "a|b<script>`x`[y](z)*";
  const std::string text = as_markdown(hostile);
  EXPECT_NE(text.find("| a\\|b&lt;script\\>\\`x\\`\\[y\\](z)\\* |"), std::string::npos) << text;
  EXPECT_EQ(text.find("<script"), std::string::npos);
}

TEST(ComparisonReport, TheJsonHasEverything) {
  const auto document = nlohmann::json::parse(as_json(report()));
  const auto& figure = document.at("figures").at(0);
  EXPECT_EQ(figure.at("name"), "slow/real_time");
  EXPECT_EQ(figure.at("answer"), "slower");
  EXPECT_EQ(figure.at("interval").at(1), 0.8);
  EXPECT_EQ(figure.at("b").at("median"), 2000);
  EXPECT_NEAR(document.at("figures").at(1).at("detectable").get<double>(), 0.042, 1e-12);
  EXPECT_TRUE(document.at("figures").at(2).at("interval").is_null());
  EXPECT_EQ(document.at("figures").at(2).at("needed"), 5);
  EXPECT_EQ(document.at("gates").at(0).at("outcome"), "broken");
  EXPECT_EQ(document.at("exit_code"), 1);
}

TEST(Conclusion, WithoutGatesFilesThatAnsweredAnythingAreCompared) {
  EXPECT_EQ(
      conclude({row("a", Answer::slower), row("b", Answer::too_few)}, {}, Kind::files).exit_code,
      0);
  EXPECT_EQ(conclude({row("a", Answer::too_few)}, {}, Kind::files).exit_code, 2);
}

TEST(Conclusion, WithoutGatesASeriesIsDoneWhenEveryFigureHasItsAnswer) {
  EXPECT_EQ(conclude({row("a", Answer::equal)}, {}, Kind::series).exit_code, 0);
  const auto open =
      conclude({row("a", Answer::equal), row("b", Answer::no_difference)}, {}, Kind::series);
  EXPECT_EQ(open.exit_code, 2);
  EXPECT_EQ(open.sentence, "1 equal, 1 without a difference that this many runs could show");
  EXPECT_EQ(conclude({}, {}, Kind::series).exit_code, 2);
}

TEST(ComparisonReport, JUnitTakesWhatIsUndecidedForNoSuccess) {
  ComparisonReport undecided = report();
  undecided.gates.front().figures.front().outcome = GateOutcome::undecided;
  EXPECT_NE(as_junit(undecided).find("<error type=\"gate\""), std::string::npos);
  EXPECT_NE(as_junit(report()).find("tests=\"1\" failures=\"1\" errors=\"0\""), std::string::npos)
      << as_junit(report());
  // Without a gate nothing is demanded: what could be told passes, whatever it says.
  ComparisonReport ungated = report();
  ungated.gates.clear();
  ungated.conclusion = conclude(ungated.rows, {}, Kind::series);
  ASSERT_EQ(ungated.conclusion.exit_code, 2);
  EXPECT_NE(as_junit(ungated).find("tests=\"3\" failures=\"0\" errors=\"2\""), std::string::npos)
      << as_junit(ungated);
}

}  // namespace
}  // namespace revenant::reports::compare
