#include "chaos/src/protocol_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace revenant::chaos {
namespace {

void feed(ProtocolLines& lines, std::string_view bytes) {
  const std::span<char> room = lines.room();
  ASSERT_GE(room.size(), bytes.size());
  std::memcpy(room.data(), bytes.data(), bytes.size());
  lines.filled(bytes.size());
}

std::vector<std::string> take_all(ProtocolLines& lines) {
  std::vector<std::string> taken;
  while (const auto line = lines.next()) {
    taken.push_back((line->too_long ? "too long: " : "") + std::string(line->text));
  }
  return taken;
}

TEST(ProtocolLines, LinesComeOutAsTheyWentInHoweverTheyAreCut) {
  const std::string text = "one\n\ntwo and a half\nthree\n";
  const std::vector<std::string> expected = {"one", "", "two and a half", "three"};
  for (std::size_t step = 1; step <= text.size(); ++step) {
    ProtocolLines lines(100);
    std::vector<std::string> taken;
    for (std::size_t at = 0; at < text.size(); at += step) {
      feed(lines, std::string_view(text).substr(at, step));
      for (auto& line : take_all(lines)) taken.push_back(std::move(line));
    }
    EXPECT_EQ(taken, expected) << "in steps of " << step;
  }
}

TEST(ProtocolLines, ALineOfExactlyTheBoundIsTaken) {
  ProtocolLines lines(4);
  feed(lines, "abcd\nabcde\n");
  EXPECT_EQ(take_all(lines), (std::vector<std::string>{"abcd", "too long: abcde"}));
}

TEST(ProtocolLines, ALineThatIsTooLongIsToldOnceAndTheNextIsWhole) {
  ProtocolLines lines(10);
  feed(lines, "this is far too long");
  EXPECT_EQ(take_all(lines), (std::vector<std::string>{"too long: this is far too long"}));
  feed(lines, " and goes on");
  EXPECT_TRUE(take_all(lines).empty());
  feed(lines, " to here\nnext\n");
  const auto line = lines.next();
  ASSERT_TRUE(line);
  EXPECT_EQ(line->text, "next");
  EXPECT_EQ(line->number, 2U);
}

TEST(ProtocolLines, AnEndlessLineTakesNoMoreMemoryThanTheBound) {
  constexpr std::size_t kBound = std::size_t{1} << 20;
  ProtocolLines lines(kBound);
  std::size_t told = 0;
  const std::string chunk(ProtocolLines::kReadBytes, 'x');
  for (int i = 0; i < 4000; ++i) {  // a gigabyte
    feed(lines, chunk);
    while (lines.next()) ++told;
  }
  EXPECT_EQ(told, 1U);
  EXPECT_LE(lines.capacity(), 2 * (kBound + 2 * ProtocolLines::kReadBytes));
}

TEST(ProtocolLines, WhatStandsBehindTheLastNewlineIsTheRest) {
  ProtocolLines lines(100);
  feed(lines, "whole\ncut");
  EXPECT_EQ(take_all(lines), std::vector<std::string>{"whole"});
  const auto rest = lines.rest();
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->text, "cut");
  EXPECT_FALSE(lines.rest());
}

}  // namespace
}  // namespace revenant::chaos
