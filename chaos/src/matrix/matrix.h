// Every pool under every fault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "chaos/src/matrix/adapter.h"
#include "chaos/src/matrix/cell.h"
#include "chaos/src/matrix/experiment.h"

namespace revenant::chaos {

struct Row {
  Adapter adapter;
  std::vector<Cell> cells;  // in the order of Matrix::columns; empty where the adapter is absent
};

struct Matrix {
  std::vector<Experiment> columns;
  std::vector<Row> rows;
};

struct MatrixPlan {
  std::vector<Adapter> adapters;
  std::vector<Experiment> experiments;
  std::string own;  // this program: each cell is a run of `revenant chaos` of its own
  std::string out;  // the folder of the run folders
  std::uint64_t seed = 1;
  std::size_t jobs = 2;  // runs at the same time
};

// Runs all cells; `progress` is told which is done, from one thread at a time. Takes a second or
// several for each cell.
[[nodiscard]] Matrix run_matrix(const MatrixPlan& plan,
                                const std::function<void(const std::string&)>& progress);

}  // namespace revenant::chaos
