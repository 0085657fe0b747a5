// The keys that a run of a scenario can have, for one verb: each is one of its options.
//
// The one table behind the parser, its messages and the schema for editors.
#pragma once

#include <string>
#include <vector>

#include "chaos/src/scenario/figures.h"

namespace revenant::chaos {

enum class KeyKind { flag, whole, number, milliseconds, seconds, text };

struct Key {
  std::string name;    // "op_ms"
  std::string option;  // "--op-ms"; with a final '=' where the value has to follow without a space
  KeyKind kind = KeyKind::text;
  bool is_list = false;  // may be given several times
  std::string help;
  // Where options exclude each other those of one group do, and one replaces the other.
  std::string group = {};
};

struct Vocabulary {
  std::string verb;  // "chaos"
  std::vector<Key> keys;
  bool takes_pool_keys = false;  // pool_NAME, handed on to `revenant pool` as --NAME
  bool takes_command = false;    // the program under test
  FigureCatalogue figures;
};

// "op_ms" for "--op-ms".
[[nodiscard]] std::string key_of_option(std::string_view option);
// Null if there is none.
[[nodiscard]] const Key* key_named(const Vocabulary& vocabulary, std::string_view name) noexcept;
// All names, also those of every scenario: name, thresholds, matrix.
[[nodiscard]] std::vector<std::string> names_of_keys(const Vocabulary& vocabulary);

}  // namespace revenant::chaos
