#include "reports/src/escape.h"

#include <string_view>

namespace revenant::reports {

std::string escaped_for_markdown(const std::string& text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>|#~!&";
  std::string escaped;
  for (const char c : text) {
    if (kMarkup.find(c) != kMarkup.npos) escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string as_it_is(const std::string& text) { return text; }

}  // namespace revenant::reports
