#include "chaos/src/option_number.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace revenant::chaos {

void refuse_option(std::string_view given, std::string_view instead) {
  throw std::invalid_argument(fmt::format("'{}': {}", given, instead));
}

std::uint64_t parse_count(std::string_view text, std::uint64_t min, std::uint64_t max,
                          std::string_view what, std::string_view whole) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end || value < min || value > max) {
    refuse_option(whole, fmt::format("{} has to be a whole number from {} to {}", what, min, max));
  }
  return value;
}

std::pair<std::string_view, std::string_view> split_at(std::string_view text, char at) {
  const auto position = text.find(at);
  if (position == std::string_view::npos) return {text, {}};
  return {text.substr(0, position), text.substr(position + 1)};
}

}  // namespace revenant::chaos
