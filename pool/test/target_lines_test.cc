// The lines of the protocol, read and written, without a pool.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <variant>

#include "pool/target/announcement.h"
#include "pool/target/answers.h"
#include "pool/target/line_reader.h"
#include "pool/target/line_writer.h"
#include "pool/target/operations.h"
#include "pool/target/task_line.h"
#include "pool/target/utf8.h"

namespace revenant::target {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

std::variant<TaskLine, RejectedLine> parse(std::string& line) {
  static TaskLineParser parser(operation_names());
  const std::size_t length = line.size();
  line.append(kLinePadding, '}');  // whatever stands behind the line must not matter
  return parser.parse({line.data(), length});
}

RejectedLine rejected(std::string line) {
  const auto parsed = parse(line);
  if (std::holds_alternative<TaskLine>(parsed)) return {.id = {}, .why = "accepted"};
  return std::get<RejectedLine>(parsed);
}

TEST(TaskLine, IsReadInAnyOrderOfItsFieldsAndWithUnknownOnes) {
  std::string line =
      R"( { "new" : [{"a":[1,2,{}]}], "arg" : "x\"y" , "op":"\u0065cho","id":9007199254740991,"type":"task"}  )";
  const auto parsed = parse(line);
  ASSERT_TRUE(std::holds_alternative<TaskLine>(parsed)) << std::get<RejectedLine>(parsed).why;
  const auto& task = std::get<TaskLine>(parsed);
  EXPECT_EQ(task.id, 9007199254740991u);
  EXPECT_EQ(task.op, "echo");
  EXPECT_EQ(task.arg, R"("x\"y")");
}

TEST(TaskLine, HandsEveryKindOfArgumentOnAsItStands) {
  for (const char* arg :
       {"12.5e3", "null", "true", R"({"path":"/x","key":[1,{"a":2}]})", "[1,[2]]", R"("")"}) {
    std::string line = R"({"type":"task","id":1,"op":"record","arg":)" + std::string(arg) + "}";
    const auto parsed = parse(line);
    ASSERT_TRUE(std::holds_alternative<TaskLine>(parsed)) << arg;
    EXPECT_EQ(std::get<TaskLine>(parsed).arg, arg);
  }
}

TEST(TaskLine, WithoutAnArgumentIsATask) {
  std::string line = R"({"type":"task","id":1,"op":"hang"})";
  EXPECT_EQ(std::get<TaskLine>(parse(line)).arg, "");
}

TEST(TaskLine, ThatIsNotJsonIsRejectedWithItsIdWhereThatWasRead) {
  EXPECT_EQ(rejected("hello").id, std::nullopt);
  EXPECT_EQ(rejected("").id, std::nullopt);
  EXPECT_EQ(rejected("17").id, std::nullopt);
  EXPECT_EQ(rejected("[]").id, std::nullopt);
  EXPECT_EQ(rejected("{").id, std::nullopt);
  EXPECT_EQ(rejected("{} {}").id, std::nullopt);
  EXPECT_EQ(rejected(R"({"type":"task","id":5,"op":"echo","arg":"x"} {})").id, 5u);
  EXPECT_EQ(rejected(R"({"type":"task","id":5,"op":"echo","arg":"x")").id, std::nullopt);
  EXPECT_EQ(rejected(R"({"type":"task","id":5,"op" "echo"})").id, 5u);
  EXPECT_EQ(rejected("{\"type\":\"task\",\"id\":5,\"op\":\"echo\",\"arg\":\"\xff\"}").id,
            std::nullopt);
  EXPECT_NE(rejected("hello").why, "accepted");
  EXPECT_NE(rejected("{\"type\":\"task\",\"id\":5,\"op\":\"echo\",\"arg\":\"\xff\"}").why,
            "accepted");
}

TEST(TaskLine, ThatNestsAHundredThousandDeepIsAnswered) {
  const std::string deep = R"({"type":"task","id":5,"op":"echo","arg":)" +
                           std::string(100'000, '[') + std::string(100'000, ']') + "}";
  std::string line = deep;
  const auto parsed = parse(line);
  if (const auto* task = std::get_if<TaskLine>(&parsed)) {
    EXPECT_EQ(task->arg.size(), 200'000u);  // the worker refuses it: no string
  } else {
    EXPECT_EQ(std::get<RejectedLine>(parsed).id, 5u);
  }
}

TEST(TaskLine, WithoutAUsableIdIsRejectedWithoutOne) {
  for (const char* id :
       {"-1", "1.5", "9007199254740992", "\"7\"", "null", "1e3", "18446744073709551616"}) {
    const auto line =
        rejected(R"({"type":"task","op":"echo","arg":"","id":)" + std::string(id) + "}");
    EXPECT_EQ(line.id, std::nullopt) << id;
    EXPECT_NE(line.why.find("\"id\""), std::string::npos) << id << ": " << line.why;
  }
}

TEST(TaskLine, WithAnUnknownOperationNamesThoseThatThereAre) {
  const auto line = rejected(R"({"type":"task","id":3,"op":"sort","arg":""})");
  EXPECT_EQ(line.id, 3u);
  EXPECT_EQ(line.why,
            "unknown op sort; this target has echo, crc32, sleep, spin, record, die, hang");
  EXPECT_EQ(rejected(R"({"type":"task","id":3,"op":7})").id, 3u);
}

TEST(TaskLine, OfAnotherTypeIsNotAnsweredEvenIfItHasAnId) {
  EXPECT_EQ(rejected(R"({"type":"cancel","id":3})").id, std::nullopt);
  EXPECT_EQ(rejected(R"({"id":3,"op":"echo","arg":""})").id, 3u);
}

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe(fds.data()), 0); }
  ~Pipe() {
    ::close(fds[0]);
    if (fds[1] >= 0) ::close(fds[1]);
  }
  void write(std::string_view text) {
    ASSERT_EQ(::write(fds[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void end() {
    ::close(fds[1]);
    fds[1] = -1;
  }
  std::array<int, 2> fds{};
};

TEST(LineReader, GivesALineOnlyWhenItIsWhole) {
  Pipe pipe;
  LineReader reader(pipe.fds[0]);
  pipe.write("first\nsec");
  ASSERT_EQ(reader.fill(), LineReader::Fill::some);
  ASSERT_TRUE(reader.front());
  EXPECT_EQ(reader.front()->text, "first");
  EXPECT_EQ(reader.front()->number, 1u);
  reader.pop();
  EXPECT_FALSE(reader.front());
  pipe.write("ond\n\n");
  ASSERT_EQ(reader.fill(), LineReader::Fill::some);
  EXPECT_EQ(reader.front()->text, "second");
  EXPECT_EQ(reader.front()->number, 2u);
  reader.pop();
  EXPECT_EQ(reader.front()->text, "");
  reader.pop();
  EXPECT_FALSE(reader.front());
}

TEST(LineReader, TakesTheRestOfTheInputAsALine) {
  Pipe pipe;
  LineReader reader(pipe.fds[0]);
  pipe.write("last");
  ASSERT_EQ(reader.fill(), LineReader::Fill::some);
  EXPECT_FALSE(reader.front());
  pipe.end();
  ASSERT_EQ(reader.fill(), LineReader::Fill::end);
  reader.finish();
  ASSERT_TRUE(reader.front());
  EXPECT_EQ(reader.front()->text, "last");
  reader.pop();
  EXPECT_FALSE(reader.front());
}

TEST(LineReader, PassesOverALineBeyondTheLimitAndReadsOn) {
  Pipe pipe;
  LineReader reader(pipe.fds[0]);
  std::thread writer([&pipe] {
    const std::string block(1 << 20, 'x');
    for (std::size_t sent = 0; sent <= kLineBytesMax + block.size(); sent += block.size()) {
      pipe.write(block);
    }
    pipe.write("\nshort\n");
    pipe.end();
  });
  std::optional<LineReader::Line> line;
  while (!(line = reader.front())) ASSERT_EQ(reader.fill(), LineReader::Fill::some);
  EXPECT_TRUE(line->too_long);
  EXPECT_EQ(line->text, "");
  reader.pop();
  while (!(line = reader.front())) ASSERT_EQ(reader.fill(), LineReader::Fill::some);
  EXPECT_FALSE(line->too_long);
  EXPECT_EQ(line->text, "short");
  EXPECT_EQ(line->number, 2u);
  writer.join();
}

TEST(LineWriter, KeepsWhatTheReaderDoesNotTakeAndWritesItLater) {
  Pipe pipe;
  LineWriter writer(pipe.fds[1]);
  std::string expected;
  for (int i = 0; i < 100'000; ++i) expected += std::to_string(i) + '\n';
  writer.buffer() = expected;
  std::string got;
  std::array<char, 5000> bytes{};
  LineWriter::Flush flushed = writer.flush();
  EXPECT_EQ(flushed, LineWriter::Flush::would_block);
  while (got.size() < expected.size()) {
    const ssize_t count = ::read(pipe.fds[0], bytes.data(), bytes.size());
    ASSERT_GT(count, 0);
    got.append(bytes.data(), static_cast<std::size_t>(count));
    flushed = writer.flush();
  }
  EXPECT_EQ(flushed, LineWriter::Flush::done);
  EXPECT_EQ(got, expected);
}

TEST(LineWriter, SaysThatItsReaderHasGone) {
  ::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  LineWriter writer(pipe.fds[1]);
  ::close(pipe.fds[0]);
  pipe.fds[0] = ::open("/dev/null", O_RDONLY);
  writer.buffer() = "x\n";
  EXPECT_EQ(writer.flush(), LineWriter::Flush::reader_gone);
}

TEST(LineWriter, GivesTheDescriptorBackAsItWas) {
  Pipe pipe;
  const int before = ::fcntl(pipe.fds[1], F_GETFL);
  {
    LineWriter writer(pipe.fds[1]);
    EXPECT_NE(::fcntl(pipe.fds[1], F_GETFL) & O_NONBLOCK, 0);
  }
  EXPECT_EQ(::fcntl(pipe.fds[1], F_GETFL), before);
}

TEST(Answers, AreLinesOfJsonWhateverTheReasonHolds) {
  std::string output;
  append_failed(output, 7, "quote \" backslash \\ newline \n bad \xff byte");
  const auto answer = nlohmann::json::parse(output);
  EXPECT_EQ(answer.at("type"), "failed");
  EXPECT_EQ(answer.at("id"), 7);
  EXPECT_EQ(answer.at("reason"), "quote \" backslash \\ newline \n bad \xEF\xBF\xBD byte");
  EXPECT_EQ(output.find('\n'), output.size() - 1);
}

TEST(Answers, ToACompletedTaskCarryValueWorkerAndAttempts) {
  std::string output;
  append_outcome(
      output,
      {.tag = 5, .kind = OutcomeKind::completed, .attempts = 2, .worker = 99, .value = R"("v")"});
  EXPECT_EQ(output,
            "{\"type\":\"result\",\"id\":5,\"value\":\"v\",\"worker\":99,\"attempts\":2}\n");
}

TEST(Answers, ToATaskThatWasGivenUpSayWhy) {
  std::string output;
  append_outcome(output, {.tag = 5,
                          .kind = OutcomeKind::gave_up,
                          .reason = Reason::worker_died,
                          .attempts = 3,
                          .worker = -1,
                          .value = ""});
  const auto answer = nlohmann::json::parse(output);
  EXPECT_EQ(answer.at("type"), "failed");
  EXPECT_EQ(answer.at("reason"), "gave up: its worker died");
  EXPECT_EQ(answer.at("attempts"), 3);
  EXPECT_FALSE(answer.contains("worker"));
}

TEST(Utf8, KeepsWellFormedTextAndReplacesTheRestByteByByte) {
  const std::string good = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\x9F\xBF\xF4\x8F\xBF\xBF";
  EXPECT_EQ(valid_utf8(good), good);
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(valid_utf8("\xC0\x80"), mark + mark);             // overlong
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), mark + mark + mark);  // a surrogate
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), mark + mark + mark + mark);
  EXPECT_EQ(valid_utf8("x\xE2\x82"), "x" + mark + mark);  // cut off
}

Event event(EventKind kind, int slot, pid_t pid) {
  Event event;
  event.kind = kind;
  event.slot = slot;
  event.pid = pid;
  return event;
}

TEST(Announcement, IsTellableWhenAllWorkersAreReady) {
  const os::TimePoint start{seconds(100)};
  Announcement announcement(2, start);
  EXPECT_FALSE(announcement.due());
  announcement.observe(event(EventKind::ready, 1, 11));
  EXPECT_EQ(announcement.due(), start + Announcement::kPatience);
  announcement.observe(event(EventKind::ready, 0, 10));
  EXPECT_EQ(announcement.due(), start);
  EXPECT_EQ(announcement.workers(), (std::vector<pid_t>{10, 11}));
}

TEST(Announcement, IsToldAgainAfterADeathAndAReplacementButNotMoreOftenThanTheInterval) {
  const os::TimePoint start{seconds(100)};
  Announcement announcement(1, start);
  announcement.observe(event(EventKind::ready, 0, 10));
  announcement.announced(start);
  EXPECT_FALSE(announcement.due());
  announcement.observe(event(EventKind::died_early, 0, 10));
  EXPECT_EQ(announcement.due(), start + Announcement::kInterval);
  EXPECT_TRUE(announcement.workers().empty());
  announcement.observe(event(EventKind::ready, 0, 20));
  announcement.announced(start + seconds(1));
  EXPECT_FALSE(announcement.due());
}

TEST(Announcement, IsNotChangedByTheFinalNoticeOfAWorkerThatWasReplaced) {
  const os::TimePoint start{seconds(100)};
  Announcement announcement(1, start);
  announcement.observe(event(EventKind::ready, 0, 20));
  announcement.announced(start);
  announcement.observe(event(EventKind::died_final, 0, 10));
  EXPECT_FALSE(announcement.due());
  EXPECT_EQ(announcement.workers(), (std::vector<pid_t>{20}));
}

}  // namespace
}  // namespace revenant::target
