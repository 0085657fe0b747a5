#include "chaos/src/matrix/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "chaos/src/child_output.h"

namespace revenant::chaos {
namespace {

std::vector<std::string> command_of(const MatrixPlan& plan, const Adapter& adapter,
                                    const Experiment& experiment) {
  std::vector<std::string> command = {
      plan.own, "chaos",
      "--json", "--quiet",
      "--seed", std::to_string(plan.seed),
      "--out",  plan.out,
      "--name", fmt::format("{}-{}", adapter.name, experiment.name)};
  command.insert(command.end(), experiment.options.begin(), experiment.options.end());
  command.push_back("--");
  command.insert(command.end(), adapter.command.begin(), adapter.command.end());
  return command;
}

Cell run_cell(const MatrixPlan& plan, const Adapter& adapter, const Experiment& experiment) {
  const ChildOutput output = run_child(command_of(plan, adapter, experiment));
  try {
    return read_cell(output.standard_output);
  } catch (const std::exception&) {
    Cell cell;
    cell.why = output.standard_error.substr(0, output.standard_error.find('\n'));
    if (cell.why.empty()) cell.why = fmt::format("exit code {}", output.exit_code);
    return cell;
  }
}

}  // namespace

Matrix run_matrix(const MatrixPlan& plan, const std::function<void(const std::string&)>& progress) {
  Matrix matrix{.columns = plan.experiments, .rows = {}};
  struct Job {
    std::size_t row;
    std::size_t column;
  };
  std::vector<Job> jobs;
  for (const Adapter& adapter : plan.adapters) {
    matrix.rows.push_back({.adapter = adapter, .cells = {}});
    if (!adapter.absent.empty()) continue;
    matrix.rows.back().cells.resize(plan.experiments.size());
    for (std::size_t column = 0; column < plan.experiments.size(); ++column) {
      jobs.push_back({matrix.rows.size() - 1, column});
    }
  }

  std::atomic<std::size_t> next{0};
  std::mutex reporting;
  std::size_t done = 0;
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      Row& row = matrix.rows[jobs[i].row];
      const Experiment& experiment = plan.experiments[jobs[i].column];
      try {
        row.cells[jobs[i].column] = run_cell(plan, row.adapter, experiment);
      } catch (...) {
        const std::lock_guard lock(reporting);
        failure = std::current_exception();
        return;
      }
      const std::lock_guard lock(reporting);
      progress(fmt::format("{}/{} {} {}: {}", ++done, jobs.size(), row.adapter.name,
                           experiment.name, cell_text(row.cells[jobs[i].column])));
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(plan.jobs, jobs.size()); ++i) threads.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
  return matrix;
}

}  // namespace revenant::chaos
