// One line on standard error that says where a series stands; nothing where that is no terminal.
#pragma once

#include <chrono>
#include <vector>

#include "reports/src/compare/block.h"

namespace revenant::reports::compare {

class Progress {
 public:
  Progress();
  void show(const std::vector<BlockFigure>& figures, std::chrono::duration<double> left) const;
  void clear() const;

 private:
  bool is_terminal_;
};

}  // namespace revenant::reports::compare
