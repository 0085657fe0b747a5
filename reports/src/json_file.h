// A JSON file that somebody else wrote, read with limits.
//
// nlohmann's parser does not recurse, but what is done with its result does (copy, compare, dump),
// so depth is limited while parsing, and size before it. Any thread; no state.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace revenant::reports {

inline constexpr int kJsonDepthMax = 32;
inline constexpr std::uintmax_t kJsonFileBytesMax = 256u << 20;

// Throws InputError, with line and column where the text is not JSON, if the file cannot be read,
// is larger than kJsonFileBytesMax, is nested deeper than kJsonDepthMax, or is not an object.
nlohmann::json read_json_file(const std::filesystem::path& path);

// The member `key` of `object`, where it is of that type; else nothing. An absent figure is shown
// as absent: a report never makes one up. Text is made plain (plain_text.h).
std::optional<double> number_at(const nlohmann::json& object, const char* key);
std::optional<std::uint64_t> count_at(const nlohmann::json& object, const char* key);
std::string text_at(const nlohmann::json& object, const char* key);
// The member if it is an object, else an empty object.
const nlohmann::json& object_at(const nlohmann::json& object, const char* key);
// The same for a list.
const nlohmann::json& list_at(const nlohmann::json& object, const char* key);
// Any value as one line of plain text: strings and lists of strings bare, everything else as JSON.
std::string shown_value(const nlohmann::json& value);

}  // namespace revenant::reports
