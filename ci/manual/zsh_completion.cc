#include "ci/manual/completion.h"

namespace revenant::ci {
namespace {

// For a specification of _arguments in single quotes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// What the value may be: ":DIR:_files", ":FORMAT:(text html)".
std::string value_of(const HelpOption& option) {
  if (option.value.empty()) return "";
  std::string action = "_files";
  if (!option.choices.empty()) {
    action = "(";
    for (const auto& choice : option.choices) action.append(choice).append(" ");
    action.back() = ')';
  }
  return ":" + escaped(option.value) + ":" + action;
}

std::string specifications(const VerbPage& verb) {
  std::string text;
  for (const auto& option : verb.options()) {
    for (const auto& name : option.names) {
      text += "        '" + std::string(option.repeats ? "*" : "") + name;
      text += option.in_one_word ? "=-" : "";
      if (!option.text.empty()) text += "[" + escaped(option.text) + "]";
      text += value_of(option) + "' \\\n";
    }
  }
  std::string rest = ":argument:_files";
  for (const auto& positional : verb.positionals()) {
    if (!positional.choices.empty()) rest = value_of(positional);
  }
  return text + "        '*" + rest + "' ;;\n";
}

}  // namespace

std::string zsh_completion(const std::vector<VerbPage>& verbs) {
  std::string names;
  std::string cases;
  for (const auto& verb : verbs) {
    names += "    '" + verb.name + ":" + escaped(verb.does) + "'\n";
    cases += "    " + verb.name + ")\n      _arguments -S \\\n" + specifications(verb);
  }
  return "#compdef revenant\n"
         "# revenant's completion for zsh, made by `revenant completion zsh` from --help.\n"
         "_revenant() {\n"
         "  local -a verbs=(\n" +
         names +
         "  )\n"
         "  if ((CURRENT == 2)); then\n"
         "    _describe -t verbs verb verbs\n"
         "    compadd -- --help --version\n"
         "    return\n"
         "  fi\n"
         "  local verb=$words[2]\n"
         "  shift words\n"
         "  ((CURRENT--))\n"
         "  case $verb in\n" +
         cases +
         "  esac\n"
         "}\n"
         "# Found in $fpath it is called at once; read by `source` it has to make itself known.\n"
         "if [[ $funcstack[1] == _revenant ]]; then\n"
         "  _revenant \"$@\"\n"
         "else\n"
         "  compdef _revenant revenant\n"
         "fi\n";
}

}  // namespace revenant::ci
