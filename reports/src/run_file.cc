#include "reports/src/run_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "reports/src/json_file.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

using nlohmann::json;

constexpr std::size_t kOptionsMax = 200;

// A word as a POSIX shell reads it back: bare where that is safe, else in single quotes.
std::string shell_word(const std::string& word) {
  const auto is_safe = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("-_./:=,+@%").find(static_cast<char>(c)) != std::string_view::npos;
  };
  bool bare = !word.empty();
  for (const char c : word) bare = bare && is_safe(static_cast<unsigned char>(c));
  if (bare) return word;
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

std::string command_line_of(const json& file) {
  std::string line;
  for (const json& word : list_at(file, "command_line")) {
    if (!word.is_string()) continue;
    if (!line.empty()) line += ' ';
    line += shell_word(word.get_ref<const std::string&>());
  }
  return plain_text(line, 4000);
}

// The command is its own target where no other was named.
std::string with_own_name(std::string command) {
  constexpr std::string_view kSelf = "/proc/self/exe ";
  if (command.starts_with(kSelf)) command.replace(0, kSelf.size(), "revenant ");
  return command;
}

// Depth is bounded by the reader of the file.
void flatten(const json& object, const std::string& prefix,
             std::vector<std::pair<std::string, std::string>>& into) {
  for (const auto& [key, value] : object.items()) {
    if (into.size() == kOptionsMax) return;
    const std::string name = prefix + plain_text(key, 100);
    if (value.is_object()) {
      flatten(value, name + ".", into);
    } else if (!value.is_null() && !(value.is_array() && value.empty())) {
      into.emplace_back(name, with_own_name(shown_value(value)));
    }
  }
}

// "schedule" is the first of "schedules", for readers of older files.
void drop_first_schedule(std::vector<std::pair<std::string, std::string>>& options) {
  const auto is = [](const char* name) { return [=](const auto& o) { return o.first == name; }; };
  if (std::ranges::any_of(options, is("schedules"))) std::erase_if(options, is("schedule"));
}

std::vector<std::pair<std::string, std::string>> machine_of(const json& machine) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const char* key : {"kernel", "cpu"}) {
    if (std::string text = text_at(machine, key); !text.empty()) {
      facts.emplace_back(key, std::move(text));
    }
  }
  if (const auto cores = count_at(machine, "cores")) {
    facts.emplace_back("cores", fmt::format("{}", *cores));
  }
  if (const auto bytes = number_at(machine, "memory_bytes")) {
    facts.emplace_back("memory", fmt::format("{:.1f} GiB", *bytes / (1u << 30)));
  }
  return facts;
}

}  // namespace

RunDescription read_run_description(const std::filesystem::path& path) {
  const json file = read_json_file(path);
  RunDescription run;
  run.name = text_at(file, "name");
  run.started = text_at(file, "started");
  run.version = text_at(file, "revenant");
  run.command_line = command_line_of(file);
  if (const auto seed = file.find("seed"); seed != file.end()) run.seed = shown_value(*seed);
  flatten(object_at(file, "options"), "", run.options);
  drop_first_schedule(run.options);
  run.machine = machine_of(object_at(file, "machine"));
  return run;
}

}  // namespace revenant::reports
