#include "ci/help.h"

#include <algorithm>

#include "chaos/src/nearest_word.h"
#include "revenant_build.h"

namespace revenant::ci {

std::string help_text(std::span<const Verb> verbs) {
  std::string text =
      "revenant: a worker pool that survives SIGKILL, and the harness that proves it\n"
      "\n"
      "Usage: revenant VERB [OPTIONS]    (`revenant VERB --help` explains each)\n"
      "\n";
  for (const auto& verb : verbs) {
    text.append("  ").append(verb.name).append(12 - verb.name.size(), ' ');
    text.append(verb.does).append("\n").append(14, ' ').append(verb.example).append("\n");
  }
  text +=
      "\n"
      "  --help, --version\n"
      "\n"
      "Exit codes of every verb: 0 pass, 1 fail, 2 unknown (the run supports no verdict),\n"
      "3 wrong usage or configuration, 4 revenant itself failed.\n";
  return text;
}

std::string version_text() {
  std::string text = std::string("revenant ") + build::kVersion;
  if (*build::kCommit != '\0') text.append(" (").append(build::kCommit).append(")");
  text.append(", ").append(build::kCompiler);
  if (*build::kType != '\0') text.append(", ").append(build::kType);
  return text + "\n";
}

std::string unknown_verb_text(std::string_view asked, std::span<const Verb> verbs) {
  std::string text = "revenant: there is no verb \"" + std::string(asked) + "\"";
  const auto nearest = std::ranges::min_element(
      verbs, {}, [asked](const Verb& verb) { return chaos::edit_distance(asked, verb.name); });
  if (nearest != verbs.end() && chaos::edit_distance(asked, nearest->name) <= 2) {
    text.append("; did you mean \"").append(nearest->name).append("\"?");
  } else {
    text += "; the verbs are";
    for (const auto& verb : verbs) text.append(" ").append(verb.name);
  }
  return text + "\nSee `revenant --help`.\n";
}

}  // namespace revenant::ci
