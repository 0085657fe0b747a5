#include "reports/src/report.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdio_ext.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "reports/src/gnuplot.h"
#include "reports/src/report_command.h"
#include "reports/src/run_report.h"
#include "reports/test/page_check.h"
#include "reports/test/scratch_folder.h"
#include "reports/test/without_gnuplot.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

fs::path golden() { return fs::path(REVENANT_REPORTS_TEST) / "golden"; }

fs::path copy_of_golden_run(const ScratchFolder& folder) {
  for (const char* name : {"run.json", "history.jsonl", "verdict.json"}) {
    folder.write(std::string("run/") + name, text_of(golden() / name));
  }
  return folder.path() / "run";
}

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

std::vector<char*> argv_of(std::vector<std::string>& words) {
  std::vector<char*> argv(words.size() + 1);
  std::ranges::transform(words, argv.begin(), [](std::string& word) { return word.data(); });
  return argv;
}

Outcome run_command(std::vector<std::string> words) {
  words.insert(words.begin(), "revenant report");
  std::vector<char*> argv = argv_of(words);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.exit_code = run_report_command(static_cast<int>(words.size()), argv.data());
  std::fflush(stdout);
  outcome.out = testing::internal::GetCapturedStdout();
  outcome.err = testing::internal::GetCapturedStderr();
  return outcome;
}

TEST(Report, OfARunHasTheVerdictFirstAndWhatItRestsOn) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  write_run_report(copy_of_golden_run(folder));
  const PageCheck page(text_of(folder.path() / "run" / "report.html"));
  const auto heading = page.document().select_node("//article//h2").node();
  EXPECT_EQ(std::string(heading.select_node("span[@class='verdict-word']").node().child_value()),
            "pass");
  for (const char* part :
       {"0 of 3 tasks lost under 2 kills", "completes",
        "every task gets exactly one correct result", "a small run",
        "revenant chaos --tasks 3 --seed 7", "9.00 ms", "a processor", "faults.kill"}) {
    EXPECT_NE(page.text().find(part), std::string::npos) << part;
  }
}

TEST(Report, WithoutGnuplotIsThePageWithoutChartsWhichSaysSo) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const auto problems = write_run_report(copy_of_golden_run(folder));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].find("gnuplot was not found on PATH"), std::string::npos);
  const PageCheck page(text_of(folder.path() / "run" / "report.html"));
  EXPECT_NE(page.text().find("gnuplot was not found on PATH"), std::string::npos);
  EXPECT_TRUE(page.document().select_nodes("//svg").empty());
  EXPECT_TRUE(fs::exists(folder.path() / "run/charts/timeline.gp")) << "data and scripts are there";
}

TEST(Report, HasEachChartInTwoWidthsInsideAndInThreeFilesBeside) {
  if (!find_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const ScratchFolder folder;
  EXPECT_EQ(write_run_report(copy_of_golden_run(folder)), std::vector<std::string>{});
  const PageCheck page(text_of(folder.path() / "run" / "report.html"));
  EXPECT_EQ(page.document().select_nodes("//figure/div/svg[@role='img'][title][desc]").size(), 4u);
  for (const char* name : {"timeline", "recovery-latency"}) {
    for (const char* end : {".svg", "-narrow.svg", ".png"}) {
      const fs::path picture = folder.path() / "run" / "charts" / (std::string(name) + end);
      EXPECT_TRUE(fs::exists(picture) && fs::file_size(picture) > 1000) << picture;
    }
  }
  for (const auto& entry : fs::directory_iterator(folder.path() / "run" / "charts")) {
    EXPECT_EQ(entry.path().filename().string().find("partial"), std::string::npos) << entry.path();
  }
}

TEST(Report, HasTheDataOfItsChartsInTheColumnsOfTheFormat) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const fs::path run = copy_of_golden_run(folder);
  make_report({.inputs = {run}, .out = {}});
  make_report({.inputs = {golden() / "bench.json"}, .out = run});
  make_report({.inputs = {golden() / "curves.json"}, .out = folder.path() / "curves"});
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(golden() / "charts")) {
    EXPECT_EQ(text_of(run / "charts" / entry.path().filename()), text_of(entry.path()))
        << entry.path().filename();
    ++compared;
  }
  EXPECT_EQ(compared, 20);
  for (const auto& entry : fs::directory_iterator(golden() / "curves")) {
    EXPECT_EQ(text_of(folder.path() / "curves/charts" / entry.path().filename()),
              text_of(entry.path()))
        << entry.path().filename();
    ++compared;
  }
  EXPECT_EQ(compared, 20 + 6 * 7 + 5) << "six charts of curves, and the peers";
}

// "kill-victim-axis.dat" stands in FORMAT.md as "CURVES-axis.dat".
std::string name_in_format(const std::string& file) {
  const std::regex family(
      "(throughput-payload|kill-workers|kill-victim|kill-supervisor|goodput|memory)([-.])");
  const std::string name = std::regex_replace(file, family, "CURVES$2");
  return std::regex_replace(name, std::regex("moment-[0-9]+-"), "MOMENT-");
}

// The words in back quotes of a row of FORMAT.md: the files of its first cell, or its columns.
std::vector<std::string> quoted_words(const std::string& text) {
  std::vector<std::string> words;
  const std::regex quoted("`([^`]+)`");
  for (std::sregex_iterator at(text.begin(), text.end(), quoted), end; at != end; ++at) {
    words.push_back((*at)[1]);
  }
  return words;
}

std::map<std::string, std::vector<std::string>> columns_of_format() {
  std::ifstream file(fs::path(REVENANT_REPORTS_TEST).parent_path() / "FORMAT.md");
  std::map<std::string, std::vector<std::string>> columns;
  for (std::string row; std::getline(file, row);) {
    if (!row.starts_with("| `") || row.find(".dat`") == row.npos) continue;
    const std::size_t second = row.find(" | ");
    for (const std::string& name : quoted_words(row.substr(0, second))) {
      columns[name] = quoted_words(row.substr(second));
    }
  }
  return columns;
}

TEST(Report, WritesDataFilesWhoseFirstLineHasTheColumnsOfFormatMd) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  make_report({.inputs = {copy_of_golden_run(folder), golden() / "failing", golden() / "bench.json",
                          golden() / "curves.json"},
               .out = folder.path() / "out"});
  const auto format = columns_of_format();
  std::set<std::string> seen;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "out")) {
    if (entry.path().extension() != ".dat") continue;
    const std::string name = name_in_format(entry.path().filename());
    ASSERT_TRUE(format.contains(name)) << name << " is not in FORMAT.md";
    std::string header = "#";
    for (const std::string& column : format.at(name)) {
      header += (header == "#" ? " " : "\t") + column;
    }
    const std::string text = text_of(entry.path());
    EXPECT_EQ(text.substr(0, text.find('\n')), header) << name;
    seen.insert(name);
  }
  for (const auto& [name, columns] : format) {
    EXPECT_TRUE(seen.contains(name)) << name << " is in FORMAT.md, and no report wrote it";
  }
}

TEST(Report, OfAFindingShowsItsMomentWithVictimSuccessorAndTask) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  make_report({.inputs = {golden() / "failing"}, .out = folder.path()});
  const PageCheck page(text_of(folder.path() / "report.html"));
  EXPECT_EQ(page.document().select_nodes("//ol[@class='story']").size(), 2u);
  for (const char* part :
       {"kill was sent to worker 102, which was in epoll_wait.",
        "Worker 102 was seen to be dead, 1.00 ms after that.",
        "Worker 103 took over, 2.00 ms after the death was visible.", "Task 2 was never answered.",
        "Task 3 failed, 27.0 ms after it was given: its worker died."}) {
    EXPECT_NE(page.text().find(part), std::string::npos) << part;
  }
  for (const auto& entry : fs::directory_iterator(golden() / "moments")) {
    EXPECT_EQ(text_of(folder.path() / "charts" / entry.path().filename()), text_of(entry.path()))
        << entry.path().filename();
  }
}

// Its examples are numbers of lines, and there is a task of that number as well.
TEST(Report, OfAnUnreadableLineShowsWhenItCameAndNoTaskOfItsNumber) {
  const ScratchFolder folder;
  std::string history = text_of(golden() / "failing" / "history.jsonl");
  history.insert(history.find("{\"t\":70000000"),
                 "{\"t\":66000000,\"e\":\"unreadable\",\"line\":2,\"why\":\"not JSON\","
                 "\"sample\":\"worker 102 died\"}\n");
  folder.write("run/history.jsonl", history);
  folder.write(
      "run/verdict.json",
      R"({"verdict":"fail","claim":"completes","findings":[{"kind":"unreadable","count":1,)"
      R"("examples":[2],"explanation":"1 line","details":["line 2 is no JSON"]}]})");
  const std::string text = report_in_words({folder.path() / "run"}, ReportFormat::text);
  EXPECT_NE(text.find("0.066 s  Line 2 of standard output came"), std::string::npos) << text;
  EXPECT_NE(text.find("0.060 s  kill was sent to worker 102"), std::string::npos) << text;
  EXPECT_EQ(text.find("Task 2"), std::string::npos) << text;
}

TEST(Report, InWordsGoesToStandardOutputAndWritesNothing) {
  const fs::path failing = golden() / "failing";
  const auto text = run_command({"--format", "text", failing.string()});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_NE(text.out.find("fail: a forgetful pool"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("0.060 s  kill was sent to worker 102"), std::string::npos) << text.out;
  const auto markdown = run_command({"--format", "markdown", failing.string()});
  EXPECT_NE(markdown.out.find("## \u2717 a forgetful pool: fail"), std::string::npos)
      << markdown.out;
  EXPECT_NE(markdown.out.find("\\`failed\\`"), std::string::npos)
      << "what a target wrote is escaped";
  EXPECT_NE(markdown.out.find("\n    revenant chaos --tasks 3"), std::string::npos) << markdown.out;
  EXPECT_FALSE(fs::exists(failing / "report.html"));
  EXPECT_EQ(run_command({"--format", "text", "--out", "x", failing.string()}).exit_code, 3);
  EXPECT_EQ(run_command({"--format", "odt", failing.string()}).exit_code, 3);
}

TEST(Report, AsPdfSaysWhatToInstallWhereNothingCanPrint) {
  const WithoutGnuplot without;
  const auto outcome = run_command({"--format", "pdf", (golden() / "failing").string()});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("apt install chromium"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::exists(golden() / "failing" / "report.html"));
}

TEST(Report, OfTheCurvesDrawsEachAndShowsWhatThePeersDid) {
  if (!find_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const ScratchFolder folder;
  const ReportResult result =
      make_report({.inputs = {golden() / "curves.json"}, .out = folder.path() / "out"});
  EXPECT_EQ(result.problems, std::vector<std::string>{});
  for (const char* name : {"throughput-payload", "kill-workers", "kill-victim", "kill-supervisor",
                           "goodput", "memory", "peers"}) {
    for (const char* end : {".svg", "-narrow.svg", ".png"}) {
      const fs::path picture = folder.path() / "out/charts" / (std::string(name) + end);
      EXPECT_TRUE(fs::exists(picture) && fs::file_size(picture) > 1000) << picture;
    }
  }
  const PageCheck page(text_of(result.page));
  for (const char* part :
       {"400 \u00D7", "it fell over", "its program ends: Channel closed", "jest-worker 30.5.1",
        "Left out: gnu_parallel: parallel is not installed", "goes on with one worker"}) {
    EXPECT_NE(page.text().find(part), std::string::npos) << part;
  }
  EXPECT_EQ(page.text().find("peers/noop"), std::string::npos) << "not among the others as well";
}

TEST(Report, ShowsARunThatWasItselfKilledAsFarAsItGot) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const std::string history = text_of(golden() / "history.jsonl");
  folder.write("run/history.jsonl", history.substr(0, history.size() / 2));
  write_run_report(folder.path() / "run");
  const PageCheck page(text_of(folder.path() / "run" / "report.html"));
  for (const char* part :
       {"no verdict", "There is no verdict.json", "There is no run.json", "The history is cut"}) {
    EXPECT_NE(page.text().find(part), std::string::npos) << part;
  }
}

TEST(Report, OfSeveralInputsIsOnePageWithAnOverview) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const fs::path run = copy_of_golden_run(folder);
  make_report({.inputs = {run, run, golden() / "bench.json"}, .out = folder.path() / "all"});
  const PageCheck page(text_of(folder.path() / "all" / "report.html"));
  EXPECT_EQ(page.document().select_nodes("//article").size(), 3u);
  EXPECT_EQ(page.document().select_nodes("//section[@aria-labelledby='overview']//tbody/tr").size(),
            2u);
  EXPECT_TRUE(fs::exists(folder.path() / "all/charts/run-2/timeline.gp"));
  EXPECT_FALSE(fs::exists(run / "report.html")) << "the run folders are left alone";
}

TEST(Report, ShowsInWhatRunsDifferAtBothEndsOfALongCommand) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const std::string start = R"({"version":1,"options":{"target":[")" + std::string(99, 'x');
  for (const char* name : {"one", "two"}) {
    const std::string run(name);
    folder.write(run + "/run.json", start + "\",\"--pool\",\"" + run + "\"]}}");
    folder.write(run + "/history.jsonl", text_of(golden() / "history.jsonl"));
    folder.write(run + "/verdict.json", text_of(golden() / "verdict.json"));
  }
  make_report({.inputs = {folder.path() / "one", folder.path() / "two"}, .out = folder.path()});
  const PageCheck page(text_of(folder.path() / "report.html"));
  const auto cells = page.document().select_nodes("//td[@class='option']");
  ASSERT_EQ(cells.size(), 2u);
  const std::string cell = cells[1].node().text().as_string();
  EXPECT_TRUE(cell.starts_with("xxx") && cell.ends_with(" --pool two")) << cell;
}

TEST(Report, ChangesNothingWhereOneInputIsUnusable) {
  const ScratchFolder folder;
  const fs::path run = copy_of_golden_run(folder);
  folder.write("out/report.html", "as before");
  const auto outcome = run_command({run.string(), folder.write("bad.json", "{").string(), "--out",
                                    (folder.path() / "out").string()});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.err.find("bad.json: line 1, column"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(text_of(folder.path() / "out" / "report.html"), "as before");
  EXPECT_FALSE(fs::exists(folder.path() / "out" / "charts"));
}

TEST(Report, RefusesAFolderThatIsNoRunAndAVerdictThatIsNone) {
  const ScratchFolder folder;
  folder.write("empty/note", "");
  EXPECT_EQ(run_command({(folder.path() / "empty").string()}).exit_code, 3);
  folder.write("odd/verdict.json", "{\"verdict\":\"splendid\"}");
  const auto outcome = run_command({(folder.path() / "odd").string()});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.err.find("\"pass\", \"fail\" or \"unknown\""), std::string::npos);
}

TEST(Report, CommandPrintsThePathOfThePageLast) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const fs::path run = copy_of_golden_run(folder);
  const auto outcome = run_command({run.string()});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, (run / "report.html").string() + "\n");
}

TEST(Report, CommandExitsWith3OnWrongUsageAnd0OnHelp) {
  EXPECT_EQ(run_command({}).exit_code, 3);
  EXPECT_EQ(run_command({"--no-such-option"}).exit_code, 3);
  EXPECT_EQ(run_command({"/nonexistent/run"}).exit_code, 3);
  const auto help = run_command({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.out.find("revenant report revenant-runs/latest"), std::string::npos);
}

TEST(Report, CommandExitsWith4WhereItCannotWrite) {
  const ScratchFolder folder;
  const fs::path run = copy_of_golden_run(folder);
  const auto outcome = run_command({run.string(), "--out", folder.write("file", "").string()});
  EXPECT_EQ(outcome.exit_code, 4) << outcome.err;
}

TEST(Report, CommandExitsWith4WhereStandardOutputIsFull) {
  const ScratchFolder folder;
  const WithoutGnuplot without;
  const std::string run = copy_of_golden_run(folder).string();
  for (std::vector<std::string> words : {std::vector<std::string>{"revenant report", run},
                                         {"revenant report", "--format", "text", run}}) {
    std::vector<char*> argv = argv_of(words);
    std::fflush(stdout);
    const int stdout_fd = ::dup(1);
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ::dup2(full, 1);
    const int exit_code = run_report_command(static_cast<int>(words.size()), argv.data());
    __fpurge(stdout);  // what could not be written
    std::clearerr(stdout);
    ::dup2(stdout_fd, 1);
    ::close(stdout_fd);
    ::close(full);
    EXPECT_EQ(exit_code, 4) << words.back();
  }
}

TEST(Report, OfAFolderThatIsGoneIsAProblemAndNoException) {
  EXPECT_EQ(write_run_report("/nonexistent/run").size(), 1u);
}

}  // namespace
}  // namespace revenant::reports
