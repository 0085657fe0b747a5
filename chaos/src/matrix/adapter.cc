#include "chaos/src/matrix/adapter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include "chaos/src/child_output.h"

namespace revenant::chaos {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwnName = "revenant";

std::string program_in(const fs::path& folder) {
  for (const char* const name : {"pool.js", "pool.py", "pool.sh"}) {
    const std::string path = folder / name;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

void ask_version(Adapter& adapter) {
  std::vector<std::string> command = {adapter.command.front(), "--version"};
  const ChildOutput output = run_child(command);
  if (output.exit_code == 0) {
    adapter.version = first_line(output.standard_output);
    return;
  }
  const std::string why = first_line(output.standard_error);
  adapter.absent = why.empty() ? fmt::format("--version exits with {}", output.exit_code) : why;
}

[[noreturn]] void refuse(const std::string& name, const std::vector<Adapter>& all) {
  std::string known;
  for (const Adapter& adapter : all) known += (known.empty() ? "" : ", ") + adapter.name;
  throw std::invalid_argument(fmt::format("{}: no such adapter; there are {}", name, known));
}

}  // namespace

std::vector<Adapter> find_adapters(const std::string& folder, const std::string& own,
                                   const std::vector<std::string>& names) {
  std::vector<Adapter> all = {{.name = kOwnName, .command = {own, "pool", "--workers", "2"}}};
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string program = program_in(entry.path());
    const std::string name = entry.path().filename();
    if (program.empty() || name == "template") continue;
    all.push_back({.name = name, .command = {program}, .folder = entry.path()});
  }
  std::sort(all.begin() + 1, all.end(),
            [](const Adapter& a, const Adapter& b) { return a.name < b.name; });
  for (const auto& name : names) {
    const auto is_it = [&](const Adapter& adapter) { return adapter.name == name; };
    if (std::ranges::none_of(all, is_it)) refuse(name, all);
  }
  std::erase_if(all, [&](const Adapter& adapter) {
    return !names.empty() && std::ranges::find(names, adapter.name) == names.end();
  });
  for (Adapter& adapter : all) {
    if (!adapter.folder.empty()) ask_version(adapter);
  }
  return all;
}

}  // namespace revenant::chaos
