// What a comparison comes to: its last line and its exit code. Pure.
#pragma once

#include <string>
#include <vector>

#include "reports/src/compare/comparison.h"
#include "reports/src/compare/gate.h"

namespace revenant::reports::compare {

struct Conclusion {
  std::string sentence;
  int exit_code = 0;
};

// Gates decide where there are any: 1 if one is broken, else 2 if one is undecided. Else 2 where
// nothing is known: two sets of files that are too few for any answer, a series that ended before
// each of its figures had one.
enum class Kind : std::uint8_t { files, series };
Conclusion conclude(const std::vector<Row>& rows, const std::vector<GateResult>& gates, Kind kind);

// "throughput/noop is at 0.700 (0.694 to 0.706)", or why that is not known.
std::string place_of(const GatedFigure& figure);

}  // namespace revenant::reports::compare
