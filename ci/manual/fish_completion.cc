#include "ci/manual/completion.h"

namespace revenant::ci {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string choices_of(const HelpOption& option) {
  std::string words;
  for (const auto& choice : option.choices) words.append(words.empty() ? "" : " ").append(choice);
  return quoted(words);
}

// One line of `complete` for an option below its verb.
std::string option_line(const std::string& condition, const HelpOption& option) {
  std::string line = condition;
  for (const auto& name : option.names) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.choices.empty()) {
    line += " -x -a " + choices_of(option);
  } else if (!option.value.empty()) {
    line += " -r";
  }
  if (!option.text.empty()) line += " -d " + quoted(option.text);
  return line + "\n";
}

}  // namespace

std::string fish_completion(const std::vector<VerbPage>& verbs) {
  const std::string top = "complete -c revenant -n __fish_use_subcommand";
  std::string text =
      "# revenant's completion for fish, made by `revenant completion fish` from --help.\n" + top +
      " -f -l help -d 'What the verbs are'\n" + top + " -f -l version\n";
  for (const auto& verb : verbs) {
    text += top + " -f -a " + verb.name + " -d " + quoted(verb.does) + "\n";
  }
  for (const auto& verb : verbs) {
    const std::string below =
        "complete -c revenant -n '__fish_seen_subcommand_from " + verb.name + "'";
    for (const auto& option : verb.options()) text += option_line(below, option);
    for (const auto& positional : verb.positionals()) {
      if (!positional.choices.empty()) text += below + " -f -a " + choices_of(positional) + "\n";
    }
  }
  return text;
}

}  // namespace revenant::ci
