#include "chaos/src/payload.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace revenant::chaos {
namespace {

constexpr std::size_t kAwkwardBytesMax = 256;
constexpr std::uint64_t kAwkwardOneIn = 16;
constexpr std::array<std::string_view, 12> kAwkward = {
    "\"", "\\", "\n", "\t", "\x01", "\x1f", "/", "\x7f", "\u00e9", "\u2028", "\u6f22", "\U0001f47b",
};

void append_awkward(Random& random, std::size_t bytes, std::string& text) {
  const std::size_t end = text.size() + bytes;
  while (text.size() < end) {
    const std::uint64_t draw = random.next();
    const std::string_view piece = kAwkward[draw % kAwkward.size()];
    if ((draw >> 32) % 4 == 0 && text.size() + piece.size() <= end) {
      text += piece;
    } else {
      text += static_cast<char>('a' + (draw >> 40) % 26);
    }
  }
}

// Sixteen letters: each byte of a word becomes 'a' plus four of its bits.
std::uint64_t letters(std::uint64_t word) noexcept {
  return (word & 0x0f0f0f0f0f0f0f0f) + 0x6161616161616161;
}

}  // namespace

void draw_payload(Random& random, std::size_t bytes, std::string& text) {
  text.clear();
  if (random.below(kAwkwardOneIn) == 0) {
    append_awkward(random, std::min(bytes, kAwkwardBytesMax), text);
  }
  std::size_t at = text.size();
  text.resize(bytes);
  for (; bytes - at >= 8; at += 8) {
    const std::uint64_t word = letters(random.next());
    std::memcpy(text.data() + at, &word, sizeof word);
  }
  const std::uint64_t word = letters(random.next());
  std::memcpy(text.data() + at, &word, bytes - at);
}

}  // namespace revenant::chaos
