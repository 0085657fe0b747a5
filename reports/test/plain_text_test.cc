#include "reports/src/plain_text.h"

#include <gtest/gtest.h>

namespace revenant::reports {
namespace {

TEST(PlainText, LeavesOrdinaryTextOfAnyScriptAsItIs) {
  EXPECT_EQ(plain_text("worker 7: \u00FCber \u4E16\u754C \U0001F600"),
            "worker 7: \u00FCber \u4E16\u754C \U0001F600");
}

TEST(PlainText, ShowsControlCharactersAsTheirPictures) {
  EXPECT_EQ(plain_text("a\nb\tc\x1B[31m\x7F"), "a\u240Ab\u2409c\u241B[31m\u2421");
  EXPECT_EQ(plain_text(std::string_view("a\0b", 3)), "a\u2400b");
}

TEST(PlainText, KeepsLineBreaksWhereAsked) {
  EXPECT_EQ(plain_text("a\nb\tc\r", 100, LineBreaks::kept), "a\nb\tc\u240D");
}

TEST(PlainText, ReplacesEachByteThatBeginsNoCharacter) {
  EXPECT_EQ(plain_text("\xFF"), "\uFFFD");
  EXPECT_EQ(plain_text("\xC0\xAF"), "\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(plain_text("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate";
  EXPECT_EQ(plain_text("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "past U+10FFFF";
  EXPECT_EQ(plain_text("ab\xE2\x82"), "ab\uFFFD\uFFFD") << "cut in the middle";
}

TEST(PlainText, ReplacesCharactersThatReorderALineAndThoseThatXmlForbids) {
  EXPECT_EQ(plain_text("a\u202Etxt.exe"), "a\uFFFDtxt.exe");
  EXPECT_EQ(plain_text("\u2066\u2028\uFFFE\u0085"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(PlainText, CutsAtTheLimitBetweenCharactersAndMarksIt) {
  EXPECT_EQ(plain_text("abcdef", 6), "abcdef");
  EXPECT_EQ(plain_text("abcdef", 4), "abcd\u2026");
  EXPECT_EQ(plain_text("ab\u4E16\u754C", 4), "ab\u2026");
}

}  // namespace
}  // namespace revenant::reports
