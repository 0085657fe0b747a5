// One key of a run with its value, as arguments of the verb.
#pragma once

#include <string>
#include <vector>

#include "chaos/src/scenario/place.h"
#include "chaos/src/scenario/toml_document.h"
#include "chaos/src/scenario/vocabulary.h"

namespace revenant::chaos {

struct Setting {
  std::string key;
  Place place;                         // of the value
  std::vector<std::string> arguments;  // "--op-ms", "20"; of `command` the program and its own
  std::string shown;                   // the value, for the name of a run of a matrix
};

// `value` has a key. ScenarioError for an unknown one (with the nearest known one), a value of the
// wrong type, and a time in a unit that is none. Times may be numbers in the option's unit, or
// strings that name one.
[[nodiscard]] Setting make_setting(const TomlValue& value, const Vocabulary& vocabulary);

// Whether the option stands in `arguments`, up to the `--`.
[[nodiscard]] bool is_given(const std::string& option, const std::vector<std::string>& arguments);

// Where an option of `arguments` (those of the command line) takes the place of the key.
[[nodiscard]] bool is_overridden(const std::string& key, const Vocabulary& vocabulary,
                                 const std::vector<std::string>& arguments);

}  // namespace revenant::chaos
