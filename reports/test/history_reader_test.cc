#include "reports/src/history_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "reports/src/input_error.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

struct Read {
  HistoryExtent extent;
  std::vector<HistoryEvent> events;
};

Read read(const std::string& text) {
  const ScratchFolder folder;
  Read result;
  result.extent = read_history(folder.write("history.jsonl", text),
                               [&](const HistoryEvent& event) { result.events.push_back(event); });
  return result;
}

std::string small_history() {
  return text_of(std::filesystem::path(REVENANT_REPORTS_TEST) / "golden" / "history.jsonl");
}

TEST(HistoryReader, ReadsEveryEventOfAWholeHistory) {
  const Read result = read(small_history());
  EXPECT_TRUE(result.extent.complete);
  EXPECT_EQ(result.extent.cut, "");
  EXPECT_EQ(result.events.size(), 27u);
  EXPECT_EQ(result.extent.last, 120'000'000);
  EXPECT_EQ(std::get<RunEnded>(result.events.back().what).why, "all tasks done");
}

TEST(HistoryReader, ReadsAHistoryThatIsCutAtAnyByteUpToTheCut) {
  const std::string whole = small_history();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const Read result = read(whole.substr(0, length));
    const auto lines = static_cast<std::size_t>(
        std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length), '\n'));
    // A line that lacks nothing but its line feed is whole.
    const std::size_t expected = lines + (whole[length] == '\n' ? 1 : 0);
    ASSERT_EQ(result.events.size(), expected) << "cut after byte " << length;
    const bool complete = length + 1 == whole.size();
    ASSERT_EQ(result.extent.complete, complete) << "cut after byte " << length;
    ASSERT_EQ(result.extent.cut.empty(), complete) << "cut after byte " << length;
  }
}

TEST(HistoryReader, StopsAtTheFirstLineThatIsNoEventAndNamesIt) {
  const std::string good = "{\"t\":1,\"e\":\"task\",\"id\":1}\n";
  const std::string end = "{\"t\":9,\"e\":\"end\",\"why\":\"\"}\n";
  for (const char* bad :
       {"nonsense", "[1]", "{\"t\":2}", "{\"e\":\"task\"}", "{\"t\":0,\"e\":\"x\"}",
        "{\"t\":9223372036854775807,\"e\":\"x\"}", "{\"t\":2,\"e\":\"\xFF\"}"}) {
    const Read result = read(good + bad + "\n" + end);
    EXPECT_EQ(result.events.size(), 1u) << bad;
    EXPECT_FALSE(result.extent.complete) << bad;
    EXPECT_NE(result.extent.cut.find("line 2"), std::string::npos) << bad;
  }
}

TEST(HistoryReader, SurvivesALineOfDepthAHundredThousand) {
  const Read result = read("{\"t\":1,\"e\":\"task\",\"x\":" + std::string(100'000, '[') +
                           std::string(100'000, ']') + "}\n");
  EXPECT_EQ(result.events.size(), 0u);
  EXPECT_NE(result.extent.cut.find("line 1"), std::string::npos);
}

TEST(HistoryReader, StopsAtALineThatIsTooLongInsteadOfHoldingIt) {
  const Read result = read("{\"t\":1,\"e\":\"task\",\"id\":1}\n{\"t\":2,\"e\":\"" +
                           std::string(kHistoryLineBytesMax + 1, 'x') + "\"}\n");
  EXPECT_EQ(result.events.size(), 1u);
  EXPECT_NE(result.extent.cut.find("longer than 4 MiB"), std::string::npos);
}

TEST(HistoryReader, PassesOverKindsAndFieldsOfALaterVersion) {
  const Read result =
      read("{\"t\":1,\"e\":\"weather\",\"sky\":[1]}\n{\"t\":2,\"e\":\"end\",\"why\":\"\"}\n");
  EXPECT_EQ(result.events.size(), 2u);
  EXPECT_TRUE(result.extent.complete);
}

TEST(HistoryReader, RefusesAFileThatIsNotThere) {
  EXPECT_THROW(read_history("/nonexistent/history.jsonl", [](const HistoryEvent&) {}), InputError);
}

}  // namespace
}  // namespace revenant::reports
