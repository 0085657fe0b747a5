#include "chaos/src/json_string.h"

#include <cstddef>

#include "chaos/src/utf8.h"

namespace revenant::chaos {
namespace {

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  out += "\\u00";
  out += "0123456789abcdef"[(static_cast<unsigned char>(c) >> 4) & 15];
  out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    out.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t sequence = utf8_sequence(text);
    if (sequence > 1) {
      out.append(text.data(), sequence);
    } else if (sequence == 1) {
      append_escaped(out, text.front());
    } else {
      out += "\xef\xbf\xbd";  // U+FFFD
    }
    text.remove_prefix(sequence > 0 ? sequence : 1);
  }
  out += '"';
}

}  // namespace revenant::chaos
