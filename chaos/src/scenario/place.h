// Where in a scenario file something stands, and an error that says so.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace revenant::chaos {

// Line and column count from 1. A place without a file is nowhere: what stood on the command line.
struct Place {
  std::string file = {};
  std::size_t line = 0;
  std::size_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

// "soak.toml:3:14".
[[nodiscard]] std::string to_string(const Place& place);

// what() begins with the place: editors jump to it.
struct ScenarioError : std::runtime_error {
  ScenarioError(const Place& place, const std::string& what);
};

}  // namespace revenant::chaos
