#include "reports/src/compare/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "reports/src/compare/signed_rank.h"

namespace revenant::reports::compare {

Progress::Progress() : is_terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(const std::vector<BlockFigure>& figures,
                    std::chrono::duration<double> left) const {
  if (!is_terminal_ || figures.empty()) return;
  const BlockFigure& first = figures.front();
  std::string line = fmt::format("block {}, {:.0f} s left; {} B/A {:.3f} so far",
                                 first.log_ratios.size(), std::max(0.0, left.count()), first.name,
                                 std::exp(signed_rank_estimate(first.log_ratios)));
  if (figures.size() > 1) line += fmt::format(", and {} figures more", figures.size() - 1);
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
}

void Progress::clear() const {
  if (is_terminal_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace revenant::reports::compare
