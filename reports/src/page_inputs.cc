#include "reports/src/page_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "reports/src/input_error.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRunsMax = 200;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool holds(const fs::path& folder, const char* file) {
  std::error_code error;
  return fs::exists(folder / file, error);
}

bool is_run_folder(const fs::path& path) {
  return holds(path, "history.jsonl") || holds(path, "verdict.json");
}

void add_run(const fs::path& folder, std::optional<Demands> demands, Page& page) {
  page.runs.push_back({read_run_folder(folder), std::move(demands), {}});
}

void add_bench(const fs::path& file, std::optional<Demands> demands, Page& page) {
  BenchFile bench = read_bench_file(file);
  Figures figures = figures_of(bench);
  page.benches.push_back({std::move(bench), std::move(figures), std::move(demands), {}});
}

void add_scenario(const fs::path& folder, Page& page) {
  Scenario scenario = read_scenario(folder);
  for (const ScenarioRun& run : scenario.runs) {
    try {
      if (is_folder(run.path)) {
        add_run(run.path, run.demands, page);
      } else {
        add_bench(run.path, run.demands, page);
        page.benches.back().bench.title = run.name;
      }
    } catch (const InputError& error) {
      page.notes.push_back(fmt::format("The run \"{}\" is not shown: {}.", run.name, error.what()));
    }
  }
  page.scenarios.push_back(std::move(scenario));
}

// Whether there was any.
bool add_runs_within(const fs::path& folder, Page& page) {
  std::vector<fs::path> runs;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    // `latest` is a link to a run that stands there as well.
    if (!entry.is_symlink(error) && is_run_folder(entry.path())) runs.push_back(entry.path());
  }
  if (runs.size() > kRunsMax) {
    throw InputError(folder.string(), fmt::format("holds {} runs, more than a page can show ({}); "
                                                  "name those that it shall",
                                                  runs.size(), kRunsMax));
  }
  std::ranges::sort(runs);
  for (const fs::path& run : runs) add_run(run, demands_of(run), page);
  return !runs.empty();
}

}  // namespace

Page read_inputs(const std::vector<fs::path>& inputs) {
  Page page;
  for (const fs::path& input : inputs) {
    if (!is_folder(input)) {
      add_bench(input, std::nullopt, page);
    } else if (!is_run_folder(input) && holds(input, kScenarioFile)) {
      add_scenario(input, page);
    } else if (is_run_folder(input) || !add_runs_within(input, page)) {
      add_run(input, demands_of(input), page);
    }
  }
  return page;
}

}  // namespace revenant::reports
