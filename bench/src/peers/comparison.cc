#include "bench/src/peers/comparison.h"

#include <algorithm>

#include "bench/src/peers/arms.h"

namespace revenant::bench::peers {
namespace {

const Cell* own_cell(const std::vector<Cell>& cells, const Cell& cell) {
  const auto own = own_arm_for(*find_arm(cell.arm));
  const auto found = std::ranges::find_if(cells, [&](const Cell& each) {
    return each.arm == own && each.work == cell.work && each.workers == cell.workers;
  });
  return found == cells.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Comparison> compare(const std::vector<Cell>& cells) {
  std::vector<Comparison> comparisons;
  for (const Cell& cell : cells) {
    Comparison comparison{.arm = cell.arm, .work = cell.work, .workers = cell.workers};
    comparison.own_arm = own_arm_for(*find_arm(cell.arm));
    comparison.error = cell.error;
    const Cell* const own = own_cell(cells, cell);
    if (cell.error.empty() && (own == nullptr || !own->error.empty())) {
      comparison.error = "there is no figure of " + comparison.own_arm + " to hold it against";
    }
    if (comparison.error.empty()) {
      comparison.tasks_per_second = median_of(cell.tasks_per_second);
      comparison.ratio = median_ratio(own->tasks_per_second, cell.tasks_per_second);
    }
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace revenant::bench::peers
