#include "chaos/src/utf8.h"

namespace revenant::chaos {

// Table 3-7 of the Unicode standard.
std::size_t utf8_sequence(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return continues(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    if (!continues(1) || !continues(2)) return 0;
    if (lead == 0xe0 && byte(1) < 0xa0) return 0;   // overlong
    if (lead == 0xed && byte(1) >= 0xa0) return 0;  // a surrogate
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (lead == 0xf0 && byte(1) < 0x90) return 0;   // overlong
    if (lead == 0xf4 && byte(1) >= 0x90) return 0;  // above U+10FFFF
    return 4;
  }
  return 0;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t sequence = utf8_sequence(text);
    if (sequence > 0) {
      valid.append(text.data(), sequence);
    } else {
      valid += "\xef\xbf\xbd";
    }
    text.remove_prefix(sequence > 0 ? sequence : 1);
  }
  return valid;
}

std::string printable(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string plain;
  plain.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto byte = static_cast<unsigned char>(valid[i]);
    const bool is_c1 = byte == 0xc2 && static_cast<unsigned char>(valid[i + 1]) < 0xa0;
    if (byte < 0x20 || byte == 0x7f || is_c1) {
      plain += '?';
      if (is_c1) ++i;
    } else {
      plain += valid[i];
    }
  }
  return plain;
}

}  // namespace revenant::chaos
