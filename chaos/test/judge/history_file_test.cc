#include "chaos/src/history_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

namespace revenant::chaos {
namespace {

namespace fs = std::filesystem;

class HistoryFile : public testing::Test {
 protected:
  HistoryFile()
      : path_(fs::temp_directory_path() / ("revenant-history-" + std::to_string(::getpid()))) {}
  ~HistoryFile() override { fs::remove(path_); }

  void write_text(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    out << std::ifstream(path_, std::ios::binary).rdbuf();
    return out.str();
  }
  const std::string path_;
};

constexpr std::uint64_t kBig = std::numeric_limits<std::uint64_t>::max();

History one_of_each() {
  const Digest number{.is_number = true, .number = kBig};
  const Digest other{.bytes = 64, .hash = 0x0123456789abcdef};
  return {
      {0, RunStarted{1, "completes", kBig, 1, 2, 3, 4, 5, "at-most-once"}},
      {1, TargetStarted{7, "./pool --name \"a b\"\n"}},
      {2, TargetReady{{8, 9}, "a pool"}},
      {2, TargetReady{}},
      {3, PhaseBegan{Phase::calm}},
      {4, TaskSubmitted{1, "crc32", 3, number}},
      {5, TaskSubmitted{2, "die", 5, std::nullopt}},
      {6, TaskResult{1, number, 8, 2}},
      {7, TaskResult{2, other, std::nullopt, std::nullopt}},
      {8, TaskFailed{3, "its worker died \x1b[31m \xc3\xa9", 9, 3}},
      {9, TaskFailed{4, "", std::nullopt, std::nullopt}},
      {10, UnreadableLine{17, "not JSON", "{\"type\":\x7f"}},
      {11, WorkerSeen{8, 12345, 10}},
      {12, WorkerGone{8, 11, GoneBecause::killed_by_other, 9, 12}},
      {13, WorkerGone{9, 12, GoneBecause::closing, std::nullopt, std::nullopt}},
      {14, FaultDone{0, "kill", 1, FaultState::installed, 8, 2, 3, std::nullopt, "pidfd readable"}},
      {15, FaultDone{1, "stop", 1, FaultState::indeterminate, 8, 2, 3, 4, "no state T"}},
      {15, FaultDone{2, "kill", 1, FaultState::installed, 8, 2, 3, std::nullopt, "", "read(3 pipe)",
                     1, 17, 16, 4, ",when=at-read,call=1,side=leaving"}},
      {16, Sample{1, 2, 3, 4, 5}},
      {16, TaskExecuted{17, 8}},
      {17, TargetExited{std::nullopt, 9, true}},
      {17, TargetExited{0, std::nullopt, false}},
      {18, Leftover{9, 'Z', "pool", ""}},
      {std::numeric_limits<Nanos>::max(), RunEnded{"interrupted", true}},
  };
}

std::string lines_of(const History& history) {
  std::string lines;
  for (const HistoryEvent& event : history) format_event(event, lines);
  return lines;
}

TEST_F(HistoryFile, GivesBackEveryKindOfEventAsItWasAppended) {
  const History history = one_of_each();
  {
    HistoryWriter writer(path_);
    for (const HistoryEvent& event : history) writer.append(event);
    ASSERT_EQ(writer.error(), "");
    EXPECT_EQ(writer.events(), history.size());
  }
  const ReadHistory read = read_history(path_);
  EXPECT_EQ(read.error, "");
  EXPECT_FALSE(read.cut_short);
  // Equal events have equal lines, and the lines show every field.
  EXPECT_EQ(lines_of(read.history), lines_of(history));
  EXPECT_EQ(text(), lines_of(history));
}

TEST_F(HistoryFile, HoldsNothingInMemoryForLongerThanATick) {
  HistoryWriter writer(path_);
  writer.append({1, PhaseBegan{Phase::starting}});
  writer.tick(1'000'000);
  EXPECT_EQ(text(), "") << "one write for each event would cost a system call for each task";
  writer.tick(60'000'000);
  EXPECT_EQ(read_history(path_).history.size(), 1u);
}

TEST_F(HistoryFile, RaisesATimeThatIsEarlierThanTheLast) {
  {
    HistoryWriter writer(path_);
    writer.append({5, PhaseBegan{Phase::chaos}});
    writer.append({3, PhaseBegan{Phase::calm}});
  }
  const ReadHistory read = read_history(path_);
  EXPECT_EQ(read.error, "");
  ASSERT_EQ(read.history.size(), 2u);
  EXPECT_EQ(read.history[1].t, 5);
}

TEST_F(HistoryFile, StaysJsonWhateverBytesATargetPrinted) {
  std::string any(256, '\0');
  for (int i = 0; i < 256; ++i) any[static_cast<std::size_t>(i)] = static_cast<char>(i);
  const std::string tricky[] = {any,        "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80",
                                "\xe2\x82", "\xf0\x9f\x92"};
  {
    HistoryWriter writer(path_);
    for (const std::string& sample : tricky) writer.append({1, UnreadableLine{1, "why", sample}});
  }
  const ReadHistory read = read_history(path_);
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read.history.size(), std::size(tricky));
}

TEST_F(HistoryFile, TakesWhatIsWholeOfALineThatWasCut) {
  write_text("{\"t\":1,\"e\":\"phase\",\"phase\":\"chaos\"}\n{\"t\":2,\"e\":\"pha");
  const ReadHistory read = read_history(path_);
  EXPECT_EQ(read.error, "");
  EXPECT_TRUE(read.cut_short);
  EXPECT_EQ(read.history.size(), 1u);
}

TEST_F(HistoryFile, NamesFileAndLineOfDamage) {
  const std::string good = "{\"t\":5,\"e\":\"phase\",\"phase\":\"chaos\"}\n";
  const std::pair<std::string, std::string> damages[] = {
      {"{\"t\":5,\"e\":\"phase\",\"phase\":\"lunch\"}\n", "\"phase\" is not of its kind"},
      {"{\"t\":5,\"e\":\"phase\"}\n", "\"phase\" is missing"},
      {"{\"t\":5}\n", "\"e\" is missing"},
      {"{\"e\":\"phase\",\"phase\":\"chaos\"}\n", "\"t\" is missing"},
      {"{\"t\":4,\"e\":\"phase\",\"phase\":\"chaos\"}\n", "earlier than in the line before"},
      {"[1]\n", "not a JSON object"},
      {"\n", "not JSON"},
      {"{\"t\":5,\"e\":\"task\",\"id\":-1,\"op\":\"x\",\"due\":1}\n", "\"id\" is not of its kind"},
      {"{\"t\":5,\"e\":\"worker_seen\",\"pid\":4294967296,\"start_time_ticks\":1,\"at\":1}\n",
       "\"pid\" is not of its kind or out of range"},
      {std::string(100'000, '[') + "\n", "not JSON"},
  };
  for (const auto& [line, what] : damages) {
    write_text(good + line + good);
    const ReadHistory read = read_history(path_);
    EXPECT_EQ(read.history.size(), 1u) << line;
    EXPECT_TRUE(read.error.starts_with(path_ + ":2: ")) << read.error;
    EXPECT_NE(read.error.find(what), std::string::npos) << read.error;
  }
}

TEST_F(HistoryFile, PassesOverKindsOfALaterVersionAndSaysSo) {
  write_text(
      "{\"t\":1,\"e\":\"moon_phase\",\"x\":1}\n{\"t\":1,\"e\":\"end\",\"why\":\"\",\"y\":2}\n");
  const ReadHistory read = read_history(path_);
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read.history.size(), 1u);
  ASSERT_EQ(read.warnings.size(), 1u);
  EXPECT_NE(read.warnings[0].find(":1: events of kind \"moon_phase\""), std::string::npos);
}

TEST_F(HistoryFile, BoundsTheMemoryThatALineMayTake) {
  {
    std::ofstream out(path_, std::ios::binary);
    const std::string block(1 << 20, ' ');
    for (int i = 0; i < 40; ++i) out << block;
  }
  EXPECT_NE(read_history(path_).error.find("longer than 16 MiB"), std::string::npos);
}

TEST_F(HistoryFile, ReadsLinesAcrossTheEdgesOfItsBuffer) {
  History history;
  for (std::uint64_t i = 0; i < 40'000; ++i) {
    history.push_back({static_cast<Nanos>(i), TaskSubmitted{i, "echo", 0, Digest{.bytes = i}}});
  }
  {
    HistoryWriter writer(path_);
    for (const HistoryEvent& event : history) writer.append(event);
  }
  ASSERT_GT(fs::file_size(path_), 3u << 20) << "several buffers";
  EXPECT_EQ(lines_of(read_history(path_).history), lines_of(history));
}

TEST(HistoryWriter, KeepsTheFirstErrorAndWritesNoMore) {
  HistoryWriter writer("/dev/full");
  writer.append({1, PhaseBegan{Phase::chaos}});
  EXPECT_FALSE(writer.flush());
  EXPECT_EQ(writer.error(), "/dev/full: No space left on device");
  writer.append({2, PhaseBegan{Phase::calm}});
  EXPECT_EQ(writer.events(), 1u);
}

TEST(HistoryWriter, SaysThatAFolderDoesNotExist) {
  HistoryWriter writer("/nonexistent/history.jsonl");
  EXPECT_EQ(writer.error(),
            "/nonexistent/history.jsonl: cannot be created: No such file or directory");
}

TEST(HistoryReader, SaysThatAFileDoesNotExist) {
  EXPECT_EQ(read_history("/nonexistent/h").error,
            "/nonexistent/h: cannot be opened: No such file or directory");
}

TEST(HistoryReader, SaysThatAFolderIsNoHistory) {
  EXPECT_EQ(read_history("/tmp").error, "/tmp: Is a directory");
}

}  // namespace
}  // namespace revenant::chaos
