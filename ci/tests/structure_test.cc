// The tree keeps its rules, and each rule catches what breaks it.
#include "ci/tests/structure.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace revenant::ci {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return text;
}

const Tree& tree() {
  static const Tree read = read_tree(REVENANT_SOURCE_DIR);
  return read;
}

TEST(Structure, TheTreeThatIsJudgedIsTheRepository) {
  std::size_t sources = 0;
  for (const auto& file : tree()) sources += file.path.ends_with(".cc") ? 1 : 0;
  EXPECT_GT(sources, 50u) << "read from " << REVENANT_SOURCE_DIR;
}

TEST(Structure, IncludesGoInOneDirection) { EXPECT_EQ(joined(forbidden_includes(tree())), ""); }
TEST(Structure, FilesAreShort) { EXPECT_EQ(joined(long_files(tree())), ""); }
TEST(Structure, NamesSaySomething) { EXPECT_EQ(joined(empty_names(tree())), ""); }
TEST(Structure, EverySourceIsBuilt) { EXPECT_EQ(joined(unbuilt_sources(tree())), ""); }
TEST(Structure, TheTopLevelIsFixed) {
  EXPECT_EQ(joined(strangers_at_the_top(read_top_level(REVENANT_SOURCE_DIR))), "");
}

struct Include {
  const char* from;
  const char* line;
};

class ForbiddenInclude : public testing::TestWithParam<Include> {};
TEST_P(ForbiddenInclude, IsFoundWithItsPlace) {
  const auto found =
      forbidden_includes({{GetParam().from, std::string("// …\n") + GetParam().line + "\n"}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found.front().starts_with(std::string(GetParam().from) + ":2: ")) << found.front();
}
INSTANTIATE_TEST_SUITE_P(
    Planted, ForbiddenInclude,
    testing::Values(Include{"chaos/src/judge.cc", "#include \"pool/src/ring.h\""},
                    Include{"chaos/src/judge.cc", "#include \"revenant/pool.h\""},
                    Include{"chaos/test/judge_test.cc", "#include \"pool/target/crc32.h\""},
                    Include{"chaos/src/judge.cc", "#include \"reports/src/charts.h\""},
                    Include{"reports/src/page.cc", "#include \"chaos/src/history.h\""},
                    Include{"reports/src/page.cc", "  #  include \"pool/os/clock.h\""},
                    Include{"pool/src/ring.cc", "#include \"chaos/src/plan.h\""},
                    Include{"pool/target/target.cc", "#include \"revenant/chaos/run.h\""},
                    Include{"pool/test/ring_test.cc", "#include \"bench/src/floor.h\""},
                    Include{"pool/src/ring.cc", "#include \"ci/help.h\""},
                    Include{"pool/os/futex.cc", "#include \"pool/src/ring.h\""},
                    Include{"pool/include/revenant/pool.h", "#include \"pool/os/futex.h\""},
                    Include{"bench/src/floor.cc", "#include \"reports/src/page.h\""},
                    Include{"pool/src/ring.cc", "#include \"ring.h\""}));

class AllowedInclude : public testing::TestWithParam<Include> {};
TEST_P(AllowedInclude, IsLeftAlone) {
  EXPECT_EQ(joined(forbidden_includes({{GetParam().from, GetParam().line}})), "");
}
INSTANTIATE_TEST_SUITE_P(
    Planted, AllowedInclude,
    testing::Values(Include{"chaos/src/judge.cc", "#include \"pool/os/process.h\""},
                    Include{"chaos/src/judge.cc", "#include \"revenant/chaos/run.h\""},
                    Include{"chaos/src/judge.cc", "#include <revenant/pool.h>"},
                    Include{"bench/src/floor.cc", "#include \"pool/src/ring.h\""},
                    Include{"pool/src/ring.cc", "// #include \"chaos/src/plan.h\" is forbidden"},
                    Include{"ci/revenant.cc", "#include \"reports/src/run_report.h\""}));

TEST(Structure, FindsALongFile) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "x\n";
  EXPECT_TRUE(long_files({{"pool/src/a.cc", text}}).empty());
  EXPECT_EQ(long_files({{"pool/src/a.cc", text + "x\n"}}).size(), 1u);
}

TEST(Structure, FindsAnEmptyName) {
  for (const char* path : {"pool/util/ring.h", "pool/src/util.cc", "chaos/src/string_util.h",
                           "bench/src/helpers.h", "ci/common/x.sh", "reports/misc.md"}) {
    EXPECT_EQ(empty_names({{path, ""}}).size(), 1u) << path;
  }
  EXPECT_TRUE(empty_names({{"chaos/src/protocol_common_result.cc", ""}}).empty());
}

TEST(Structure, FindsASourceThatIsNotBuilt) {
  const Tree planted = {{"pool/CMakeLists.txt", "add_library(pool ring.cc)"},
                        {"pool/ring.cc", ""},
                        {"pool/forgotten_test.cc", ""}};
  ASSERT_EQ(unbuilt_sources(planted).size(), 1u);
  EXPECT_TRUE(unbuilt_sources(planted).front().starts_with("pool/forgotten_test.cc: "));
}

TEST(Structure, FindsAStrangerAtTheTop) {
  EXPECT_EQ(strangers_at_the_top({"pool", "README.md", ".ci", "src"}).size(), 1u);
}

}  // namespace
}  // namespace revenant::ci
