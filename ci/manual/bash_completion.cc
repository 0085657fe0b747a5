#include "ci/manual/completion.h"

namespace revenant::ci {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

// The `case` labels of an option of a verb: 'matrix --fault'.
std::string labels(const std::string& verb, const HelpOption& option) {
  std::string text;
  for (const auto& name : option.names) {
    text.append(text.empty() ? "'" : " | '").append(verb).append(" ").append(name).append("'");
  }
  return text;
}

// What follows an option that takes a value: one of some words, else a file.
std::string values(const std::vector<VerbPage>& verbs) {
  std::string words;
  std::string files;
  for (const auto& verb : verbs) {
    for (const auto& option : verb.options()) {
      if (option.value.empty()) continue;
      if (option.choices.empty()) {
        files += (files.empty() ? "    " : " | \\\n      ") + labels(verb.name, option);
      } else {
        words += "    " + labels(verb.name, option) + ") words='" + joined(option.choices, " ") +
                 "' ;;\n";
      }
    }
  }
  return words + files + ") return ;;\n";
}

// What may stand anywhere else.
std::string words(const std::vector<VerbPage>& verbs) {
  std::string text;
  for (const auto& verb : verbs) {
    std::vector<std::string> all;
    for (const auto& option : verb.options()) {
      all.push_back(joined(option.names, " ") + (option.in_one_word ? "=" : ""));
    }
    for (const auto& positional : verb.positionals()) {
      if (!positional.choices.empty()) all.push_back(joined(positional.choices, " "));
    }
    text += "        " + verb.name + ") words='" + joined(all, " ") + "' ;;\n";
  }
  return text;
}

}  // namespace

std::string bash_completion(const std::vector<VerbPage>& verbs) {
  std::vector<std::string> names;
  names.reserve(verbs.size());
  for (const auto& verb : verbs) names.push_back(verb.name);
  return "# revenant's completion for bash, made by `revenant completion bash` from --help.\n"
         "_revenant() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "  local verb=${COMP_WORDS[1]} words='' i\n"
         "  COMPREPLY=()\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    words='" +
         joined(names, " ") +
         " help --help --version'\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "    return\n"
         "  fi\n"
         "  # Where = separates words it is one itself.\n"
         "  if [[ $word == = ]]; then word=''; elif [[ $before == = ]]; then\n"
         "    before=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "  fi\n"
         "  # Behind `--` are another program's words: files.\n"
         "  for ((i = 2; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} != -- ]] || return; done\n"
         "  case \"$verb $before\" in\n" +
         values(verbs) +
         "    *)\n"
         "      case $verb in\n" +
         words(verbs) +
         "      esac ;;\n"
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "  if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace 2> /dev/null || :; fi\n"
         "}\n"
         "complete -o default -F _revenant revenant\n";
}

}  // namespace revenant::ci
