#include "ci/help.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "revenant_build.h"

namespace revenant::ci {
namespace {

// Levenshtein's distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

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
      verbs, {}, [asked](const Verb& verb) { return edit_distance(asked, verb.name); });
  if (nearest != verbs.end() && edit_distance(asked, nearest->name) <= 2) {
    text.append("; did you mean \"").append(nearest->name).append("\"?");
  } else {
    text += "; the verbs are";
    for (const auto& verb : verbs) text.append(" ").append(verb.name);
  }
  return text + "\nSee `revenant --help`.\n";
}

}  // namespace revenant::ci
