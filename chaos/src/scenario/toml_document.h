// A TOML file as plain data in which everything knows its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chaos/src/scenario/place.h"

namespace revenant::chaos {

// Of TOML's types those that a scenario can use.
struct TomlValue {
  using Children = std::vector<TomlValue>;

  std::string key = {};  // of a value in a table
  Place key_place = {};
  Place place = {};
  std::variant<bool, std::int64_t, double, std::string, Children> data = false;
  bool is_table = false;  // of children: they have keys, in the order of the file
  // Of a string: it stands in the file as it is, from the character behind `place` on. False where
  // it has escapes, or is of several lines.
  bool is_verbatim = false;

  // Null if it is none.
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data); }
  [[nodiscard]] const Children* list() const { return is_table ? nullptr : children(); }
  [[nodiscard]] const Children* table() const { return is_table ? children() : nullptr; }
  [[nodiscard]] const Children* children() const { return std::get_if<Children>(&data); }
};

// `file` is for the places. ScenarioError for what is no TOML, has a type that no scenario uses
// (dates), or is nested more deeply than anything in a scenario. The value is the top table.
[[nodiscard]] TomlValue parse_toml(std::string_view text, const std::string& file);

}  // namespace revenant::chaos
