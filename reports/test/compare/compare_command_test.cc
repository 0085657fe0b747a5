// `revenant compare` as a user calls it, in this process.
#include "reports/src/compare/compare_command.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/src/child_program.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

struct Called {
  int exit_code = 0;
  std::string output;
  std::string errors;
  [[nodiscard]] std::string last_line() const {
    const std::string text = output.substr(0, output.size() - 1);
    return text.substr(text.rfind('\n') + 1);
  }
};

Called call(std::vector<std::string> words) {
  words.insert(words.begin(), "revenant compare");
  std::vector<char*> argv(words.size());
  std::ranges::transform(words, argv.begin(), [](std::string& word) { return word.data(); });
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Called called;
  called.exit_code = run_compare_command(static_cast<int>(argv.size()), argv.data()).exit_code;
  called.output = testing::internal::GetCapturedStdout();
  called.errors = testing::internal::GetCapturedStderr();
  return called;
}

// Ten repetitions, of `per_second` on the average.
std::string bench(double per_second) {
  std::string rows;
  for (int i = 0; i < 10; ++i) {
    const double rate = per_second * (1 + 0.002 * ((i * 7) % 10 - 4.5));
    rows += std::string(i > 0 ? "," : "") +
            R"({"name":"throughput/noop","time_unit":"ns","real_time":1,"items_per_second":)" +
            std::to_string(rate) + "}";
  }
  return R"({"benchmarks":[)" + rows + "]}";
}

class CompareCommand : public testing::Test {
 protected:
  ScratchFolder scratch_;
  std::string old_ = scratch_.write("old.json", bench(1e6));
  std::string same_ = scratch_.write("same.json", bench(1.001e6));
  std::string slow_ = scratch_.write("slow.json", bench(0.8e6));
};

TEST_F(CompareCommand, FindsASlowDownAndAGateFailsForIt) {
  const Called compared = call({old_, slow_});
  EXPECT_EQ(compared.exit_code, 0) << compared.errors;
  EXPECT_EQ(compared.last_line(), "1 slower");
  const Called gated = call({old_, slow_, "--gate", "throughput/* > 0.95"});
  EXPECT_EQ(gated.exit_code, 1);
  EXPECT_NE(gated.last_line().find("is broken: throughput/noop/items_per_second is at 0.80"),
            std::string::npos)
      << gated.output;
}

TEST_F(CompareCommand, AGateIsHeldOrUndecidedByTheWholeInterval) {
  EXPECT_EQ(call({old_, same_, "--gate", "throughput/* > 0.95"}).exit_code, 0);
  EXPECT_EQ(call({old_, same_, "--gate", "* > 1"}).exit_code, 2);
}

TEST_F(CompareCommand, SeveralFilesASideAreSeparatedByTwoDashes) {
  const Called called = call({old_, same_, "--", slow_, slow_, "--gate", "* > 0.9"});
  EXPECT_EQ(called.exit_code, 2);
  EXPECT_NE(called.output.find("too few: 4 inputs a side are needed"), std::string::npos)
      << called.output;
}

TEST_F(CompareCommand, WrongUsageIsThreeAndNamesWhatIsWrong) {
  const std::string broken = scratch_.write("broken.json", "{\"benchmarks\":[\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "give A and B"},
      {{old_}, "two of them and not 1"},
      {{old_, scratch_.path() / "none.json"}, "none.json: cannot be read: No such file"},
      {{old_, broken}, "broken.json: line 2, column 1: not JSON"},
      {{old_, slow_, "--gate", "thruput/* > 1"}, "--gate 'thruput/* > 1': matches none"},
      {{old_, slow_, "--gate", "> 1"}, "names no figure"},
      {{old_, slow_, "--only", "nothing"}, "nothing can be compared"},
      {{"--paired", "--a", "true"}, "needs both --a"},
      {{"--time", "3", old_, slow_}, "--paired"},
      {{"--", old_}, "nothing before"},
      {{old_, slow_, "--json", "--markdown"}, "excludes"},
  };
  for (const auto& [words, expected] : cases) {
    const Called called = call(words);
    EXPECT_EQ(called.exit_code, 3) << expected;
    EXPECT_NE(called.errors.find(expected), std::string::npos) << expected << ": " << called.errors;
    EXPECT_EQ(called.output, "");
  }
}

TEST_F(CompareCommand, HelpTeachesAndOtherFormsArePrinted) {
  EXPECT_EQ(call({"--help"}).exit_code, 0);
  EXPECT_EQ(call({old_, slow_, "--json"}).output.front(), '{');
  EXPECT_NE(call({old_, slow_, "--markdown"}).output.find("|---|"), std::string::npos);
}

TEST_F(CompareCommand, WritesTheSameJsonIntoAFileWhateverIsPrinted) {
  const std::string out = scratch_.path() / "compared.json";
  EXPECT_NE(call({old_, slow_, "--markdown", "--out", out}).output.find("|---|"),
            std::string::npos);
  EXPECT_EQ(text_of(out), call({old_, slow_, "--json"}).output);
  EXPECT_EQ(call({old_, slow_, "--out", "/nonexistent/compared.json"}).exit_code, 4);
}

TEST_F(CompareCommand, WritesATestCaseForEachGatedFigure) {
  const std::string a = scratch_.write("a.json", bench(1000));
  const std::string b = scratch_.write("b.json", bench(700));
  const std::string junit = scratch_.path() / "junit.xml";
  const Called called = call({a, b, "--gate", "* > 0.95", "--junit", junit});
  EXPECT_EQ(called.exit_code, 1) << called.errors;
  const std::string text = text_of(junit);
  EXPECT_NE(text.find(" failures=\""), std::string::npos) << text;
  EXPECT_NE(
      text.find("<failure type=\"gate\" message=\"gate '* > 0.95' is broken: throughput/noop"),
      std::string::npos)
      << text;
  EXPECT_EQ(call({a, b, "--junit", "/nonexistent/junit.xml"}).exit_code, 4);
}

TEST_F(CompareCommand, WritesJunitXmlAsGitLabAndJenkinsReadIt) {
  const auto xmllint = find_program("xmllint");
  if (!xmllint) GTEST_SKIP() << "xmllint is not installed";
  const std::string junit = scratch_.path() / "junit.xml";
  for (const char* gate : {"* > 0.95", "* > 0.01"}) {
    call({old_, slow_, "--gate", gate, "--junit", junit});
    EXPECT_EQ(run_child({.program = *xmllint,
                         .folder = scratch_.path(),
                         .arguments = {"--noout", "--schema", JUNIT_SCHEMA, junit},
                         .task = "the schema"}),
              "")
        << text_of(junit);
  }
}

}  // namespace
}  // namespace revenant::reports
