#include "ci/doctor/diagnosis.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace revenant::ci {
namespace {

bool is_fatal(const Capability& it) { return it.is_essential && it.ability == Ability::missing; }

std::string_view word_of(Ability ability) {
  switch (ability) {
    case Ability::ok:
      return "ok";
    case Ability::limited:
      return "limited";
    case Ability::missing:
      return "missing";
  }
  return "";
}

std::string_view colour_of(const Capability& it) {
  if (it.ability == Ability::ok) return "\x1b[32m";
  return is_fatal(it) ? "\x1b[31m" : "\x1b[33m";
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, text.size()) + 1, ' ');
}

std::string names_of(const std::vector<Capability>& all, bool (*matches)(const Capability&)) {
  std::string names;
  for (const auto& it : all) {
    if (matches(it)) names.append(names.empty() ? "" : ", ").append(it.name);
  }
  return names;
}

std::string summary(const std::vector<Capability>& all) {
  const std::string fatal = names_of(all, is_fatal);
  if (!fatal.empty()) return "The pool and the harness do not work here: " + fatal + ".\n";
  const std::string costly =
      names_of(all, [](const Capability& it) { return it.ability != Ability::ok; });
  if (costly.empty()) return "Everything works here.\n";
  return "The pool and the harness work here, at the costs above: " + costly + ".\n";
}

}  // namespace

std::string diagnosis_text(const std::vector<Capability>& all, bool coloured) {
  constexpr std::size_t kStateWidth = std::string_view("limited").size();
  std::size_t name_width = 0;
  for (const auto& it : all) name_width = std::max(name_width, it.name.size());
  const std::string indent(kStateWidth + 1 + name_width + 1, ' ');

  std::string text;
  for (const auto& it : all) {
    if (coloured) text += colour_of(it);
    text += padded(word_of(it.ability), kStateWidth);
    if (coloured) text += "\x1b[0m";
    text += padded(it.name, name_width) + it.serves;
    if (!it.found.empty()) text += " (" + it.found + ")";
    text += "\n";
    if (!it.cost.empty()) text += indent + "costs: " + it.cost + "\n";
    if (!it.remedy.empty()) text += indent + "wants: " + it.remedy + "\n";
  }
  return text + "\n" + summary(all);
}

std::string diagnosis_json(const std::vector<Capability>& all) {
  nlohmann::ordered_json checks = nlohmann::ordered_json::array();
  for (const auto& it : all) {
    checks.push_back({{"name", it.name},
                      {"state", word_of(it.ability)},
                      {"essential", it.is_essential},
                      {"serves", it.serves},
                      {"found", it.found},
                      {"cost", it.cost},
                      {"remedy", it.remedy}});
  }
  const nlohmann::ordered_json document{{"works", diagnosis_exit_code(all) == 0},
                                        {"checks", checks}};
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

int diagnosis_exit_code(const std::vector<Capability>& all) {
  return std::ranges::any_of(all, is_fatal) ? 2 : 0;
}

}  // namespace revenant::ci
