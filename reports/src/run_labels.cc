#include "reports/src/run_labels.h"

#include <algorithm>
#include <utility>

namespace revenant::reports {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

std::string value_of(const Facts& facts, const std::string& name) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const auto& fact) { return fact.first == name; });
  return found == facts.end() ? std::string() : found->second;
}

bool all_same(const std::vector<std::string>& values) {
  return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

void add_differences(const std::vector<Facts>& all, std::vector<Difference>& found) {
  std::vector<std::string> names;
  for (const Facts& facts : all) {
    for (const auto& [name, value] : facts) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  for (const std::string& name : names) {
    Difference difference{name, {}};
    for (const Facts& facts : all) difference.values.push_back(value_of(facts, name));
    const bool again = std::any_of(found.begin(), found.end(), [&](const Difference& other) {
      return other.values == difference.values;  // "schedule" and "schedules" say the same
    });
    if (!all_same(difference.values) && !again) found.push_back(std::move(difference));
  }
}

}  // namespace

std::string shared_beginning(const std::vector<const RunFolder*>& runs) {
  if (runs.size() < 2) return "";
  const std::string& first = runs.front()->name;
  std::size_t shared = first.size();
  for (const RunFolder* run : runs) {
    const auto end = std::mismatch(first.begin(), first.begin() + static_cast<long>(shared),
                                   run->name.begin(), run->name.end());
    shared = static_cast<std::size_t>(end.first - first.begin());
  }
  if (std::ranges::all_of(runs, [&](const RunFolder* run) { return run->name == first; })) {
    return "";
  }
  // Whole words, and in each name something behind them.
  const std::size_t space = shared == 0 ? first.npos : first.rfind(' ', shared - 1);
  if (space == first.npos) return "";
  const bool all_go_on =
      std::ranges::all_of(runs, [&](const RunFolder* run) { return run->name.size() > space + 1; });
  return all_go_on ? first.substr(0, space) : "";
}

std::vector<std::string> run_labels(const std::vector<const RunFolder*>& runs) {
  const bool workers_differ = std::any_of(runs.begin(), runs.end(), [&](const RunFolder* run) {
    return run->workers != runs.front()->workers;
  });
  const std::string shared = shared_beginning(runs);
  std::vector<std::string> labels;
  for (const RunFolder* run : runs) {
    std::string label = shared.empty() ? run->name : run->name.substr(shared.size() + 1);
    if (workers_differ && run->name.find("worker") == run->name.npos) {
      label += ", " + std::to_string(run->workers) + (run->workers == 1 ? " worker" : " workers");
    }
    labels.push_back(std::move(label));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string label = labels[i];
    if (std::count(labels.begin(), labels.end(), label) < 2) continue;
    int place = 0;
    for (std::string& other : labels) {
      if (other == label) other += " (" + std::to_string(++place) + ")";
    }
  }
  return labels;
}

std::vector<Difference> differences(const std::vector<const RunFolder*>& runs) {
  std::vector<Facts> options;
  std::vector<Facts> machines;
  for (const RunFolder* run : runs) {
    const RunDescription description = run->description.value_or(RunDescription{});
    options.push_back(description.options);
    machines.push_back(description.machine);
  }
  std::vector<Difference> found;
  add_differences(options, found);
  add_differences(machines, found);
  return found;
}

}  // namespace revenant::reports
