#include "ci/manual/manual_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

#include "chaos/src/exit_codes.h"
#include "ci/manual/completion.h"
#include "ci/manual/man_page.h"
#include "ci/manual/verb_page.h"
#include "revenant_build.h"

namespace revenant::ci {
namespace {

namespace fs = std::filesystem;

// The exit code with which to end at once, if any.
std::optional<int> parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    std::fprintf(stderr, "%s: %s; see --help\n", argv[0], error.what());
    return chaos::kWrongUsage;
  }
  return std::nullopt;
}

int print(const std::string& text) {
  return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? chaos::kHarnessFailed
                                                                          : 0;
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

std::string page_of(std::span<const Verb> verbs, const std::string& name) {
  if (name.empty()) return man_page_of_all(verbs, build::kVersion);
  const auto verb = std::ranges::find(verbs, name, &Verb::name);
  if (verb == verbs.end()) throw std::invalid_argument("man: there is no verb \"" + name + "\"");
  return man_page(read_verb_page(*verb), build::kVersion);
}

}  // namespace

int run_completion_command(int argc, char** argv, std::span<const Verb> verbs) {
  CLI::App app(
      "Prints a script that completes the words of revenant's command line: verbs, options,\n"
      "and the values that they may have. It is made from --help.",
      argv[0]);
  app.footer(
      "Once, in a shell that runs:\n"
      "  source <(revenant completion bash)\n"
      "  source <(revenant completion zsh)\n"
      "  revenant completion fish | source\n\n"
      "For good (`cmake --install` and the package do so):\n"
      "  revenant completion bash > ~/.local/share/bash-completion/completions/revenant\n"
      "  revenant completion fish > ~/.config/fish/completions/revenant.fish\n"
      "  revenant completion zsh > _revenant    (in a folder of $fpath)\n\n"
      "Exit codes: 0 printed, 3 wrong usage, 4 it could not be written.");
  std::string shell;
  app.add_option("SHELL", shell, "That of the script")
      ->required()
      ->check(CLI::IsMember(std::set<std::string>{"bash", "fish", "zsh"}));
  if (const auto code = parse(app, argc, argv)) return *code;
  const std::vector<VerbPage> pages = read_verb_pages(verbs);
  if (shell == "bash") return print(bash_completion(pages));
  return print(shell == "zsh" ? zsh_completion(pages) : fish_completion(pages));
}

int run_man_command(int argc, char** argv, std::span<const Verb> verbs) {
  CLI::App app(
      "Prints the manual page of a verb, or of revenant itself, for man(1). It is made from "
      "--help.",
      argv[0]);
  app.footer(
      "Examples:\n"
      "  revenant man chaos | man -l -\n"
      "  revenant man --out ~/.local/share/man/man1\n\n"
      "Exit codes: 0 printed, 3 wrong usage, 4 it could not be written.");
  std::string verb;
  std::string folder;
  auto* const one = app.add_option("VERB", verb, "Whose page; without it that of revenant itself");
  app.add_option("--out", folder, "Writes every page into this folder instead")
      ->type_name("DIR")
      ->excludes(one);
  if (const auto code = parse(app, argc, argv)) return *code;
  if (folder.empty()) return print(page_of(verbs, verb));
  fs::create_directories(folder);
  write_file(fs::path(folder) / "revenant.1", page_of(verbs, ""));
  for (const Verb& each : verbs) {
    const std::string name(each.name);
    write_file(fs::path(folder) / ("revenant-" + name + ".1"), page_of(verbs, name));
  }
  return 0;
}

}  // namespace revenant::ci
