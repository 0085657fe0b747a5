#include "reports/src/json_file.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "reports/src/input_error.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

using nlohmann::json;

std::string read_text(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw InputError(path.string(), "is a folder; give the JSON file in it");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw InputError(path.string(), "cannot be read: " + std::generic_category().message(errno));
  std::string text;
  char block[1 << 16];
  while (file.read(block, sizeof block) || file.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(file.gcount()));
    if (text.size() > kJsonFileBytesMax) {
      throw InputError(path.string(),
                       "is larger than " + std::to_string(kJsonFileBytesMax >> 20) +
                           " MiB, so it is hardly what a report is made from; check the name");
    }
  }
  return text;
}

std::string place_of(std::string_view text, std::size_t byte) {
  text = text.substr(0, byte > 0 ? byte - 1 : 0);
  std::size_t line = 1;
  for (const char c : text) line += c == '\n' ? 1 : 0;
  const std::size_t last_break = text.rfind('\n');
  const std::size_t column = text.size() - (last_break == text.npos ? 0 : last_break + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

json read_json_file(const std::filesystem::path& path) {
  const std::string text = read_text(path);
  const auto limit_depth = [&](int depth, json::parse_event_t, json&) {
    if (depth > kJsonDepthMax) {
      throw InputError(path.string(), "is nested deeper than " + std::to_string(kJsonDepthMax) +
                                          " levels; no file that a report is made from is");
    }
    return true;
  };
  try {
    json value = json::parse(text, limit_depth);
    if (!value.is_object()) {
      throw InputError(path.string(),
                       "line 1: expected a JSON object, found " + std::string(value.type_name()));
    }
    return value;
  } catch (const json::parse_error& error) {
    throw InputError(path.string(), place_of(text, error.byte) +
                                        ": not JSON; was the program that wrote it cut short?");
  } catch (const json::out_of_range&) {
    throw InputError(path.string(), "holds a number that does not fit a double");
  }
}

std::optional<double> number_at(const json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end() || !member->is_number()) return std::nullopt;
  const double number = member->get<double>();
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> count_at(const json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end() || !member->is_number_unsigned()) return std::nullopt;
  return member->get<std::uint64_t>();
}

std::string text_at(const json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end() || !member->is_string()) return {};
  return plain_text(member->get_ref<const std::string&>(), 4000);
}

const json& object_at(const json& object, const char* key) {
  static const json kEmpty = json::object();
  const auto member = object.find(key);
  return member == object.end() || !member->is_object() ? kEmpty : *member;
}

const json& list_at(const json& object, const char* key) {
  static const json kEmpty = json::array();
  const auto member = object.find(key);
  return member == object.end() || !member->is_array() ? kEmpty : *member;
}

std::string shown_value(const json& value) {
  if (value.is_string()) return plain_text(value.get_ref<const std::string&>(), 1000);
  const auto is_word = [](const json& element) { return element.is_string(); };
  if (value.is_array() && !value.empty() && std::all_of(value.begin(), value.end(), is_word)) {
    std::string words;
    for (const json& word : value) {
      words += (words.empty() ? "" : " ") + word.get_ref<const std::string&>();
    }
    return plain_text(words, 1000);
  }
  return plain_text(value.dump(-1, ' ', false, json::error_handler_t::replace), 1000);
}

}  // namespace revenant::reports
