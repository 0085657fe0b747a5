#include "chaos/src/scenario/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "chaos/src/scenario/threshold_check.h"
#include "chaos/src/scenario/toml_document.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kRunsMax = 1000;
// Scenarios are written by hand: what is larger is a file of another kind, or one without an end.
constexpr std::size_t kFileBytesMax = std::size_t{1} << 20;

// One dimension of a matrix: a setting for each value.
using Axis = std::vector<Setting>;

// A table's keys, sorted by what they are.
struct Section {
  std::string name = {};
  std::vector<Setting> settings = {};
  std::vector<Axis> matrix = {};
  std::vector<Demand> demands = {};
};

class Reader {
 public:
  Reader(const Vocabulary& vocabulary, const std::vector<std::string>& arguments)
      : vocabulary_(vocabulary), arguments_(arguments) {}

  [[nodiscard]] Section section(const TomlValue& table) const {
    Section section;
    for (const TomlValue& entry : *table.table()) {
      if (entry.key == "run") continue;
      if (entry.key == "name") {
        const std::string* const name = entry.text();
        if (name == nullptr || name->empty()) {
          throw ScenarioError(entry.place, "name: expected a string");
        }
        section.name = *name;
      } else if (entry.key == "thresholds") {
        section.demands = demands(entry);
      } else if (entry.key == "matrix") {
        section.matrix = matrix(entry);
      } else {
        Setting setting = make_setting(entry, vocabulary_);
        if (!is_overridden(entry.key, vocabulary_, arguments_)) {
          section.settings.push_back(std::move(setting));
        }
      }
    }
    return section;
  }

 private:
  [[nodiscard]] Demand demand(const TomlValue& value) const {
    const std::string* const text = value.text();
    if (text == nullptr) {
      throw ScenarioError(value.place, "thresholds: expected strings, as \"task.p99 < 50ms\"");
    }
    try {
      Demand made{.threshold = parse_threshold(*text), .place = value.place};
      check_threshold(made.threshold, vocabulary_.figures);
      return made;
    } catch (const ThresholdError& error) {
      Place place = value.place;
      if (value.is_verbatim) place.column += 1 + error.offset;
      throw ScenarioError(place, std::string("threshold: ") + error.what());
    }
  }

  [[nodiscard]] std::vector<Demand> demands(const TomlValue& value) const {
    const TomlValue::Children* const list = value.list();
    if (list == nullptr) throw ScenarioError(value.place, "thresholds: expected a list of strings");
    std::vector<Demand> made;
    for (const TomlValue& each : *list) made.push_back(demand(each));
    return made;
  }

  [[nodiscard]] std::vector<Axis> matrix(const TomlValue& value) const {
    const TomlValue::Children* const table = value.table();
    if (table == nullptr) {
      throw ScenarioError(value.place,
                          "matrix: expected keys with lists, as { pool_workers = [1, 4] }");
    }
    std::vector<Axis> axes;
    for (const TomlValue& entry : *table) {
      const TomlValue::Children* const values = entry.list();
      if (values == nullptr || values->empty()) {
        throw ScenarioError(entry.place,
                            fmt::format("matrix: {}: expected a list of values", entry.key));
      }
      Axis axis;
      for (TomlValue each : *values) {
        each.key = entry.key;
        each.key_place = entry.key_place;
        axis.push_back(make_setting(each, vocabulary_));
      }
      if (!is_overridden(entry.key, vocabulary_, arguments_)) axes.push_back(std::move(axis));
    }
    return axes;
  }

  const Vocabulary& vocabulary_;
  const std::vector<std::string>& arguments_;
};

bool replaces(const Setting& one, const Setting& other, const Vocabulary& vocabulary) {
  if (one.key == other.key) return true;
  const Key* const a = key_named(vocabulary, one.key);
  const Key* const b = key_named(vocabulary, other.key);
  return a != nullptr && b != nullptr && !a->group.empty() && a->group == b->group;
}

// What holds for every run, unless the run says otherwise.
std::vector<Setting> merged(const std::vector<Setting>& general, const Section& run,
                            const Vocabulary& vocabulary) {
  std::vector<Setting> settings;
  for (const Setting& each : general) {
    const auto replaced_by = [&](const Setting& own) { return replaces(own, each, vocabulary); };
    const bool replaced = std::any_of(run.settings.begin(), run.settings.end(), replaced_by) ||
                          std::any_of(run.matrix.begin(), run.matrix.end(),
                                      [&](const Axis& axis) { return replaced_by(axis.front()); });
    if (!replaced) settings.push_back(each);
  }
  settings.insert(settings.end(), run.settings.begin(), run.settings.end());
  return settings;
}

void check_matrix(const Section& run) {
  std::size_t runs = 1;
  for (const Axis& axis : run.matrix) {
    for (const Setting& setting : run.settings) {
      if (setting.key == axis.front().key) {
        throw ScenarioError(setting.place, setting.key + ": is in the matrix of this run too");
      }
    }
    runs *= axis.size();
    if (runs > kRunsMax) {
      throw ScenarioError(axis.front().place, fmt::format("matrix: more than {} runs", kRunsMax));
    }
  }
}

bool names_verdict(const Demand& demand) {
  const auto is_verdict = [](const Step& step) { return step.name == "verdict"; };
  return std::any_of(demand.threshold.left.begin(), demand.threshold.left.end(), is_verdict) ||
         std::any_of(demand.threshold.right.begin(), demand.threshold.right.end(), is_verdict);
}

std::vector<Demand> all_demands(const Section& general, const Section& run) {
  std::vector<Demand> demands = general.demands;
  demands.insert(demands.end(), run.demands.begin(), run.demands.end());
  if (std::none_of(demands.begin(), demands.end(), names_verdict)) {
    demands.insert(demands.begin(), {.threshold = parse_threshold("verdict == pass")});
  }
  return demands;
}

// The settings' arguments, then those of the command line; the program last.
std::vector<std::string> arguments_of(const std::vector<Setting>& settings,
                                      const std::vector<std::string>& own) {
  std::vector<std::string> arguments;
  const std::vector<std::string>* command = nullptr;
  for (const Setting& setting : settings) {
    if (setting.key == "command") {
      command = &setting.arguments;
    } else {
      arguments.insert(arguments.end(), setting.arguments.begin(), setting.arguments.end());
    }
  }
  arguments.insert(arguments.end(), own.begin(), own.end());
  if (command != nullptr && std::find(own.begin(), own.end(), "--") == own.end()) {
    arguments.emplace_back("--");
    arguments.insert(arguments.end(), command->begin(), command->end());
  }
  return arguments;
}

void append_runs(const Section& general, const Section& section, const Place& place,
                 const Vocabulary& vocabulary, const std::vector<std::string>& own,
                 std::vector<PlannedRun>& runs) {
  check_matrix(section);
  const std::vector<Setting> fixed = merged(general.settings, section, vocabulary);
  std::size_t combinations = 1;
  for (const Axis& axis : section.matrix) combinations *= axis.size();
  for (std::size_t i = 0; i < combinations; ++i) {
    PlannedRun run{.name = section.name,
                   .place = place,
                   .settings = fixed,
                   .arguments = {},
                   .demands = all_demands(general, section)};
    // The last key turns fastest.
    std::size_t stride = combinations;
    for (const Axis& axis : section.matrix) {
      stride /= axis.size();
      const Setting& value = axis[i / stride % axis.size()];
      run.settings.push_back(value);
      run.name += (run.name.empty() ? "" : " ") + value.key + "=" + value.shown;
    }
    if (run.name.empty()) run.name = "run " + std::to_string(runs.size() + 1);
    run.arguments = arguments_of(run.settings, own);
    runs.push_back(std::move(run));
  }
}

std::string text_of(const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    throw std::invalid_argument(file + ": is a folder; name the scenario in it");
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::invalid_argument(file + ": " + std::generic_category().message(errno));
  std::string text(kFileBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) throw std::invalid_argument(file + ": " + std::generic_category().message(errno));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kFileBytesMax) {
    throw std::invalid_argument(file + ": is larger than 1 MiB, so it is hardly a scenario");
  }
  return text;
}

}  // namespace

Scenario parse_scenario(std::string_view text, const std::string& file,
                        const Vocabulary& vocabulary, const std::vector<std::string>& arguments) {
  const TomlValue document = parse_toml(text, file);
  const TomlValue::Children& top = *document.table();
  const auto runs = std::find_if(top.begin(), top.end(),
                                 [](const TomlValue& entry) { return entry.key == "run"; });
  if (runs == top.end()) {
    throw ScenarioError({file, 1, 1}, "no run: put [[run]] before the keys of each");
  }
  const TomlValue::Children* const tables = runs->list();
  if (tables == nullptr)
    throw ScenarioError(runs->key_place, "run: write [[run]], in two brackets");
  const Reader reader(vocabulary, arguments);
  const Section general = reader.section(document);
  for (const TomlValue& entry : top) {
    if (entry.key != "name" && entry.key != "matrix") continue;
    throw ScenarioError(entry.key_place, entry.key + ": belongs below a [[run]]");
  }
  Scenario scenario{.file = file, .runs = {}};
  for (const TomlValue& each : *tables) {
    if (each.table() == nullptr)
      throw ScenarioError(each.place, "run: expected [[run]] and its keys");
    append_runs(general, reader.section(each), each.place, vocabulary, arguments, scenario.runs);
  }
  if (scenario.runs.size() > kRunsMax) {
    throw ScenarioError({file, 1, 1}, fmt::format("more than {} runs", kRunsMax));
  }
  return scenario;
}

Scenario read_scenario(const std::string& file, const Vocabulary& vocabulary,
                       const std::vector<std::string>& arguments) {
  return parse_scenario(text_of(file), file, vocabulary, arguments);
}

std::string scenario_name(const std::string& file) {
  const std::string last = file.substr(file.rfind('/') + 1);
  return last.substr(0, last.rfind('.'));
}

Place place_of_refusal(const PlannedRun& run, std::string_view refusal) {
  for (const Setting& setting : run.settings) {
    if (setting.arguments.empty() || setting.key == "command") continue;
    const std::string_view option = setting.arguments.front();
    if (!refusal.starts_with(option)) continue;
    if (refusal.size() > option.size() && refusal[option.size()] == '-') continue;
    return setting.place;
  }
  return run.place;
}

std::optional<std::string> take_scenario_option(std::vector<std::string>& arguments) {
  constexpr std::string_view kOption = "--scenario";
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  const auto found = std::find_if(arguments.begin(), end, [&](const std::string& argument) {
    return argument == kOption || argument.starts_with(std::string(kOption) + "=");
  });
  if (found == end) return std::nullopt;
  std::string file;
  auto last = found + 1;
  if (found->size() > kOption.size()) {
    file = found->substr(kOption.size() + 1);
  } else if (last != end) {
    file = *last++;
  }
  if (file.empty()) throw std::invalid_argument("--scenario: name a file, as in soak.toml");
  arguments.erase(found, last);
  return file;
}

}  // namespace revenant::chaos
