// The hand-made histories in chaos/test/golden: each finding, its near misses, and what they should
// be judged. NAME.expected.json says in one sentence what NAME.jsonl is about.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "chaos/src/history_file.h"
#include "chaos/src/verdict.h"

namespace revenant::chaos {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(REVENANT_GOLDEN)) {
    if (entry.path().extension() == ".jsonl") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_TRUE(in) << path;
  return text.str();
}

fs::path golden(const std::string& file) { return fs::path(REVENANT_GOLDEN) / file; }

std::map<std::string, std::uint64_t> findings_of(const Verdict& verdict) {
  std::map<std::string, std::uint64_t> findings;
  for (const Finding& finding : verdict.findings) {
    findings.emplace(to_string(finding.kind), finding.count);
  }
  return findings;
}

class GoldenHistory : public testing::TestWithParam<std::string> {};

// A near miss of a finding that the run could not show would be none.
TEST_P(GoldenHistory, ShowsWhatItIsNamedAfter) {
  const Verdict verdict = judge_file(golden(GetParam() + ".jsonl")).verdict;
  for (const NotJudged& blind : verdict.not_judged) {
    EXPECT_FALSE(GetParam().starts_with(to_string(blind.kind))) << blind.why;
  }
}

TEST_P(GoldenHistory, IsJudgedAsExpected) {
  const auto expected = nlohmann::json::parse(text_of(golden(GetParam() + ".expected.json")));
  const JudgedFile judged = judge_file(golden(GetParam() + ".jsonl"));
  SCOPED_TRACE(expected["about"].get<std::string>());
  SCOPED_TRACE(verdict_text(judged.verdict, {}));
  EXPECT_EQ(judged.error, "");
  EXPECT_EQ(to_string(judged.verdict.ruling), expected["verdict"].get<std::string>());
  const auto wanted = expected["findings"].get<std::map<std::string, std::uint64_t>>();
  EXPECT_EQ(findings_of(judged.verdict), wanted);
  for (const Finding& finding : judged.verdict.findings) {
    EXPECT_FALSE(finding.explanation.empty());
    EXPECT_EQ(finding.examples.size(), finding.details.size());
  }
}

TEST_P(GoldenHistory, IsJudgedAlikeFromMemoryAndFromTheFile) {
  const std::string path = golden(GetParam() + ".jsonl");
  const ReadHistory read = read_history(path);
  EXPECT_EQ(verdict_json(judge(read.history)), verdict_json(judge_file(path).verdict));
}

INSTANTIATE_TEST_SUITE_P(All, GoldenHistory, testing::ValuesIn(golden_names()),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(GoldenHistories, HoldEveryKindOfFindingAndANearMissOfTheMeasuredOnes) {
  std::set<std::string> raised;
  for (const std::string& name : golden_names()) {
    const auto expected = nlohmann::json::parse(text_of(golden(name + ".expected.json")));
    for (const auto& [kind, count] : expected["findings"].items()) raised.insert(kind);
  }
  for (const FindingKind kind : kFindingKinds) {
    // No history makes a correct checker throw; judge_test.cc brings one that does.
    if (kind == FindingKind::checker_error) continue;
    EXPECT_TRUE(raised.contains(std::string(to_string(kind)))) << to_string(kind);
  }
}

class CutFile {
 public:
  explicit CutFile(const std::string& text)
      : path_(fs::temp_directory_path() / ("revenant-cut-" + std::to_string(::getpid()))) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~CutFile() { fs::remove(path_); }
  [[nodiscard]] std::string path() const { return path_; }

 private:
  fs::path path_;
};

TEST(ACutHistory, IsNeverAPassAndNeverAnErrorWhereverItIsCut) {
  const std::string whole = text_of(golden("pass.jsonl"));
  ASSERT_EQ(judge_file(golden("pass.jsonl")).verdict.ruling, Ruling::pass);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const CutFile cut(whole.substr(0, length));
    const JudgedFile judged = judge_file(cut.path());
    ASSERT_EQ(judged.error, "") << "cut at byte " << length;
    ASSERT_EQ(judged.verdict.ruling, Ruling::unknown) << "cut at byte " << length;
  }
}

TEST(ADamagedHistory, IsNeverAPassWhicheverByteIsReplacedByGarbage) {
  const std::string whole = text_of(golden("pass.jsonl"));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = '\x01';  // stands nowhere in JSON: even in a string it would be escaped
    const CutFile file(damaged);
    const JudgedFile judged = judge_file(file.path());
    ASSERT_NE(judged.verdict.ruling, Ruling::pass) << "byte " << at;
    ASSERT_TRUE(!judged.error.empty() || whole[at] == '\n') << "byte " << at;
  }
}

// The file is read twice, and what comes behind the damage is seen by the first reading alone.
TEST(ADamagedHistory, IsJudgedAsIfItEndedBeforeTheDamage) {
  std::istringstream whole(text_of(golden("duplicated.jsonl")));
  std::string before, line;
  while (std::getline(whole, line) && line.find("\"result\"") == std::string::npos) {
    before += line + "\n";
  }
  const std::string behind(std::istreambuf_iterator<char>(whole), {});
  const CutFile damaged(before + "{\"t\":61000000,\"e\":\"task\",no JSON\n" + behind);
  const JudgedFile judged = judge_file(damaged.path());
  EXPECT_NE(judged.error, "");
  const std::string as_damaged = verdict_json(judged.verdict);
  const CutFile cut(before);
  EXPECT_EQ(as_damaged, verdict_json(judge_file(cut.path()).verdict));
}

}  // namespace
}  // namespace revenant::chaos
