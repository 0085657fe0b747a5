// What goes between a program and its relay, without either.
#include "pool/target/program/program_message.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "pool/target/program/bundle.h"
#include "pool/target/program/bundle_size.h"
#include "pool/target/program/journal.h"
#include "pool/target/task_line.h"

namespace revenant::target {
namespace {

ProgramMessage parsed(std::string line) {
  ProgramMessageParser parser;
  const std::size_t length = line.size();
  line.append(kLinePadding, '}');
  return parser.parse({line.data(), length});
}

TEST(ProgramMessage, IsAReplyToTheTaskThatItNames) {
  const auto reply = parsed(R"({"id":17,"value":{"a":[1,"}"]},"more":1})");
  EXPECT_EQ(reply.kind, ProgramMessage::Kind::reply);
  EXPECT_EQ(reply.id, 17u);
  EXPECT_EQ(reply.reply, ReplyKind::value);
  EXPECT_EQ(reply.text, R"({"a":[1,"}"]})");
}

TEST(ProgramMessage, MaySayThatTheTaskHasFailed) {
  const auto reply = parsed(R"({"error":"no \"such\" file","id":3})");
  EXPECT_EQ(reply.id, 3u);
  EXPECT_EQ(reply.reply, ReplyKind::error);
  EXPECT_EQ(reply.text, R"(no "such" file)");
}

TEST(ProgramMessage, WithoutValueAndErrorIsItselfTheValue) {
  for (const char* line : {R"("done")", "[1,2]", "12.5", "null", R"({"result":1})"}) {
    const auto reply = parsed(line);
    EXPECT_EQ(reply.reply, ReplyKind::value) << line;
    EXPECT_EQ(reply.id, std::nullopt) << line;
    EXPECT_EQ(reply.text, line);
  }
}

TEST(ProgramMessage, ThatIsNotJsonIsAnError) {
  for (const char* line : {"", "hello", R"({"id":1,"value":)", "\xff"}) {
    EXPECT_EQ(parsed(line).reply, ReplyKind::error) << line;
  }
}

TEST(ProgramMessage, OfNodeItselfIsNoReply) {
  EXPECT_EQ(parsed(R"({"cmd":"NODE_HANDLE_ACK"})").kind, ProgramMessage::Kind::internal);
  EXPECT_EQ(parsed(R"({"cmd":"start"})").kind, ProgramMessage::Kind::reply);
  EXPECT_EQ(parsed(R"({"type":"ready"})").kind, ProgramMessage::Kind::ready);
}

TEST(Bundle, ArrivesAsItWasWritten) {
  std::string payload;
  const std::vector<std::uint64_t> ids = {7, 1ULL << 52};
  const std::vector<std::string_view> messages = {"{\"id\":7}\n", "{\"id\":4503599627370496}\n"};
  write_bundle(payload, 3, ids, messages);
  Bundle bundle;
  read_bundle(payload, bundle);
  EXPECT_EQ(bundle.journal, 3u);
  EXPECT_EQ(bundle.ids, ids);
  EXPECT_EQ(bundle.messages, "{\"id\":7}\n{\"id\":4503599627370496}\n");
}

std::vector<std::string> texts(const Journal& journal) {
  std::vector<std::string> found;
  for_each_reply(journal.replies(), [&](const Reply& reply) {
    found.push_back(std::to_string(reply.index) + ':' + std::string(reply.text));
  });
  return found;
}

TEST(Journal, KeepsRepliesInTheirOrderUntilItIsCleared) {
  const Journals journals(2);
  Journal journal = journals.at(1);
  EXPECT_TRUE(journal.append({2, ReplyKind::value, "two"}));
  EXPECT_TRUE(journal.append({0, ReplyKind::error, ""}));
  EXPECT_EQ(texts(journal), (std::vector<std::string>{"2:two", "0:"}));
  EXPECT_TRUE(texts(journals.at(0)).empty());
  journal.clear();
  EXPECT_TRUE(texts(journal).empty());
}

TEST(Journal, ShowsNothingOfAReplyWhoseWriterDiedBeforeItPublished) {
  const Journals journals(1);
  Journal journal = journals.at(0);
  EXPECT_TRUE(journal.append({0, ReplyKind::value, "whole"}));
  const auto published = journal.header().written.load();
  EXPECT_TRUE(journal.append({1, ReplyKind::value, "unpublished"}));
  journal.header().written.store(published);
  EXPECT_EQ(texts(journal), (std::vector<std::string>{"0:whole"}));
}

TEST(Journal, HasRoomForEveryTasksAnswerIfNotForItsText) {
  const Journals journals(1);
  Journal journal = journals.at(0);
  const std::string large(10'000, 'x');
  std::size_t whole = 0;
  for (std::uint32_t i = 0; i < kBundleTasksMax; ++i) {
    if (journal.append({i, ReplyKind::value, large})) {
      ++whole;
    } else {
      EXPECT_TRUE(journal.append({i, ReplyKind::elsewhere, {}})) << i;
    }
  }
  EXPECT_EQ(whole, 6u);
  EXPECT_EQ(texts(journal).size(), kBundleTasksMax);
}

TEST(Journal, BelievesNoLengthThatIsLongerThanWhatIsThere) {
  std::string bytes;
  append_reply(bytes, {1, ReplyKind::value, "12345678"});
  int seen = 0;
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    for_each_reply(std::string_view(bytes).substr(0, cut), [&](const Reply&) { ++seen; });
  }
  EXPECT_EQ(seen, 0);
}

TEST(BundleSize, IsOneUntilATimeWasMeasured) { EXPECT_EQ(BundleSize().next(1000, 1), 1u); }

TEST(BundleSize, KeepsABundleWithinAMillisecond) {
  BundleSize size;
  size.measured(1, std::chrono::microseconds(100));
  EXPECT_EQ(size.next(1000, 1), 10u);
  BundleSize quick;
  quick.measured(10, std::chrono::microseconds(10));
  EXPECT_EQ(quick.next(1000, 1), kBundleTasksMax);
}

TEST(BundleSize, IsOneForTasksThatTakeLong) {
  BundleSize size;
  size.measured(1, std::chrono::seconds(1));
  EXPECT_EQ(size.next(1000, 1), 1u);
}

TEST(BundleSize, SpreadsFewTasksOverTheWorkers) {
  BundleSize size;
  size.measured(10, std::chrono::microseconds(10));
  EXPECT_EQ(size.next(8, 4), 2u);
  EXPECT_EQ(size.next(2, 4), 1u);
}

}  // namespace
}  // namespace revenant::target
