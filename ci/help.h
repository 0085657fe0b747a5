// The verbs, and the words that `revenant` says about itself.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace revenant::ci {

struct Verb {
  std::string_view name;
  std::string_view does;
  std::string_view example;
  int (*run)(int argc, char** argv);  // argv[0]: "revenant VERB"; returns the exit code
};

[[nodiscard]] std::string help_text(std::span<const Verb> verbs);
[[nodiscard]] std::string version_text();

// What to say to someone who asked for a verb that there is not; names the nearest one if one is
// near.
[[nodiscard]] std::string unknown_verb_text(std::string_view asked, std::span<const Verb> verbs);

}  // namespace revenant::ci
