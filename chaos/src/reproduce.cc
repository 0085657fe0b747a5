#include "chaos/src/reproduce.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "chaos/src/launch.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

std::string own_name() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return "revenant";
  try {
    if (std::filesystem::equivalent(find_program("revenant"), self, error) && !error) {
      return "revenant";
    }
  } catch (const TargetUnusable&) {
    // Not in PATH.
  }
  return shell_quoted(self.string());
}

}  // namespace

std::string shell_quoted(const std::string& word) {
  constexpr std::string_view kPlain = "-_./:=,+@%";
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           kPlain.find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string reproduce_line(const std::vector<std::string>& arguments, std::uint64_t seed) {
  std::string line = own_name() + " chaos";
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  bool has_seed = false;
  for (auto argument = arguments.begin(); argument != dashes; ++argument) {
    has_seed = has_seed || *argument == "--seed" || argument->starts_with("--seed=");
    line += " " + shell_quoted(*argument);
  }
  if (!has_seed) line += " --seed " + std::to_string(seed);
  for (auto argument = dashes; argument != arguments.end(); ++argument) {
    line += " " + shell_quoted(*argument);
  }
  return line;
}

}  // namespace revenant::chaos
