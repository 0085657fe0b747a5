#include "reports/src/compare/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "reports/src/compare/bench_samples.h"
#include "reports/src/compare/glob.h"
#include "reports/src/compare/run_samples.h"
#include "reports/src/input_error.h"
#include "reports/src/scenario_file.h"

namespace revenant::reports::compare {
namespace {

namespace fs = std::filesystem;

bool is_run_folder(const fs::path& path) {
  std::error_code error;
  return fs::exists(path / "history.jsonl", error) || fs::exists(path / "verdict.json", error);
}

bool is_scenario_folder(const fs::path& path) {
  std::error_code error;
  return !is_run_folder(path) && fs::exists(path / kScenarioFile, error);
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// What is said of a benchmark is said of its figures.
const std::string* reason_for(const Side& side, const std::string& figure) {
  for (const auto& [name, why] : side.spoiled) {
    if (figure == name || figure.substr(0, figure.rfind('/')) == name) return &why;
  }
  return nullptr;
}

// A ratio needs values above zero; zero is what a counter says that saw nothing.
void spoil_what_is_not_above_zero(Side& side) {
  std::erase_if(side.figures, [&](const auto& entry) {
    const std::vector<double>& values = entry.second.values;
    const auto bad = std::count_if(values.begin(), values.end(), [](double v) { return !(v > 0); });
    if (bad == 0) return false;
    side.spoiled[entry.first] = fmt::format("is 0 or less in {} of {} samples", bad, values.size());
    return true;
  });
}

void merge(Side&& from, Side& into) {
  for (auto& [name, samples] : from.figures) {
    const auto [place, is_new] = into.figures.try_emplace(name, samples);
    if (is_new) continue;
    std::vector<double>& values = place->second.values;
    values.insert(values.end(), samples.values.begin(), samples.values.end());
  }
  into.spoiled.merge(from.spoiled);
  for (std::string& note : from.notes) {
    if (std::find(into.notes.begin(), into.notes.end(), note) == into.notes.end()) {
      into.notes.push_back(std::move(note));
    }
  }
}

Side read_input(const fs::path& path, SampleOf sample_of, const CounterRules& rules);

// What is measured in one run is not compared with what is measured in another: they differ in what
// they do.
Side read_scenario_samples(const fs::path& folder, SampleOf sample_of, const CounterRules& rules) {
  Side all;
  for (const ScenarioRun& run : read_scenario(folder).runs) {
    Side side;
    try {
      side = read_input(run.path, sample_of, rules);
    } catch (const InputError& error) {
      all.spoiled[run.name] = error.what();
      continue;
    }
    Side named{.figures = {}, .spoiled = {}, .notes = std::move(side.notes)};
    for (auto& [name, samples] : side.figures) {
      named.figures[run.name + "/" + name] = std::move(samples);
    }
    for (auto& [name, why] : side.spoiled) named.spoiled[run.name + "/" + name] = std::move(why);
    merge(std::move(named), all);
  }
  return all;
}

Side read_input(const fs::path& path, SampleOf sample_of, const CounterRules& rules) {
  if (!is_folder(path)) return read_bench_samples(path, sample_of, rules);
  return is_scenario_folder(path) ? read_scenario_samples(path, sample_of, rules)
                                  : read_run_samples(path, sample_of);
}

Side read_side(std::span<const fs::path> paths, SampleOf sample_of, const CounterRules& rules) {
  Side side;
  for (const fs::path& path : paths) {
    merge(read_input(path, sample_of, rules), side);
  }
  spoil_what_is_not_above_zero(side);
  std::erase_if(side.figures,
                [&](const auto& entry) { return reason_for(side, entry.first) != nullptr; });
  return side;
}

std::string name_of(std::span<const fs::path> paths) {
  return paths.size() == 1
             ? paths.front().string()
             : fmt::format("{} and {} more", paths.front().string(), paths.size() - 1);
}

}  // namespace

std::vector<fs::path> inputs_of(const fs::path& path) {
  if (!is_folder(path) || is_run_folder(path) || is_scenario_folder(path)) return {path};
  std::vector<fs::path> inputs;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    // `latest` is a link to a run that has been counted.
    if (entry.is_symlink(error) && entry.is_directory(error)) continue;
    const bool is_bench = entry.is_regular_file(error) && entry.path().extension() == ".json";
    const bool is_of_runs = is_run_folder(entry.path()) || is_scenario_folder(entry.path());
    if (is_bench || is_of_runs) inputs.push_back(entry.path());
  }
  if (inputs.empty()) {
    throw InputError(path.string(), "holds neither .json files nor run folders of revenant chaos");
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

Inputs pair_up(const Side& a, const Side& b, const std::string& name_a, const std::string& name_b,
               const std::vector<std::string>& only) {
  const auto is_asked_for = [&](const std::string& name) {
    return only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& pattern) {
             return glob_matches(pattern, name);
           });
  };
  Inputs inputs;
  const auto leave_out = [&](const std::string& name, const Side& other, const std::string& where) {
    if (!is_asked_for(name)) return;
    const std::string* reason = reason_for(other, name);
    inputs.left_out.push_back(
        {name, fmt::format("{} ({})", reason != nullptr ? *reason : "is missing", where)});
  };
  for (const auto& [name, of_a] : a.figures) {
    const auto of_b = b.figures.find(name);
    if (of_b == b.figures.end()) {
      leave_out(name, b, name_b);
    } else if (is_asked_for(name)) {
      inputs.figures.push_back({name, of_a.better, of_a.unit, of_a.values, of_b->second.values});
    }
  }
  for (const auto& [name, of_b] : b.figures) {
    if (!a.figures.contains(name)) leave_out(name, a, name_a);
  }
  for (const auto& [name, why] : a.spoiled) {  // of b those are left that a has figures for
    if (b.figures.contains(name) || !is_asked_for(name)) continue;
    const auto is_of_it = [&benchmark = name](const LeftOut& left) {
      return left.name.starts_with(benchmark);
    };
    if (std::any_of(inputs.left_out.begin(), inputs.left_out.end(), is_of_it)) continue;
    inputs.left_out.push_back({name, fmt::format("{} ({})", why, name_a)});
  }
  inputs.notes = a.notes;
  for (const std::string& note : b.notes) {
    if (std::find(a.notes.begin(), a.notes.end(), note) == a.notes.end()) {
      inputs.notes.push_back(note);
    }
  }
  if (!inputs.figures.empty()) return inputs;
  std::string why = inputs.left_out.empty()
                        ? std::string("no figure is in both")
                        : inputs.left_out.front().name + " " + inputs.left_out.front().why;
  throw InputError(name_a + " and " + name_b, "nothing can be compared: " + why);
}

Inputs read_inputs(std::span<const fs::path> a, std::span<const fs::path> b,
                   const CounterRules& rules, const std::vector<std::string>& only) {
  const bool is_one_each = a.size() == 1 && b.size() == 1;
  const SampleOf sample_of = is_one_each ? SampleOf::repetition : SampleOf::input;
  const Side side_a = read_side(a, sample_of, rules);
  const Side side_b = read_side(b, sample_of, rules);
  return pair_up(side_a, side_b, name_of(a), name_of(b), only);
}

}  // namespace revenant::reports::compare
