// Pages of what a scenario left: several runs, and what was demanded of each.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "reports/src/input_error.h"
#include "reports/src/page_inputs.h"
#include "reports/src/report.h"
#include "reports/src/run_labels.h"
#include "reports/src/run_report.h"
#include "reports/test/page_check.h"
#include "reports/test/scratch_folder.h"
#include "reports/test/without_gnuplot.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

fs::path golden() { return fs::path(REVENANT_REPORTS_TEST) / "golden"; }

constexpr const char* kScenario = R"json({
  "verdict": "fail",
  "reason": "FAIL  fire workers=4: task.p99 < 5ms is broken: task.p99 is 7 ms of 3 (fire.toml:6:15)",
  "verb": "chaos", "scenario": "some/where/fire.toml", "runs_planned": 2,
  "runs": [
    {"name": "fire workers=4", "verdict": "fail", "run_folder": "elsewhere/one",
     "thresholds": [
       {"threshold": "verdict == pass", "says": "verdict is pass", "held": true},
       {"threshold": "task.p99 < 5ms", "says": "task.p99 is 7 ms of 3", "held": false,
        "place": "fire.toml:6:15"},
       {"threshold": "calm_rate > 1", "says": "calm_rate was not measured", "held": null}]},
    {"name": "fire known to lose", "verdict": "pass", "run_folder": "elsewhere/two",
     "thresholds": [
       {"threshold": "verdict == fail", "says": "verdict is fail", "held": true}]}]})json";

class ScenarioReport : public testing::Test {
 protected:
  ScenarioReport() {
    for (const char* name : {"run.json", "history.jsonl", "verdict.json"}) {
      folder.write(std::string("set/one/") + name, text_of(golden() / name));
      folder.write(std::string("set/two/") + name, text_of(golden() / "failing" / name));
    }
    folder.write("set/scenario.json", kScenario);
  }

  // The page of these inputs.
  PageCheck page_of(const std::vector<fs::path>& inputs) const {
    return PageCheck(text_of(make_report({.inputs = inputs, .out = folder.path() / "out"}).page));
  }

  const ScratchFolder folder;
  const WithoutGnuplot without;
};

TEST_F(ScenarioReport, SaysFirstWhatBecameOfItAndThenWhatEachThresholdMeasured) {
  const PageCheck page = page_of({folder.path() / "set"});
  const auto first = page.document().select_node("//main/*[1]").node();
  EXPECT_STREQ(first.attribute("id").value(), "summary");
  EXPECT_EQ(std::string(first.select_node("h2/span[@class='verdict-word']").node().child_value()),
            "fail");
  EXPECT_EQ(std::string(first.select_node("p[@class='statement']").node().child_value()),
            "fire workers=4: task.p99 < 5ms is broken: task.p99 is 7 ms of 3 (fire.toml:6:15)");
  EXPECT_EQ(first.select_nodes(".//ul[@class='thresholds']/li").size(), 4u);
  EXPECT_EQ(first.select_nodes(".//li[@class='v-fail']").size(), 1u);
  EXPECT_EQ(first.select_nodes(".//li[@class='v-unknown']").size(), 1u);
  for (const char* part : {"fire.toml", "task.p99 is 7 ms of 3", "calm_rate was not measured"}) {
    EXPECT_NE(page.text().find(part), std::string::npos) << part;
  }
}

TEST_F(ScenarioReport, OfARunThatWasToFailIsAPassAndSaysThatItFailed) {
  write_run_report((folder.path() / "set" / "two").string());
  const PageCheck page(text_of(folder.path() / "set" / "two" / "report.html"));
  const auto head = page.document().select_node("//article/header").node();
  EXPECT_EQ(std::string(head.select_node("h2/span[@class='verdict-word']").node().child_value()),
            "pass");
  EXPECT_NE(page.text().find("Its threshold held."), std::string::npos);
  EXPECT_NE(page.text().find("The claim did not hold: "), std::string::npos);
}

TEST_F(ScenarioReport, OfOneRunSaysOnceWhatBecameOfIt) {
  folder.write("set/scenario.json",
               R"({"verdict":"fail","reason":"FAIL  it: x","scenario":"s.toml","runs_planned":1,)"
               R"("runs":[{"name":"it","verdict":"fail","run_folder":"one","thresholds":[)"
               R"({"threshold":"lost > 0","says":"lost is 0","held":false}]}]})");
  const PageCheck page = page_of({folder.path() / "set"});
  EXPECT_EQ(page.document().select_nodes("//span[@class='verdict-word']").size(), 1u);
  EXPECT_NE(page.text().find("1 of 1 thresholds is broken."), std::string::npos);
}

TEST_F(ScenarioReport, IsThereWithoutARunThatIsMissingAndNamesIt) {
  fs::remove_all(folder.path() / "set" / "one");
  const PageCheck page = page_of({folder.path() / "set"});
  EXPECT_EQ(page.document().select_nodes("//article").size(), 1u);
  EXPECT_NE(page.text().find("The run \"fire workers=4\" is not shown"), std::string::npos);
}

TEST_F(ScenarioReport, OfAFolderOfRunsWithoutAScenarioShowsThemAllAndTheWorstVerdict) {
  fs::remove(folder.path() / "set" / "scenario.json");
  fs::create_directory_symlink("two", folder.path() / "set" / "latest");
  const PageCheck page = page_of({folder.path() / "set"});
  EXPECT_EQ(page.document().select_nodes("//article").size(), 2u) << "latest is two";
  EXPECT_NE(page.text().find("1 of 2 runs failed: a forgetful pool (1 lost, 1 failed)."),
            std::string::npos)
      << page.text();
}

TEST_F(ScenarioReport, InWordsHasTheThresholdsToo) {
  const std::string text = report_in_words({folder.path() / "set"}, ReportFormat::text);
  EXPECT_NE(text.find("fail: fire workers=4: task.p99 < 5ms is broken"), std::string::npos) << text;
  EXPECT_NE(text.find("broken: task.p99 < 5ms (task.p99 is 7 ms of 3)"), std::string::npos) << text;
  const std::string markdown = report_in_words({folder.path() / "set"}, ReportFormat::markdown);
  EXPECT_NE(markdown.find("\u2717 broken | task.p99 is 7 ms of 3 |"), std::string::npos)
      << markdown;
}

TEST_F(ScenarioReport, IsRefusedWhereItsFileIsCutButARunIsShownWithout) {
  folder.write("set/scenario.json", std::string(kScenario).substr(0, 200));
  EXPECT_THROW(read_inputs({folder.path() / "set"}), InputError);
  EXPECT_EQ(page_of({folder.path() / "set" / "one"}).document().select_nodes("//article").size(),
            1u);
}

std::vector<std::string> labels_of(const std::vector<std::string>& names) {
  std::vector<RunFolder> runs(names.size());
  std::vector<const RunFolder*> pointers;
  for (std::size_t i = 0; i < names.size(); ++i) {
    runs[i].name = names[i];
    pointers.push_back(&runs[i]);
  }
  return run_labels(pointers);
}

TEST(RunLabels, LeaveAwayTheWordsThatAllBeginWith) {
  using Labels = std::vector<std::string>;
  EXPECT_EQ(labels_of({"under fire workers=1", "under fire workers=16"}),
            (Labels{"workers=1", "workers=16"}));
  EXPECT_EQ(labels_of({"poisson", "periodic"}), (Labels{"poisson", "periodic"}));
  EXPECT_EQ(labels_of({"fire", "fire x"}), (Labels{"fire", "fire x"}));
  EXPECT_EQ(labels_of({"same name", "same name"}), (Labels{"same name (1)", "same name (2)"}));
  EXPECT_EQ(labels_of({"a run"}), (Labels{"a run"}));
  EXPECT_EQ(labels_of({"", " "}), (Labels{"", " "}));
}

}  // namespace
}  // namespace revenant::reports
