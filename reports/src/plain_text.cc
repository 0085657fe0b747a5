#include "reports/src/plain_text.h"

#include <cstdint>

namespace revenant::reports {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";     // U+2026

struct Decoded {
  std::uint32_t code_point = 0;
  std::size_t bytes = 0;  // 0: no character begins here
};

// The character that begins `text`, by the table of well-formed sequences of the Unicode standard:
// overlong forms, surrogates and values past U+10FFFF are not characters.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  std::uint32_t code_point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code_point = code_point << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < kSmallest[length] || code_point > 0x10FFFF || surrogate) return {};
  return {code_point, length};
}

bool may_be_shown(std::uint32_t c) {
  const bool control = c >= 0x80 && c < 0xA0;
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  const bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return !control && !separator && !reorders && !noncharacter;
}

// U+2400 and on are pictures of U+0000 to U+001F; U+2421 is that of U+007F.
std::string picture_of(std::uint32_t control) {
  const std::uint32_t picture = control == 0x7F ? 0x2421 : 0x2400 + control;
  return {static_cast<char>(0xE0 | picture >> 12), static_cast<char>(0x80 | (picture >> 6 & 0x3F)),
          static_cast<char>(0x80 | (picture & 0x3F))};
}

}  // namespace

std::string plain_text(std::string_view text, std::size_t bytes_max, LineBreaks breaks) {
  std::string shown;
  while (!text.empty()) {
    const Decoded decoded = decode(text);
    const std::size_t taken = decoded.bytes == 0 ? 1 : decoded.bytes;
    const std::uint32_t c = decoded.code_point;
    const bool break_kept = breaks == LineBreaks::kept && (c == '\n' || c == '\t');
    std::string next(text.substr(0, taken));
    if (decoded.bytes == 0 || !may_be_shown(c)) {
      next = kReplacement;
    } else if ((c < 0x20 || c == 0x7F) && !break_kept) {
      next = picture_of(c);
    }
    if (shown.size() + next.size() > bytes_max) return shown.append(kEllipsis);
    shown += next;
    text.remove_prefix(taken);
  }
  return shown;
}

std::string with_its_middle_cut(const std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  const auto is_within_character = [&](std::size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
  };
  std::size_t head = bytes_max / 2;
  while (is_within_character(head)) --head;
  std::size_t tail = text.size() - bytes_max / 2;
  while (is_within_character(tail)) ++tail;
  return text.substr(0, head) + "\u2026" + text.substr(tail);
}

}  // namespace revenant::reports
