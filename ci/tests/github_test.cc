// Annotations and the step summary: what GitHub reads as markup is text, and its limits are kept.
#include "ci/github.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace revenant::ci {
namespace {

TestOutcome failed(std::string name, std::string message, std::string body = "body\n") {
  return {.name = std::move(name),
          .failed = true,
          .erred = false,
          .message = std::move(message),
          .body = std::move(body),
          .output = {}};
}

SuiteOutcome suite(std::vector<TestOutcome> tests) {
  return {.name = "four workers, under fire", .reproduce = {}, .tests = std::move(tests)};
}

TEST(Annotations, AreEscapedAsWorkflowCommandsWantIt) {
  EXPECT_EQ(github_annotations({suite({failed("lost: 5%", "100 % lost\n::set-env::x, y")})}),
            "::error title=four workers%2C under fire%3A lost%3A 5%25::"
            "100 %25 lost%0A::set-env::x, y\n");
}

TEST(Annotations, AreShownWhereTheThresholdStands) {
  EXPECT_EQ(github_annotations({suite({failed("t", "m", "x\nAt: ci/fire.toml:6:15\nAgain: y\n")})}),
            "::error file=ci/fire.toml,line=6,col=15,title=four workers%2C under fire%3A t::m\n");
}

TEST(Annotations, AreTenAtMostAndTheLastCountsTheRest) {
  const std::string text =
      github_annotations({suite(std::vector<TestOutcome>(12, failed("t", "m")))});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
  EXPECT_TRUE(text.ends_with("::and 3 more: see the summary\n")) << text;
}

TEST(Annotations, LeaveOutWhatIsUndecidedBeforeWhatFailed) {
  TestOutcome undecided = failed("t", "undecided");
  undecided.failed = false;
  undecided.erred = true;
  std::vector<TestOutcome> tests(12, undecided);
  tests.push_back(failed("t", "it failed"));
  EXPECT_TRUE(github_annotations({suite(tests)}).starts_with("::error ")) << "it is the last one";
}

TEST(Annotations, WarnOfWhatCouldNotBeDecidedAndSayNothingOfWhatPassed) {
  TestOutcome undecided = failed("t", "m");
  undecided.failed = false;
  undecided.erred = true;
  EXPECT_TRUE(github_annotations({suite({undecided})}).starts_with("::warning "));
  undecided.erred = false;
  EXPECT_EQ(github_annotations({suite({undecided})}), "");
}

TEST(Summary, ShowsTheVerdictAndTheTextOfWhatFailedAsText) {
  const std::string text =
      github_summary({suite({failed("lost|x", "m", "<script>\nAgain: revenant chaos\n")})}, 10'000);
  EXPECT_NE(text.find("| four workers, under fire | fail | 0 | 1 | 0 |"), std::string::npos)
      << text;
  EXPECT_NE(text.find("lost\\|x"), std::string::npos) << text;
  EXPECT_NE(text.find("<pre>&lt;script&gt;\nAgain: revenant chaos\n</pre>"), std::string::npos);
}

TEST(Summary, StaysBelowItsLimitAndSaysThatItWasCut) {
  const std::vector<TestOutcome> many(1000, failed("t", "m", std::string(5000, 'x')));
  for (const std::size_t limit : {kSummaryBytesMax, std::size_t{100'000}, std::size_t{300}}) {
    const std::string text = github_summary({suite(many)}, limit);
    EXPECT_LE(text.size(), limit);
    EXPECT_NE(text.find("**Cut here**"), std::string::npos) << limit;
  }
  EXPECT_EQ(github_summary({suite(many)}, 10), "");
}

TEST(TellGithub, AppendsToTheSummaryWithinWhatIsLeftOfIt) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("revenant-github-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string junit = folder / "junit.xml";
  const std::string summary = folder / "summary.md";
  std::ofstream(junit) << "<testsuites><testsuite name='s'><testcase name='lost'><failure "
                          "message='3 lost'>three</failure></testcase></testsuite></testsuites>";
  std::ofstream(summary) << std::string(kSummaryBytesMax - 1000, '-');
  ::unsetenv("GITHUB_ACTIONS");
  ::setenv("GITHUB_STEP_SUMMARY", summary.c_str(), 1);
  EXPECT_EQ(tell_github(junit), "");
  EXPECT_EQ(tell_github(junit), "");
  EXPECT_EQ(tell_github(junit), "");
  EXPECT_LE(std::filesystem::file_size(summary), kSummaryBytesMax);
  std::ostringstream text;
  text << std::ifstream(summary).rdbuf();
  EXPECT_NE(text.str().find("<pre>three</pre>"), std::string::npos);
  EXPECT_NE(tell_github(folder / "none.xml"), "");
  ::unsetenv("GITHUB_STEP_SUMMARY");
  EXPECT_EQ(tell_github(folder / "none.xml"), "") << "not on GitHub: not even read";
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace revenant::ci
