// Two commands run in turn until it is known which is the faster, or the time is up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reports/src/compare/block.h"
#include "reports/src/compare/comparison.h"
#include "reports/src/compare/counters.h"
#include "reports/src/compare/gate.h"
#include "reports/src/compare/shell_run.h"

namespace revenant::reports::compare {

struct PairedRequest {
  std::string a;
  std::string b;
  std::chrono::duration<double> time{300};  // all in all; what runs then is ended
  double alpha = 0.05;                      // over all looks and figures together
  double margin = 0.05;                     // a difference below this is none
  std::uint64_t seed = 1;                   // of the coin that says who begins a block
  CounterRules rules;
  std::vector<std::string> only;
  std::vector<Gate> gates;
  // Called after every block, with what is left of the time.
  std::function<void(const std::vector<BlockFigure>&, std::chrono::duration<double>)> on_block;
};

enum class SeriesEnd : std::uint8_t { answered, all_looks, out_of_time, interrupted };

struct PairedResult {
  std::vector<Row> rows;  // empty if not even one block was whole
  std::vector<GateResult> gates;
  std::vector<LeftOut> left_out;
  std::vector<std::string> notes;
  std::size_t blocks = 0;
  SeriesEnd end = SeriesEnd::answered;
};

// One warm-up run of each, then blocks of four. Which of A B B A and B A A B it is, a coin decides.
// Catches SIGINT, SIGTERM and SIGHUP: they end the series, not the program. Nothing that it started
// is left afterwards. Throws InputError if a command fails or there is nothing to compare, and for
// a gate that matches nothing; std::system_error if nothing can be started.
PairedResult run_paired(const PairedRequest& request);

}  // namespace revenant::reports::compare
