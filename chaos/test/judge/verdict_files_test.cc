#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "chaos/src/verdict.h"

namespace revenant::chaos {
namespace {

namespace fs = std::filesystem;

Verdict failed_verdict() {
  Verdict verdict;
  verdict.ruling = Ruling::fail;
  verdict.claim = Claim::completes;
  verdict.seed = 7;
  verdict.findings = {
      {FindingKind::lost, 37, {3, 9}, {"task 3 <b>&", "task 9 \x01\xff"}, "37 tasks are \"lost\"."},
      {FindingKind::too_few_faults, 1, {}, {}, "Too few."}};
  verdict.not_judged = {{FindingKind::fd_leak, "1 fault of 6"}};
  verdict.counts.tasks = 20'000;
  verdict.counts.lost = 37;
  verdict.recovery_us.detect = {412, 271.5, 300, 400.25, 1234.5678};
  verdict.confidence = "37 of 20,000 tasks lost";
  verdict.reproduce = "revenant chaos --seed 7 -- ./pool '<x>'";
  verdict.run_folder = "revenant-runs/latest";
  return verdict;
}

class VerdictFiles : public testing::Test {
 protected:
  VerdictFiles()
      : folder_(fs::temp_directory_path() / ("revenant-verdict-" + std::to_string(::getpid()))) {
    fs::create_directory(folder_);
  }
  ~VerdictFiles() override { fs::remove_all(folder_); }
  [[nodiscard]] std::string path(const char* file) const { return folder_ / file; }
  const fs::path folder_;
};

TEST_F(VerdictFiles, HaveTheKeysThatToolsRelyOn) {
  ASSERT_EQ(write_verdict_json(failed_verdict(), path("verdict.json")), "");
  const auto json = nlohmann::json::parse(std::ifstream(path("verdict.json")));
  EXPECT_EQ(json["verdict"], "fail");
  EXPECT_EQ(json["claim"], "completes");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["reproduce"], "revenant chaos --seed 7 -- ./pool '<x>'");
  EXPECT_EQ(json["findings"][0]["kind"], "lost");
  EXPECT_EQ(json["findings"][0]["count"], 37);
  EXPECT_EQ(json["findings"][0]["examples"], (std::vector<int>{3, 9}));
  EXPECT_EQ(json["findings"][0]["explanation"], "37 tasks are \"lost\".");
  EXPECT_EQ(json["not_judged"][0]["kind"], "fd-leak");
  EXPECT_EQ(json["not_judged"][0]["why"], "1 fault of 6");
  for (const char* key :
       {"tasks", "results", "failed", "lost", "duplicated", "corrupted", "unexpected",
        "faults_planned", "faults_installed", "kills", "workers_at_start", "workers_at_end"}) {
    EXPECT_TRUE(json["counts"][key].is_number_unsigned()) << key;
  }
  for (const char* time : {"detect", "respawn", "first_result", "task", "full_capacity"}) {
    for (const char* key : {"n", "p50", "p90", "p99", "max"}) {
      EXPECT_TRUE(json["recovery_us"][time][key].is_number()) << time << "." << key;
    }
  }
  EXPECT_EQ(json["recovery_us"]["detect"]["max"], 1234.568);
  EXPECT_TRUE(json["throughput_per_s"]["calm"].is_number());
  EXPECT_TRUE(json["throughput_per_s"]["chaos"].is_number());
  EXPECT_EQ(json["confidence"], "37 of 20,000 tasks lost");
}

TEST_F(VerdictFiles, ShowAFailureAndAnErrorToJUnitReaders) {
  ASSERT_EQ(write_junit(failed_verdict(), path("junit.xml")), "");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(path("junit.xml").c_str()));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("errors").as_int(), 1);
  int cases = 0;
  for (const pugi::xml_node test : suite.children("testcase")) {
    ++cases;
    const std::string name = test.attribute("name").value();
    EXPECT_EQ(!test.child("failure").empty(), name == "lost") << name;
    EXPECT_EQ(!test.child("error").empty(), name == "too-few-faults") << name;
  }
  EXPECT_EQ(cases, suite.attribute("tests").as_int());
  EXPECT_EQ(cases, static_cast<int>(kFindingKinds.size()) - 1) << "all but innocent-failed";
  const std::string text =
      suite.find_child_by_attribute("testcase", "name", "lost").child("failure").text().get();
  EXPECT_NE(text.find("task 3 <b>&"), std::string::npos);
  EXPECT_NE(text.find("and 35 more"), std::string::npos);
  EXPECT_NE(text.find("Again: revenant chaos --seed 7"), std::string::npos);
  EXPECT_EQ(text.find('\x01'), std::string::npos) << "XML 1.0 cannot hold it";
}

// The suite's own text is a failed one with bytes that XML cannot hold.
TEST_F(VerdictFiles, AreTakenByWhatReadsJUnitFiles) {
  if (std::system("command -v xmllint > /dev/null") != 0) GTEST_SKIP() << "there is no xmllint";
  const std::string check = "xmllint --noout --schema " JUNIT_SCHEMA " " + path("junit.xml");
  ASSERT_EQ(write_junit(failed_verdict(), path("junit.xml")), "");
  EXPECT_EQ(std::system((check + " 2> " + path("why")).c_str()), 0)
      << std::ifstream(path("why")).rdbuf();
  std::ofstream(path("junit.xml")) << "<testsuites><testsuite/></testsuites>";
  EXPECT_NE(std::system((check + " 2> /dev/null").c_str()), 0) << "the schema takes anything";
}

TEST_F(VerdictFiles, LeaveTheOldFileWhereTheNewOneCannotBeWritten) {
  const std::string error = write_verdict_json(failed_verdict(), path("no/such/folder.json"));
  EXPECT_NE(error.find("no/such/folder.json cannot be written: No such file"), std::string::npos)
      << error;
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST(VerdictText, PutsTheVerdictFirstAndNoEscapeWithoutColour) {
  const std::string text = verdict_text(failed_verdict(), {});
  EXPECT_TRUE(text.starts_with("FAIL  lost, too-few-faults  (claim completes, seed 7)\n")) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("37 tasks are \"lost\"."), std::string::npos);
  EXPECT_NE(text.find("and 35 more"), std::string::npos);
  EXPECT_NE(text.find("not judged: fd-leak (1 fault of 6)\n"), std::string::npos);
  EXPECT_NE(text.find("again:  revenant chaos --seed 7"), std::string::npos);
  EXPECT_NE(text.find("folder: revenant-runs/latest"), std::string::npos);
}

TEST(VerdictText, LetsNoControlCharacterOfATargetReachTheTerminal) {
  Verdict verdict = failed_verdict();
  verdict.findings[0].details = {"line 3: \"\x1b[2J\x07\""};
  for (const bool colour : {false, true}) {
    const std::string text = verdict_text(verdict, {.colour = colour});
    EXPECT_EQ(text.find("\x1b[2J"), std::string::npos);
    EXPECT_EQ(text.find('\x07'), std::string::npos);
  }
}

TEST(VerdictText, IsColouredOnRequest) {
  EXPECT_TRUE(verdict_text(failed_verdict(), {.colour = true}).starts_with("\x1b[1;31mFAIL"));
}

TEST(ExitCodes, AreThoseOfEveryVerb) {
  EXPECT_EQ(exit_code_of(Ruling::pass), 0);
  EXPECT_EQ(exit_code_of(Ruling::fail), 1);
  EXPECT_EQ(exit_code_of(Ruling::unknown), 2);
}

}  // namespace
}  // namespace revenant::chaos
