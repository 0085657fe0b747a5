#include "chaos/src/scenario/vocabulary.h"

#include <algorithm>
#include <string_view>

namespace revenant::chaos {

std::string key_of_option(std::string_view option) {
  std::string name(option.substr(std::min(option.find_first_not_of('-'), option.size())));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

const Key* key_named(const Vocabulary& vocabulary, std::string_view name) noexcept {
  const auto found = std::find_if(vocabulary.keys.begin(), vocabulary.keys.end(),
                                  [&](const Key& key) { return key.name == name; });
  return found == vocabulary.keys.end() ? nullptr : &*found;
}

std::vector<std::string> names_of_keys(const Vocabulary& vocabulary) {
  std::vector<std::string> names = {"name", "thresholds", "matrix"};
  if (vocabulary.takes_command) names.emplace_back("command");
  for (const Key& key : vocabulary.keys) names.push_back(key.name);
  return names;
}

}  // namespace revenant::chaos
