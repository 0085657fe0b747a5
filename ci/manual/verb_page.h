// The help of every verb.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ci/help.h"
#include "ci/manual/help_page.h"

namespace revenant::ci {

// What a verb does instead when it is given an option that has a help of its own.
struct VerbMode {
  std::string option;  // "--goals"
  HelpPage page;
};

struct VerbPage {
  std::string name;
  std::string does;
  HelpPage page;
  // Of the modes that the page points to, as in "see revenant bench --goals --help".
  std::vector<VerbMode> modes;
  // Those of another verb that it hands on, as in "--pool-NAME VALUE is handed on to it".
  std::vector<HelpOption> handed_on;

  // Of the page, its text, the modes and the other verb, each once; without what is positional.
  [[nodiscard]] std::vector<HelpOption> options() const;
  [[nodiscard]] std::vector<HelpOption> positionals() const;
};

// Runs each verb with --help, in a child whose standard output is read. std::system_error where
// there is none to be had.
[[nodiscard]] VerbPage read_verb_page(const Verb& verb);
[[nodiscard]] std::vector<VerbPage> read_verb_pages(std::span<const Verb> verbs);

}  // namespace revenant::ci
