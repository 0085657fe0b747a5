// What the parsers of option texts have in common: their numbers and their refusals.
//
// Pure. All throw std::invalid_argument, which names what was given and what would be right.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace revenant::chaos {

[[noreturn]] void refuse_option(std::string_view given, std::string_view instead);

// A whole number in [min, max]; `whole` is the option's text, for the message.
[[nodiscard]] std::uint64_t parse_count(std::string_view text, std::uint64_t min, std::uint64_t max,
                                        std::string_view what, std::string_view whole);

// "name:rest" as two parts; the second is empty where there is no colon.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_at(std::string_view text,
                                                                     char at);

}  // namespace revenant::chaos
