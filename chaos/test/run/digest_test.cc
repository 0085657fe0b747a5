#include "chaos/src/digest.h"

#include <gtest/gtest.h>

#include <string>

#include "chaos/src/crc32.h"

namespace revenant::chaos {
namespace {

// From the reference implementation's own documentation and tests.
TEST(Digest, TheHashIsXxh64) {
  EXPECT_EQ(xxh64("", 0), 0xef46db3751d8e999U);
  EXPECT_EQ(xxh64("a", 0), 0xd24ec4f1a98c6e5bU);
  EXPECT_EQ(xxh64("abc", 0), 0x44bc2cf5ad770999U);
  EXPECT_EQ(xxh64("Nobody inspects the spammish repetition", 0), 0xfbcea83c8a378bf1U);
}

TEST(Digest, EveryByteOfALongStringCounts) {
  const std::string original(100, 'x');
  for (std::size_t i = 0; i < original.size(); ++i) {
    std::string changed = original;
    changed[i] = 'y';
    EXPECT_NE(digest_of_string(changed), digest_of_string(original)) << "byte " << i;
  }
}

TEST(Digest, AStringIsNotTheJsonThatLooksLikeIt) {
  EXPECT_NE(digest_of_string("{}"), digest_of_json("{}"));
  EXPECT_NE(digest_of_string("17"), digest_of_number(17));
}

TEST(Crc32, IsThatOfZlib) {
  EXPECT_EQ(crc32(""), 0U);
  EXPECT_EQ(crc32("123456789"), 0xcbf43926U);
  EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414fa339U);
}

}  // namespace
}  // namespace revenant::chaos
