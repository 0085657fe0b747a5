#include "ci/tests/structure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <sstream>
#include <string_view>

namespace revenant::ci {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLinesMax = 400;

// What a build or a run leaves behind; as in .gitignore.
constexpr std::array<std::string_view, 6> kNotOfTheRepository = {
    ".git", "build", "revenant-runs", "node_modules", ".cache", "compile_commands.json"};

bool is_of_the_repository(const fs::path& path) {
  const std::string name = path.filename().string();
  return std::ranges::find(kNotOfTheRepository, name) == kNotOfTheRepository.end() &&
         path.extension() != ".swp";
}

bool is_cpp(std::string_view path) { return path.ends_with(".cc") || path.ends_with(".h"); }

bool is_code(std::string_view path) {
  constexpr std::array<std::string_view, 10> kEndings = {
      ".cc", ".h", ".cmake", "CMakeLists.txt", ".gp", ".py", ".js", ".sh", ".css", ".mustache"};
  return std::ranges::any_of(kEndings, [&](auto ending) { return path.ends_with(ending); });
}

// "revenant/chaos/run.h" is a public header of chaos, "revenant/pool.h" one of pool.
std::string home_of_include(std::string_view include) {
  if (include.starts_with("revenant/chaos/")) return "chaos/include/" + std::string(include);
  if (include.starts_with("revenant/")) return "pool/include/" + std::string(include);
  return std::string(include);
}

struct Direction {
  std::string_view from;
  std::vector<std::string_view> to;
};

// The first entry that fits a file holds for it.
const std::vector<Direction>& directions() {
  static const std::vector<Direction> all = {
      {"pool/include/", {"pool/include/"}},
      {"chaos/include/", {"chaos/include/"}},
      {"pool/os/", {"pool/os/"}},
      {"pool/", {"pool/"}},
      {"chaos/", {"chaos/", "pool/os/"}},
      {"bench/", {"bench/", "pool/", "chaos/"}},
      {"reports/", {"reports/"}},
      {"ci/", {"ci/", "pool/", "chaos/", "bench/", "reports/", "revenant_build.h"}},
  };
  return all;
}

// The name between the quotes, or nothing where the line is no #include "…".
std::string_view quoted_include(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  if (start == line.npos || line[start] != '#') return {};
  if (line.find("include") == line.npos) return {};
  const auto open = line.find('"');
  const auto close = open == line.npos ? open : line.find('"', open + 1);
  return close == line.npos ? std::string_view() : line.substr(open + 1, close - open - 1);
}

bool contains_word(std::string_view text, std::string_view word) {
  const auto is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) {
      return true;
    }
  }
  return false;
}

// Calls `use` with each line and its number.
template <typename Use>
void for_each_line(const std::string& text, Use use) {
  std::istringstream lines(text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) use(line, number);
}

}  // namespace

Tree read_tree(const std::string& root) {
  Tree tree;
  fs::recursive_directory_iterator entry(root);
  for (const fs::recursive_directory_iterator end; entry != end; ++entry) {
    if (!is_of_the_repository(entry->path())) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    std::ifstream file(entry->path(), std::ios::binary);
    tree.push_back({fs::relative(entry->path(), root).string(),
                    std::string(std::istreambuf_iterator<char>(file), {})});
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

std::vector<std::string> read_top_level(const std::string& root) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (is_of_the_repository(entry.path())) names.push_back(entry.path().filename().string());
  }
  return names;
}

std::vector<std::string> forbidden_includes(const Tree& tree) {
  std::vector<std::string> found;
  for (const auto& file : tree) {
    if (!is_cpp(file.path)) continue;
    const auto direction = std::ranges::find_if(
        directions(), [&](const Direction& each) { return file.path.starts_with(each.from); });
    if (direction == directions().end()) continue;
    for_each_line(file.text, [&](const std::string& line, std::size_t number) {
      const auto include = quoted_include(line);
      if (include.empty()) return;
      const std::string home = home_of_include(include);
      const bool allowed = std::ranges::any_of(
          direction->to, [&](std::string_view folder) { return home.starts_with(folder); });
      if (allowed) return;
      found.push_back(file.path + ":" + std::to_string(number) + ": must not include \"" +
                      std::string(include) + "\"");
    });
  }
  return found;
}

std::vector<std::string> long_files(const Tree& tree) {
  std::vector<std::string> found;
  for (const auto& file : tree) {
    if (!is_code(file.path)) continue;
    const auto lines = static_cast<std::size_t>(std::ranges::count(file.text, '\n'));
    if (lines <= kLinesMax) continue;
    found.push_back(file.path + ": " + std::to_string(lines) + " lines, more than " +
                    std::to_string(kLinesMax));
  }
  return found;
}

std::vector<std::string> empty_names(const Tree& tree) {
  constexpr std::array<std::string_view, 6> kEmpty = {"util",   "utils",   "common",
                                                      "helper", "helpers", "misc"};
  std::vector<std::string> found;
  for (const auto& file : tree) {
    for (const auto& part : fs::path(file.path)) {
      const std::string stem = part.stem().string();
      // "string_util" is named util as much as "util" is.
      const auto last_word = stem.substr(stem.find_last_of("_-") + 1);
      if (std::ranges::find(kEmpty, last_word) != kEmpty.end()) {
        found.push_back(file.path + ": the name " + part.string() + " says nothing");
      }
    }
  }
  return found;
}

std::vector<std::string> unbuilt_sources(const Tree& tree) {
  std::string lists;
  for (const auto& file : tree) {
    if (file.path.ends_with("CMakeLists.txt")) lists += file.text;
  }
  std::vector<std::string> found;
  for (const auto& file : tree) {
    if (!file.path.ends_with(".cc")) continue;
    // One rule may build many programs: then a name stands there without its ending.
    const std::string stem = fs::path(file.path).stem().string();
    const std::string base = stem.ends_with("_test") ? stem.substr(0, stem.size() - 5) : stem;
    if (!contains_word(lists, stem) && !contains_word(lists, base)) {
      found.push_back(file.path + ": no CMakeLists.txt names it");
    }
  }
  return found;
}

std::vector<std::string> strangers_at_the_top(const std::vector<std::string>& names) {
  constexpr std::array<std::string_view, 11> kFixed = {
      "CMakeLists.txt",    "pool",    "chaos",        "bench",     "reports", "ci", "README.md",
      "CMakePresets.json", "LICENSE", "CHANGELOG.md", "vcpkg.json"};
  std::vector<std::string> found;
  for (const auto& name : names) {
    if (name.starts_with('.') || std::ranges::find(kFixed, name) != kFixed.end()) continue;
    found.push_back(name + ": does not belong at the top level");
  }
  return found;
}

}  // namespace revenant::ci
